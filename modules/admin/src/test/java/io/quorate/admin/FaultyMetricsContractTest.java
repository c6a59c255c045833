package io.quorate.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.spi.metrics.MetricsProvider;
import io.quorate.spi.metrics.tck.FaultyMetrics;
import io.quorate.spi.metrics.tck.MetricsContract;
import org.junit.jupiter.api.Test;

/** The provider for tests of failures keeps numbers until it is told not to. */
class FaultyMetricsContractTest extends MetricsContract {
  @Override
  protected MetricsProvider provider() {
    return new FaultyMetrics(new DefaultMetrics(), 1);
  }

  @Test
  void losesNumbersWhileItWasTold() {
    FaultyMetrics faulty = new FaultyMetrics(new DefaultMetrics(), 1);
    MetricsProvider.Counter counter = faulty.counter("commit_count");
    counter.add(1);
    int names = faulty.dump().size();
    faulty.fail(true);
    counter.add(1);
    assertTrue(faulty.dump().size() < names);
    faulty.fail(false);
    assertEquals(1L, faulty.dump().get("commit_count"));
  }
}
