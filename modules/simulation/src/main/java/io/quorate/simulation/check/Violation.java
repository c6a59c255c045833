package io.quorate.simulation.check;

/** A rule that a history breaks, and how. */
public record Violation(Rule rule, String what) {
  @Override
  public String toString() {
    return rule + " (" + rule.text() + "): " + what;
  }
}
