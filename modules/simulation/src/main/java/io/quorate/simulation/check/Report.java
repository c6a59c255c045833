package io.quorate.simulation.check;

import java.util.ArrayList;
import java.util.List;

/** Collects violations; the first ones tell most. */
public final class Report {
  private static final int LIMIT = 50;

  private final List<Violation> violations = new ArrayList<>();

  void add(Rule rule, String what) {
    if (violations.size() < LIMIT) {
      violations.add(new Violation(rule, what));
    }
  }

  /** What is wrong; empty if nothing is. */
  public List<Violation> violations() {
    return violations;
  }

  /** Whether one of the violations is of this rule. */
  public boolean breaks(Rule rule) {
    return violations.stream().anyMatch(v -> v.rule() == rule);
  }
}
