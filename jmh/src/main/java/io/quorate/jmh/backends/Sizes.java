package io.quorate.jmh.backends;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/** Sizes in bytes that a benchmark found, as secondary results of its iterations. */
public final class Sizes implements InternalProfiler {
  private static final Map<String, Double> FOUND = new ConcurrentHashMap<>();

  /** For JMH. */
  public Sizes() {}

  static void put(String name, double bytes) {
    FOUND.put(name, bytes);
  }

  @Override
  public String getDescription() {
    return "Sizes that benchmarks find";
  }

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
    FOUND.clear(); // without forks, those of another benchmark
  }

  @Override
  public Collection<? extends Result<?>> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    List<ScalarResult> results = new ArrayList<>();
    FOUND.forEach(
        (name, bytes) -> results.add(new ScalarResult(name, bytes, "B", AggregationPolicy.AVG)));
    return results;
  }
}
