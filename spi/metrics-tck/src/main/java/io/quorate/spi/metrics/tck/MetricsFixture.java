package io.quorate.spi.metrics.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.quorate.spi.metrics.MetricsProvider;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;

/** Opens the provider under test and runs work on many threads. */
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class MetricsFixture {
  static final int THREADS = 4;
  static final com.sun.management.ThreadMXBean THREAD_BEAN =
      (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** The provider under test, a new one each time, not configured yet. */
  protected abstract MetricsProvider provider();

  final MetricsProvider configured() {
    MetricsProvider provider = provider();
    provider.configure(Map.of());
    return provider;
  }

  /** Whether it keeps what it is given; one that only sends it on dumps nothing. */
  static boolean keeps(MetricsProvider provider) {
    provider.counter("tck_probe").add(1);
    return !provider.dump().isEmpty();
  }

  static double value(MetricsProvider provider, String name) {
    Number value = provider.dump().get(name);
    assertNotNull(value, name + " is not there");
    if (value == null) {
      throw new IllegalStateException("never: for the null checker");
    }
    return value.doubleValue();
  }

  static void assertSummary(
      MetricsProvider provider, String name, long count, long sum, long min, long max) {
    assertEquals(count, value(provider, "cnt_" + name));
    assertEquals(sum, value(provider, "sum_" + name));
    assertEquals(min, value(provider, "min_" + name));
    assertEquals(max, value(provider, "max_" + name));
    double average = count == 0 ? 0 : (double) sum / count;
    assertEquals(average, value(provider, "avg_" + name), Math.max(0.0001, average * 0.0001));
  }

  /** What one of several threads does. */
  interface Work {
    void run(int thread) throws Exception;
  }

  /** Runs this on many threads at once and tells of the first failure. */
  static void onThreads(Work work) throws InterruptedException {
    CountDownLatch go = new CountDownLatch(1);
    AtomicReference<@Nullable Throwable> problem = new AtomicReference<>();
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < THREADS; t++) {
      int number = t;
      Thread thread =
          new Thread(
              () -> {
                try {
                  go.await();
                  work.run(number);
                } catch (Throwable e) {
                  problem.compareAndSet(null, e);
                }
              });
      thread.setDaemon(true);
      thread.start();
      threads.add(thread);
    }
    go.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    Throwable first = problem.get();
    if (first != null) {
      throw new AssertionError(first.toString(), first);
    }
  }
}
