package io.quorate.mutants;

import io.quorate.spi.metrics.MetricsProvider;
import io.quorate.spi.metrics.MetricsProvider.Counter;
import io.quorate.spi.metrics.MetricsProvider.Summary;
import io.quorate.spi.metrics.tck.FaultyMetrics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** Wrong places for numbers. */
final class MetricsMutants {
  private static final List<Mutant<?>> ALL = new ArrayList<>();
  private static volatile Object kept = "";

  private MetricsMutants() {}

  private static void add(String wrong, String caughtBy, UnaryOperator<MetricsProvider> twist) {
    ALL.add(new Mutant<>(Subjects.OfMetrics.class, wrong, caughtBy, twist));
  }

  private static void add(String wrong, String caughtBy, String method, Twist.Instead instead) {
    add(wrong, caughtBy, right -> Twist.of(MetricsProvider.class, right, method, instead));
  }

  static List<Mutant<?>> all() {
    ALL.clear();
    instruments();
    dumps();
    return List.copyOf(ALL);
  }

  private static void instruments() {
    add(
        "takes memory for each sample",
        "rule1AddingTakesNoMemory",
        "counter",
        (a, right) -> {
          Counter counter = (Counter) right.call(a);
          return (Counter)
              n -> {
                kept = new long[] {n};
                counter.add(n);
              };
        });
    add("one lock for dumps and samples", "rule1AddingDoesNotWait", MetricsMutants::locked);
    add(
        "loses samples that come at the same time",
        "rule2NothingIsLostAmongThreads",
        MetricsMutants::racing);
    add(
        "makes a new instrument each time",
        "rule3TheSameNameIsTheSameInstrument",
        right -> {
          AtomicInteger n = new AtomicInteger();
          return Twist.of(
              MetricsProvider.class,
              right,
              "counter",
              (a, counter) -> counter.call(n.incrementAndGet() == 1 ? a[0] : a[0] + "_" + n.get()));
        });
    add(
        "counts how often instead of how much",
        "rule4CountersTellTheirSum",
        "counter",
        (a, right) -> {
          Counter counter = (Counter) right.call(a);
          return (Counter) n -> counter.add(1);
        });
    add("hangs", "rule4CountersTellTheirSum", "dump", (a, right) -> Twist.hang());
    add(
        "FaultyMetrics, told to fail",
        "rule4CountersTellTheirSum",
        right -> {
          FaultyMetrics faulty = new FaultyMetrics(right, 1);
          return Twist.of(
              MetricsProvider.class,
              faulty,
              "counter",
              (a, counter) -> {
                faulty.fail(a[0].equals("tck_count"));
                return counter.call(a);
              });
        });
    add(
        "throws for a sample below 0",
        "rule9AnyValueIsTaken",
        "summary",
        (a, right) -> {
          Summary summary = (Summary) right.call(a);
          return (Summary)
              value -> {
                if (value < 0) {
                  throw new IllegalArgumentException("below 0");
                }
                summary.add(value);
              };
        });
  }

  private static MetricsProvider locked(MetricsProvider right) {
    Object lock = new Object();
    MetricsProvider adding =
        Twist.of(
            MetricsProvider.class,
            right,
            "counter",
            (a, get) -> {
              Counter counter = (Counter) get.call(a);
              return (Counter)
                  n -> {
                    synchronized (lock) {
                      counter.add(n);
                    }
                  };
            });
    return Twist.of(
        MetricsProvider.class,
        adding,
        "dump",
        (a, dump) -> {
          synchronized (lock) {
            return dump.call(a);
          }
        });
  }

  private static MetricsProvider racing(MetricsProvider right) {
    Map<Object, long[]> sums = new ConcurrentHashMap<>();
    MetricsProvider adding =
        Twist.of(
            MetricsProvider.class,
            right,
            "counter",
            (a, get) -> {
              long[] sum = sums.computeIfAbsent(a[0], name -> new long[1]);
              return (Counter)
                  n -> {
                    long before = sum[0];
                    if ((before & 1023) == 0) {
                      Thread.yield();
                    }
                    sum[0] = before + n;
                  };
            });
    return Twist.of(
        MetricsProvider.class,
        adding,
        "dump",
        (a, dump) -> {
          Map<Object, Object> all = new LinkedHashMap<>((Map<?, ?>) dump.call(a));
          sums.forEach((name, sum) -> all.put(name, sum[0]));
          return all;
        });
  }

  private static Twist.Instead dumped(UnaryOperator<Map<String, Number>> change) {
    return (a, dump) -> {
      Map<String, Number> all = new LinkedHashMap<>();
      ((Map<?, ?>) dump.call(a)).forEach((name, value) -> all.put((String) name, (Number) value));
      return change.apply(all);
    };
  }

  private static void dumps() {
    add(
        "the least sample is 0 from the start",
        "rule5SummariesTellWhatCameIn",
        "dump",
        dumped(
            all -> {
              all.replaceAll((name, value) -> name.startsWith("min_") ? 0L : value);
              return all;
            }));
    add(
        "takes the greatest sample for every quantile",
        "rule5AdvancedSummariesTellQuantiles",
        "dump",
        dumped(
            all -> {
              all.replaceAll(
                  (name, value) ->
                      name.matches("p[0-9]+_.*")
                          ? all.get(name.replaceFirst("^p[0-9]+", "max"))
                          : value);
              return all;
            }));
    add(
        "the order of names depends on how many they are",
        "rule6TheOrderIsFixed",
        "dump",
        dumped(
            all -> {
              List<String> names = new ArrayList<>(all.keySet());
              java.util.Collections.rotate(names, names.size() * 7 / 3);
              Map<String, Number> rotated = new LinkedHashMap<>();
              names.forEach(name -> rotated.put(name, all.get(name)));
              return rotated;
            }));
    add(
        "goes on changing a dump",
        "rule6ADumpIsTheCallers",
        right -> {
          Map<String, Number> one = new LinkedHashMap<>();
          MetricsProvider same =
              Twist.of(
                  MetricsProvider.class,
                  right,
                  "dump",
                  dumped(
                      all -> {
                        one.putAll(all);
                        return one;
                      }));
          return Twist.of(
              MetricsProvider.class,
              same,
              "counter",
              (a, counter) -> {
                Object made = counter.call(a);
                one.putAll(right.dump());
                return made;
              });
        });
    add(
        "does not set summaries back",
        "rule7ResetSetsBackAndCountingGoesOn",
        "reset",
        (a, right) -> null);
    add(
        "refuses the settings of others",
        "rule8SettingsOfOthersAreIgnored",
        "configure",
        (a, right) -> {
          if (((Map<?, ?>) a[0]).containsKey("someoneElses")) {
            throw new IllegalArgumentException("someoneElses is not known");
          }
          return right.call(a);
        });
  }
}
