package io.quorate.compat.differential;

import java.util.ArrayList;
import java.util.List;

/**
 * Takes steps out of a script for as long as the two servers still differ, so that a person has
 * little to read.
 */
final class Shrinker {
  /** Whether a script still shows a difference. */
  interface Differs {
    boolean test(Script script) throws Exception;
  }

  private static final int MAX_RUNS = 150;

  private Shrinker() {}

  static Script shrink(Script script, Differs differs) throws Exception {
    List<Step> steps = new ArrayList<>(script.steps());
    int runs = 0;
    for (int chunk = Math.max(1, steps.size() / 2); chunk >= 1; chunk /= 2) {
      for (int from = steps.size() - chunk; from >= 0 && runs < MAX_RUNS; from -= chunk) {
        List<Step> fewer = new ArrayList<>(steps);
        fewer.subList(from, from + chunk).clear();
        runs++;
        if (differs.test(script.withSteps(fewer))) {
          steps = fewer;
        }
        from = Math.min(from, steps.size());
      }
    }
    return script.withSteps(List.copyOf(steps));
  }
}
