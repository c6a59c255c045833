package io.quorate.spi.metrics.tck;

import io.quorate.api.Stability;
import io.quorate.spi.metrics.MetricsProvider;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/**
 * A provider that fails when it is told to, for tests of those who use one: samples get lost, and
 * dumps lack names, as when numbers are sent over a network. Adding never throws (rule 9), so this
 * does not do so either. Any thread.
 */
@Stability.Evolving
public final class FaultyMetrics implements MetricsProvider {
  private final MetricsProvider behind;
  private final long seed;
  private volatile boolean failing;

  /**
   * A provider in front of another.
   *
   * @param seed decides what is lost
   */
  public FaultyMetrics(MetricsProvider behind, long seed) {
    this.behind = behind;
    this.seed = seed;
  }

  /** Whether numbers get lost from now on. */
  public void fail(boolean on) {
    failing = on;
  }

  @Override
  public String name() {
    return behind.name();
  }

  @Override
  public void configure(Map<String, String> properties) {
    behind.configure(properties);
  }

  @Override
  public Counter counter(String name) {
    Counter counter = behind.counter(name);
    return n -> {
      if (!failing) {
        counter.add(n);
      }
    };
  }

  @Override
  public Summary summary(String name, boolean advanced) {
    Summary summary = behind.summary(name, advanced);
    return value -> {
      if (!failing) {
        summary.add(value);
      }
    };
  }

  @Override
  public Map<String, Number> dump() {
    Map<String, Number> dump = behind.dump();
    if (!failing) {
      return dump;
    }
    Random random = new Random(seed);
    Map<String, Number> some = new LinkedHashMap<>();
    dump.forEach(
        (name, value) -> {
          if (random.nextBoolean()) {
            some.put(name, value);
          }
        });
    return some;
  }

  @Override
  public void reset() {
    behind.reset();
  }
}
