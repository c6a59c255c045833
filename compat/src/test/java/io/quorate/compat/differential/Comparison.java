package io.quorate.compat.differential;

import java.util.List;

/** Finds where two runs of a script part. */
final class Comparison {
  private static final int BEFORE = 4;

  private Comparison() {}

  /** The first difference with what led to it, or null. */
  static String firstDifference(Script script, Pair.Outcome outcome) {
    List<Observation> theirs = outcome.apache().observations();
    List<Observation> mine = outcome.ours().observations();
    for (int i = 0; i < Math.max(theirs.size(), mine.size()); i++) {
      Observation a = i < theirs.size() ? theirs.get(i) : null;
      Observation b = i < mine.size() ? mine.get(i) : null;
      if (a == null || !a.equals(b)) {
        return report(script, i, a, b, theirs);
      }
    }
    return null;
  }

  /** All pairs that differ, for as long as both servers saw as much in each step. */
  static String allDifferences(Pair.Outcome outcome) {
    StringBuilder text = new StringBuilder();
    List<Observation> theirs = outcome.apache().observations();
    List<Observation> mine = outcome.ours().observations();
    for (int i = 0; i < Math.min(theirs.size(), mine.size()); i++) {
      if (!theirs.get(i).equals(mine.get(i))) {
        text.append("\n  Apache: ").append(theirs.get(i));
        text.append("\n  ours:   ").append(mine.get(i));
        if (theirs.get(i).step() != mine.get(i).step()
            || theirs.get(i).client() != mine.get(i).client()) {
          break;
        }
      }
    }
    return text.toString();
  }

  private static String report(
      Script script, int index, Observation apache, Observation ours, List<Observation> history) {
    int step =
        Math.min(
            apache == null ? Integer.MAX_VALUE : apache.step(),
            ours == null ? Integer.MAX_VALUE : ours.step());
    StringBuilder text = new StringBuilder(script.name()).append(", step ").append(step);
    for (int s = Math.max(0, step - BEFORE); s <= Math.min(step, script.steps().size() - 1); s++) {
      text.append("\n  step ").append(s).append(": ").append(script.steps().get(s));
    }
    for (int i = Math.max(0, index - BEFORE); i < index; i++) {
      text.append("\n  both:   ").append(history.get(i));
    }
    return text.append("\n  Apache: ")
        .append(apache)
        .append("\n  ours:   ")
        .append(ours)
        .toString();
  }
}
