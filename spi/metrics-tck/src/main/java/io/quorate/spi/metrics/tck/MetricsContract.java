package io.quorate.spi.metrics.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.quorate.api.Stability;
import io.quorate.spi.metrics.MetricsProvider;
import io.quorate.spi.metrics.MetricsProvider.Counter;
import io.quorate.spi.metrics.MetricsProvider.Summary;
import java.lang.management.ThreadInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/**
 * What every place for numbers does. A provider's test extends this and implements {@link
 * #provider}. The numbers in the names are those of the rules on the package page of {@link
 * io.quorate.spi.metrics}, which also says which rules no test can show.
 */
@Stability.Evolving
public abstract class MetricsContract extends MetricsFixture {
  private static final int ADDS = 20_000;

  // Rule 1: hot paths

  @Test
  public void rule1AddingTakesNoMemory() {
    MetricsProvider provider = configured();
    Counter counter = provider.counter("tck_count");
    Summary plain = provider.summary("tck_plain", false);
    Summary advanced = provider.summary("tck_advanced", true);
    long taken = Long.MAX_VALUE;
    for (int round = 0; round < 5; round++) { // the first ones load classes
      long before = THREAD_BEAN.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < ADDS; i++) {
        counter.add(1000);
        plain.add(100_000L + i);
        advanced.add(100_000L + i);
      }
      taken = Math.min(taken, THREAD_BEAN.getCurrentThreadAllocatedBytes() - before);
    }
    assertTrue(taken < ADDS, taken + " bytes for " + ADDS + " rounds");
  }

  @Test
  public void rule1AddingDoesNotWait() throws InterruptedException {
    MetricsProvider provider = configured();
    long waits = Long.MAX_VALUE;
    for (int round = 0; round < 3 && waits > 0; round++) { // the runtime itself may wait once
      waits = Math.min(waits, waitsWhileOthersDump(provider));
    }
    assertEquals(0, waits, "a thread had to wait while it added");
  }

  private static long waitsWhileOthersDump(MetricsProvider provider) throws InterruptedException {
    Counter counter = provider.counter("tck_count");
    Summary summary = provider.summary("tck_summary", true);
    AtomicLong waits = new AtomicLong();
    AtomicBoolean ended = new AtomicBoolean();
    onThreads(
        thread -> {
          if (thread == 0) {
            for (int i = 0; i < 300; i++) {
              provider.dump();
              provider.counter("tck_other_" + i).add(1);
            }
            ended.set(true);
            return;
          }
          counter.add(1); // what the first call of a thread needs once
          summary.add(1);
          long before = waits();
          while (!ended.get()) {
            for (int i = 0; i < 1000; i++) {
              counter.add(1);
              summary.add(i);
            }
          }
          waits.addAndGet(waits() - before);
        });
    return waits.get();
  }

  private static long waits() {
    ThreadInfo info = THREAD_BEAN.getThreadInfo(Thread.currentThread().threadId());
    return info.getBlockedCount() + info.getWaitedCount();
  }

  // Rule 2: threads

  @Test
  public void rule2NothingIsLostAmongThreads() throws InterruptedException {
    MetricsProvider provider = configured();
    boolean keeps = keeps(provider);
    Counter counter = provider.counter("tck_count");
    onThreads(
        thread -> {
          Summary mine = provider.summary("tck_summary", true);
          for (int i = 0; i < ADDS; i++) {
            counter.add(2);
            mine.add(i);
            provider.counter("tck_" + i % 100).add(1);
            if (i % 5000 == 0) {
              provider.dump();
            }
          }
        });
    assumeTrue(keeps, "it keeps nothing");
    assertEquals(2L * THREADS * ADDS, value(provider, "tck_count"));
    long sum = (long) THREADS * ADDS * (ADDS - 1) / 2;
    assertSummary(provider, "tck_summary", (long) THREADS * ADDS, sum, 0, ADDS - 1);
    for (int i = 0; i < 100; i++) {
      assertEquals((long) THREADS * ADDS / 100, value(provider, "tck_" + i));
    }
  }

  // Rule 3: names

  @Test
  public void rule3TheSameNameIsTheSameInstrument() {
    MetricsProvider provider = configured();
    boolean keeps = keeps(provider);
    provider.counter("tck_a").add(1);
    provider.counter("tck_b").add(10);
    provider.counter("tck_a").add(2);
    provider.summary("tck_s", false).add(5);
    provider.summary("tck_s", false).add(7);
    provider.summary("tck_t", true).add(1);
    assumeTrue(keeps, "it keeps nothing");
    assertEquals(3, value(provider, "tck_a"));
    assertEquals(10, value(provider, "tck_b"));
    assertSummary(provider, "tck_s", 2, 12, 5, 7);
    assertSummary(provider, "tck_t", 1, 1, 1, 1);
  }

  // Rules 4 to 6: what is dumped

  @Test
  public void rule4CountersTellTheirSum() {
    MetricsProvider provider = configured();
    assumeTrue(keeps(provider), "it keeps nothing");
    Counter counter = provider.counter("tck_count");
    assertEquals(0, value(provider, "tck_count"), "an instrument is there from its making");
    long sum = 0;
    for (long n : new long[] {0, 1, 41, 1L << 40, 3}) {
      counter.add(n);
      sum += n;
      assertEquals(sum, value(provider, "tck_count"));
    }
  }

  @Test
  public void rule5SummariesTellWhatCameIn() {
    MetricsProvider provider = configured();
    assumeTrue(keeps(provider), "it keeps nothing");
    Summary plain = provider.summary("tck_plain", false);
    assertSummary(provider, "tck_plain", 0, 0, 0, 0);
    for (long n : new long[] {9, 2, 1L << 33, 40}) {
      plain.add(n);
    }
    assertSummary(provider, "tck_plain", 4, 51 + (1L << 33), 2, 1L << 33);
    assertFalse(provider.dump().containsKey("p99_tck_plain"));
  }

  @Test
  public void rule5AdvancedSummariesTellQuantiles() {
    MetricsProvider provider = configured();
    assumeTrue(keeps(provider), "it keeps nothing");
    Summary advanced = provider.summary("tck_advanced", true);
    for (int i = 10_000; i >= 1; i--) {
      advanced.add(i);
    }
    assertSummary(provider, "tck_advanced", 10_000, 50_005_000, 1, 10_000);
    double last = 0;
    for (String quantile : new String[] {"p50", "p95", "p99", "p999"}) {
      double share = Double.parseDouble("0." + quantile.substring(1));
      double found = value(provider, quantile + "_tck_advanced");
      assertEquals(10_000 * share, found, 10_000 * share / 10, quantile);
      assertTrue(found >= last, quantile + " is below the one before");
      last = found;
    }
  }

  @Test
  public void rule6TheOrderIsFixed() {
    MetricsProvider provider = configured();
    List<String> expected = new ArrayList<>();
    for (String name : new String[] {"tck_m", "tck_a", "tck_z", "tck_b"}) {
      provider.counter(name).add(1);
      provider.summary(name + "_s", true).add(1);
      List<String> now = new ArrayList<>(provider.dump().keySet());
      assertEquals(now, new ArrayList<>(provider.dump().keySet()));
      expected.retainAll(now);
      List<String> known = new ArrayList<>(now);
      known.retainAll(expected);
      assertEquals(expected, known, "a new name changed the order of others");
      expected = now;
    }
  }

  @Test
  public void rule6ADumpIsTheCallers() {
    MetricsProvider provider = configured();
    provider.counter("tck_count").add(1);
    Map<String, Number> dump = provider.dump();
    Map<String, Number> copy = Map.copyOf(dump);
    provider.counter("tck_count").add(1);
    provider.counter("tck_later").add(1);
    assertEquals(copy, dump);
  }

  // Rule 7: setting back

  @Test
  public void rule7ResetSetsBackAndCountingGoesOn() {
    MetricsProvider provider = configured();
    boolean keeps = keeps(provider);
    Counter counter = provider.counter("tck_count");
    Summary plain = provider.summary("tck_plain", false);
    Summary advanced = provider.summary("tck_advanced", true);
    for (int round = 1; round <= 3; round++) {
      counter.add(5);
      plain.add(50);
      advanced.add(7L * round);
      if (keeps) {
        assertEquals(5, value(provider, "tck_count"));
        assertSummary(provider, "tck_plain", 1, 50, 50, 50);
        assertSummary(provider, "tck_advanced", 1, 7L * round, 7L * round, 7L * round);
      }
      provider.reset();
      if (keeps) {
        assertEquals(0, value(provider, "tck_count"));
        assertSummary(provider, "tck_plain", 0, 0, 0, 0);
        assertSummary(provider, "tck_advanced", 0, 0, 0, 0);
        assertEquals(0, value(provider, "p99_tck_advanced"));
      }
    }
  }

  // Rules 8 and 9: names, settings, values

  @Test
  public void rule8SettingsOfOthersAreIgnored() {
    MetricsProvider provider = provider();
    provider.configure(Map.of("someoneElses", "no number", "exportJvmInfo", "\0"));
    assertTrue(provider.name().matches("[a-z0-9-]+"), provider.name());
    assertEquals(provider.name(), provider().name());
    assertNotNull(provider.counter("tck_count"));
  }

  @Test
  public void rule9AnyValueIsTaken() {
    MetricsProvider provider = configured();
    Counter counter = provider.counter("tck_count");
    Summary plain = provider.summary("tck_plain", false);
    Summary advanced = provider.summary("tck_advanced", true);
    for (long n : new long[] {0, -1, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 62}) {
      counter.add(Math.max(0, n >> 3));
      plain.add(n);
      advanced.add(n);
      provider.dump();
    }
  }
}
