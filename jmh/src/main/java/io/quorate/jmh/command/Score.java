package io.quorate.jmh.command;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One figure of one benchmark for one back-end in one run.
 *
 * @param run which run; see {@link Run}
 * @param benchmark class and method, and the name of a secondary figure
 * @param threads how many ran it
 * @param params all parameters, those of the back-end too
 * @param error half of the 99.9 % interval; not a number where it is not known
 */
record Score(
    String run,
    String benchmark,
    int threads,
    Map<String, String> params,
    double score,
    double error,
    String unit) {
  private static final String STORAGE = "storage";
  private static final String CODEC = "codec";

  /** A size found as the difference of two measured heaps, which says nothing where it is small. */
  private static final String HEAP = ": heap a znode";

  Score {
    params = Map.copyOf(params);
  }

  /** Storage and codec; "all" for a benchmark that has neither. */
  String backEnd() {
    String codec = params.get(CODEC);
    String storage = params.get(STORAGE);
    return storage == null
        ? Optional.ofNullable(codec).orElse("all")
        : codec == null ? storage : storage + "/" + codec;
  }

  /** Why a plot leaves it out, or nothing if it is to be drawn. */
  Optional<String> notDrawn() {
    if (Double.isNaN(score)) {
      return Optional.of("no result");
    }
    double least = Double.isNaN(error) ? 0 : error;
    if (benchmark.endsWith(HEAP) && score <= least) {
      return Optional.of(
          Comparison.number(score)
              + (least > 0 ? " ± " + Comparison.number(error) : "")
              + " "
              + unit
              + " is not above its error");
    }
    return Optional.empty();
  }

  /** Whether it is the same figure for the same back-end, whatever the score. */
  boolean sameAs(Score other) {
    return group().equals(other.group()) && backEnd().equals(other.backEnd());
  }

  /** What may be compared: the same benchmark with the same other parameters. */
  String group() {
    Map<String, String> others = new TreeMap<>(params);
    others.remove(STORAGE);
    others.remove(CODEC);
    StringBuilder name = new StringBuilder(benchmark);
    others.forEach((key, value) -> name.append(", ").append(value).append(' ').append(key));
    if (threads > 1) {
      name.append(", ").append(threads).append(" threads");
    }
    return name.toString();
  }
}
