package io.quorate.spi.metrics;

import io.quorate.api.Stability;
import java.util.Map;

/** A registry of instruments by name; found by {@link java.util.ServiceLoader}. */
@Stability.Stable
public interface MetricsProvider {
  /** The name in the configuration, lower case. */
  String name();

  /** Takes the settings after {@code metricsProvider.}. */
  void configure(Map<String, String> properties);

  /** The counter with this name. */
  Counter counter(String name);

  /** The summary with this name; an advanced one keeps quantiles. */
  Summary summary(String name, boolean advanced);

  /** Everything as name and value, in a fixed order, named as {@code mntr} does without prefix. */
  Map<String, Number> dump();

  /** Sets counters and summaries back. */
  void reset();

  /** A number that grows. */
  interface Counter {
    /** Adds. */
    void add(long n);
  }

  /** Samples. */
  interface Summary {
    /** Adds a sample. */
    void add(long value);
  }
}
