package io.quorate.admin;

import io.quorate.spi.metrics.MetricsProvider;
import io.quorate.spi.metrics.tck.MetricsContract;

class DefaultMetricsContractTest extends MetricsContract {
  @Override
  protected MetricsProvider provider() {
    return new DefaultMetrics();
  }
}
