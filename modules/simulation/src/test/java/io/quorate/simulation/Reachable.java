package io.quorate.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * What the simulated server can answer and tell, by reference sections 1.5 to 1.9 and 2.6: every
 * error of every operation, every event of every kind of watch. Left out is what this simulator's
 * configuration rules out: -13 and -14 (it is no ensemble), -119 (nobody is read-only), -120 (no
 * local sessions), -124 (no enforced authentication), -127 (no throttling), and -118, -12 (never
 * sent).
 */
final class Reachable {
  /** Operation, then the errors. "a of b" is b inside a. */
  private static final String ANSWERS =
      """
      create: 0 -5 -8 -101 -102 -108 -110 -114 -125
      create2: 0 -5 -8 -101 -102 -108 -110 -114 -125
      createContainer: 0 -5 -8 -101 -102 -108 -110 -114 -125
      createTTL: 0 -5 -6 -8 -101 -102 -108 -110 -114 -125
      delete: 0 -5 -8 -101 -102 -103 -111
      setData: 0 -5 -8 -101 -102 -103 -125
      setACL: 0 -5 -8 -101 -102 -103 -114
      multi: 0 -5
      multi of create: 0 -2 -8 -101 -102 -108 -110 -114 -125
      multi of create2: 0 -2 -8 -101 -102 -108 -110 -114 -125
      multi of createContainer: 0 -2 -8 -101 -102 -108 -110 -114 -125
      multi of createTTL: 0 -2 -6 -8 -101 -102 -108 -110 -114 -125
      multi of delete: 0 -2 -8 -101 -102 -103 -111
      multi of setData: 0 -2 -8 -101 -102 -103 -125
      multi of check: 0 -2 -8 -101 -102 -103
      multiRead: 0 -5
      multiRead of getData: 0 -101 -102
      multiRead of getChildren: 0 -101 -102
      exists: 0 -5 -8 -101 -102
      getData: 0 -5 -101 -102
      getChildren: 0 -5 -101 -102
      getChildren2: 0 -5 -101 -102
      getACL: 0 -5 -101 -102
      getAllChildrenNumber: 0 -5 -101 -102
      getEphemerals: 0 -5
      whoAmI: 0
      ping: 0
      sync: 0 -5
      addWatch: 0 -5
      removeWatches: 0 -5 -121
      checkWatches: 0 -5 -121
      setWatches: 0 -5
      setWatches2: 0 -5
      auth: 0 -115
      sasl: 0 -115
      reconfig: -5 -6 -123
      closeSession: 0
      check: -6
      unknown: -6
      """;

  /**
   * Operation, then the errors that are seen in the log only: a session that is being closed. Its
   * connection ends in front of the answer.
   */
  private static final String LOGGED =
      """
      create: -112
      create2: -112
      createContainer: -112
      createTTL: -112
      delete: -112
      setData: -112
      setACL: -112
      multi: -112
      reconfig: -112
      closeSession: -112
      """;

  /** Kind of watch, then the types of events: 1 created, 2 deleted, 3 data, 4 children. */
  private static final String EVENTS =
      """
      exists: 1 2 3
      getData: 2 3
      getChildren: 2 4
      getChildren2: 2 4
      addWatch persistent: 1 2 3 4
      addWatch recursive: 1 2 3
      setWatches data: 2 3
      setWatches exist: 1
      setWatches child: 2 4
      setWatches2 persistent: 1 2 3 4
      setWatches2 recursive: 1 2 3
      setWatches at once, data: 2 3
      setWatches at once, exist: 1
      setWatches at once, child: 2 4
      setWatches2 at once, data: 2 3
      setWatches2 at once, exist: 1
      setWatches2 at once, child: 2 4
      """;

  private Reachable() {}

  /** What can be answered or told and never was. */
  static List<String> missing(Coverage coverage) {
    List<String> missing = new ArrayList<>();
    missing(missing, "error", ANSWERS, coverage.answered());
    missing(missing, "logged error", LOGGED, coverage.logged());
    missing(missing, "event", EVENTS, coverage.delivered());
    return missing;
  }

  private static void missing(
      List<String> missing,
      String what,
      String lines,
      TreeMap<String, TreeMap<Integer, Long>> seen) {
    lines
        .lines()
        .forEach(
            line -> {
              String row = line.substring(0, line.indexOf(':'));
              for (String n : line.substring(line.indexOf(':') + 2).split(" ")) {
                if (!seen.getOrDefault(row, new TreeMap<>()).containsKey(Integer.valueOf(n))) {
                  missing.add(row + " " + what + " " + n);
                }
              }
            });
  }

  /** The two tables as text, one row a line, with how often each was seen. */
  static String table(Coverage coverage) {
    StringBuilder text = new StringBuilder("Answers: operation, then error: how often\n");
    rows(text, coverage.answered());
    text.append("\nLog: operation, then error: how often\n");
    rows(text, coverage.logged());
    text.append("\nEvents: kind of watch, then type of event: how often for it alone\n");
    rows(text, coverage.delivered());
    return text.toString();
  }

  private static void rows(StringBuilder text, TreeMap<String, TreeMap<Integer, Long>> table) {
    table.forEach(
        (row, columns) -> {
          text.append(String.format("  %-28s", row));
          columns.forEach(
              (column, count) ->
                  text.append(' ').append(column).append(": ").append(count).append(' '));
          text.append('\n');
        });
  }

  /** How many pairs there are in a table. */
  static int pairs(TreeMap<String, TreeMap<Integer, Long>> table) {
    return table.values().stream().mapToInt(TreeMap::size).sum();
  }
}
