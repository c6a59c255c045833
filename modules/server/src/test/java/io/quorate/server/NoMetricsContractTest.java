package io.quorate.server;

import io.quorate.spi.metrics.MetricsProvider;
import io.quorate.spi.metrics.tck.MetricsContract;

class NoMetricsContractTest extends MetricsContract {
  @Override
  protected MetricsProvider provider() {
    return new NoMetrics();
  }
}
