package io.quorate.server;

import io.quorate.spi.metrics.MetricsProvider;
import java.util.Map;

/** Keeps nothing. */
final class NoMetrics implements MetricsProvider {
  @Override
  public String name() {
    return "none";
  }

  @Override
  public void configure(Map<String, String> properties) {}

  @Override
  public Counter counter(String name) {
    return n -> {};
  }

  @Override
  public Summary summary(String name, boolean advanced) {
    return value -> {};
  }

  @Override
  public Map<String, Number> dump() {
    return Map.of();
  }

  @Override
  public void reset() {}
}
