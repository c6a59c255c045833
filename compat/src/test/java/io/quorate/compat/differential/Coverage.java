package io.quorate.compat.differential;

import io.quorate.compat.wire.Op;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** How often each operation had each outcome. */
public final class Coverage {
  private final Map<String, Map<String, Integer>> counts = new TreeMap<>();

  public void reply(int op, int error) {
    add(Op.name(op), Integer.toString(error));
  }

  public void add(String operation, String outcome) {
    counts.computeIfAbsent(operation, k -> new TreeMap<>()).merge(outcome, 1, Integer::sum);
  }

  public int count(String operation, String outcome) {
    return counts.getOrDefault(operation, Map.of()).getOrDefault(outcome, 0);
  }

  public void addAll(Coverage other) {
    other.counts.forEach(
        (op, outcomes) ->
            outcomes.forEach(
                (outcome, n) ->
                    counts
                        .computeIfAbsent(op, k -> new TreeMap<>())
                        .merge(outcome, n, Integer::sum)));
  }

  /** A table of operations by outcomes. */
  public String table() {
    TreeSet<String> outcomes = new TreeSet<>();
    counts.values().forEach(row -> outcomes.addAll(row.keySet()));
    StringBuilder text = new StringBuilder(String.format("%-26s", "operation"));
    outcomes.forEach(o -> text.append(String.format("%9s", o)));
    text.append('\n');
    counts.forEach(
        (op, row) -> {
          text.append(String.format("%-26s", op));
          outcomes.forEach(
              o -> text.append(String.format("%9s", row.containsKey(o) ? row.get(o) : "")));
          text.append('\n');
        });
    return text.toString();
  }
}
