package io.quorate.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.spi.metrics.MetricsProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class DefaultMetricsTest {
  private final DefaultMetrics metrics = new DefaultMetrics();

  @Test
  void isFoundByName() {
    assertEquals("default", metrics.name());
    assertTrue(
        DefaultMetrics.class.getModule().getDescriptor().provides().stream()
            .anyMatch(
                p ->
                    p.service().equals(MetricsProvider.class.getName())
                        && p.providers().contains(DefaultMetrics.class.getName())));
  }

  @Test
  void everyNameIsThereFromTheStart() {
    Map<String, Number> values = metrics.dump();

    assertEquals(51 + 42 * 5 + 23 * 9, values.size());
    assertTrue(values.values().stream().allMatch(v -> v.doubleValue() == 0));
    assertEquals("snapshot_error_count", values.keySet().iterator().next());
  }

  @Test
  void summariesSumUp() {
    MetricsProvider.Summary summary = metrics.summary("fsynctime", false);
    for (long value : new long[] {1, 2, 4}) {
      summary.add(value);
    }
    Map<String, Number> values = metrics.dump();

    assertEquals(2.3333, values.get("avg_fsynctime"));
    assertEquals(1L, values.get("min_fsynctime"));
    assertEquals(4L, values.get("max_fsynctime"));
    assertEquals(3L, values.get("cnt_fsynctime"));
    assertEquals(7L, values.get("sum_fsynctime"));
    assertTrue(!values.containsKey("p50_fsynctime"));
  }

  @Test
  void quantilesAreNear() {
    MetricsProvider.Summary summary = metrics.summary("readlatency", true);
    for (int i = 1; i <= 10_000; i++) {
      summary.add(i);
    }
    Map<String, Number> values = metrics.dump();

    near(5_000, values.get("p50_readlatency"));
    near(9_500, values.get("p95_readlatency"));
    near(9_900, values.get("p99_readlatency"));
    near(9_990, values.get("p999_readlatency"));
  }

  private static void near(double expected, Number actual) {
    assertTrue(Math.abs(actual.doubleValue() - expected) <= expected / 16, actual.toString());
  }

  @Test
  void bucketsFollowOneAnother() {
    int last = -1;
    for (long v = 0; v < 1 << 20; v++) {
      int bucket = StripedSummary.bucketOf(v);
      assertTrue(bucket == last || bucket == last + 1, "value " + v);
      if (bucket != last) {
        assertEquals(v, StripedSummary.lowest(bucket));
      }
      last = bucket;
    }
    int top = StripedSummary.bucketOf(Long.MAX_VALUE);
    assertTrue(StripedSummary.lowest(top) > 0);
    metrics.summary("readlatency", true).add(Long.MAX_VALUE);
    metrics.summary("readlatency", true).add(-5);
    assertEquals(0L, metrics.dump().get("min_readlatency"));
  }

  @Test
  void resetSetsBackAndCountingGoesOn() {
    metrics.counter("commit_count").add(5);
    metrics.summary("readlatency", true).add(7);
    metrics.reset();
    assertEquals(0L, metrics.dump().get("commit_count"));
    assertEquals(0L, metrics.dump().get("cnt_readlatency"));

    metrics.counter("commit_count").add(2);
    metrics.summary("readlatency", true).add(3);
    assertEquals(2L, metrics.dump().get("commit_count"));
    assertEquals(3L, metrics.dump().get("max_readlatency"));
    assertEquals(3L, metrics.dump().get("p50_readlatency"));
  }

  @Test
  void namesBeyondTheRegistryComeLast() {
    metrics.counter("zebra").add(1);
    metrics.counter("ant").add(2);

    List<String> names = List.copyOf(metrics.dump().keySet());

    assertEquals(List.of("ant", "zebra"), names.subList(names.size() - 2, names.size()));
  }

  @Test
  void noSampleIsLostAmongManyThreads() throws Exception {
    // more threads than there are places, so that some share one
    int threads = 80;
    int each = 2_000;
    MetricsProvider.Counter counter = metrics.counter("commit_count");
    MetricsProvider.Summary summary = metrics.summary("updatelatency", true);
    CountDownLatch go = new CountDownLatch(1);
    List<Thread> running = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      running.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      go.await();
                    } catch (InterruptedException e) {
                      throw new AssertionError(e);
                    }
                    for (int i = 0; i < each; i++) {
                      counter.add(1);
                      summary.add(i);
                    }
                  }));
    }
    go.countDown();
    for (Thread thread : running) {
      thread.join();
    }

    Map<String, Number> values = metrics.dump();
    assertEquals((long) threads * each, values.get("commit_count"));
    assertEquals((long) threads * each, values.get("cnt_updatelatency"));
    assertEquals((long) threads * each * (each - 1) / 2, values.get("sum_updatelatency"));
    assertEquals(each - 1L, values.get("max_updatelatency"));
  }
}
