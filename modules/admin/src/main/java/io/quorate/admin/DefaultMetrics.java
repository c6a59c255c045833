package io.quorate.admin;

import io.quorate.spi.metrics.MetricsProvider;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Keeps metrics in memory for {@code mntr}. The names of Apache's registry are there from the start
 * and come first; names that are asked for beyond these follow in alphabetical order. Adding to an
 * instrument neither allocates nor waits; asking for one takes a look-up, so callers keep it.
 */
public final class DefaultMetrics implements MetricsProvider {
  private final Map<String, StripedCounter> counters = new LinkedHashMap<>();
  private final Map<String, StripedSummary> summaries = new LinkedHashMap<>();
  private final Map<String, StripedCounter> moreCounters = new ConcurrentSkipListMap<>();
  private final Map<String, StripedSummary> moreSummaries = new ConcurrentSkipListMap<>();

  /** With all instruments at 0. */
  public DefaultMetrics() {
    MetricNames.COUNTERS.forEach(name -> counters.put(name, new StripedCounter()));
    MetricNames.SUMMARIES.forEach(name -> summaries.put(name, new StripedSummary(false)));
    MetricNames.ADVANCED_SUMMARIES.forEach(name -> summaries.put(name, new StripedSummary(true)));
  }

  @Override
  public String name() {
    return "default";
  }

  /** Has no settings and ignores those of other providers. */
  @Override
  public void configure(Map<String, String> properties) {}

  @Override
  public Counter counter(String name) {
    StripedCounter known = counters.get(name);
    return known != null ? known : moreCounters.computeIfAbsent(name, n -> new StripedCounter());
  }

  @Override
  public Summary summary(String name, boolean advanced) {
    StripedSummary known = summaries.get(name);
    return known != null
        ? known
        : moreSummaries.computeIfAbsent(name, n -> new StripedSummary(advanced));
  }

  @Override
  public Map<String, Number> dump() {
    Map<String, Number> values = new LinkedHashMap<>(1024);
    counters.forEach((name, counter) -> values.put(name, counter.value()));
    summaries.forEach((name, summary) -> summary.dump(name, values));
    moreCounters.forEach((name, counter) -> values.put(name, counter.value()));
    moreSummaries.forEach((name, summary) -> summary.dump(name, values));
    return values;
  }

  @Override
  public void reset() {
    counters.values().forEach(Stripes::reset);
    summaries.values().forEach(Stripes::reset);
    moreCounters.values().forEach(Stripes::reset);
    moreSummaries.values().forEach(Stripes::reset);
  }
}
