package io.quorate.jmh.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Scores of one or more runs, side by side.
 *
 * @param runs the newest first
 * @param groups by name of the group, what may be compared
 */
record Comparison(List<Run> runs, Map<String, List<Score>> groups) {

  static Comparison of(List<Run> runs) {
    Map<String, List<Score>> groups = new TreeMap<>();
    for (Run run : runs) {
      for (Score score : run.scores()) {
        groups.computeIfAbsent(score.group(), name -> new ArrayList<>()).add(score);
      }
    }
    return new Comparison(List.copyOf(runs), groups);
  }

  /** The back-ends of a group, in order. */
  static List<String> backEnds(List<Score> group) {
    return group.stream().map(Score::backEnd).distinct().sorted().toList();
  }

  /** The score of a back-end in a run. */
  static Optional<Score> find(List<Score> group, String run, String backEnd) {
    return group.stream()
        .filter(s -> s.run().equals(run) && s.backEnd().equals(backEnd))
        .findFirst();
  }

  /** What a plot of the group leaves out: back-end, run where there are more, and why. */
  List<String> notDrawn(List<Score> group) {
    List<String> notes = new ArrayList<>();
    for (String backEnd : backEnds(group)) {
      for (Run run : runs) {
        Optional<Score> score = find(group, run.name(), backEnd);
        Optional<String> why =
            score.isPresent() ? score.get().notDrawn() : Optional.of("no result");
        why.ifPresent(
            text ->
                notes.add(backEnd + (runs.size() > 1 ? " of " + run.name() : "") + ": " + text));
      }
    }
    return notes;
  }

  /** A line for each back-end and run of each group: back-end, run, score, error, unit, ratio. */
  Map<String, List<List<String>>> rows() {
    Map<String, List<List<String>>> rows = new LinkedHashMap<>();
    groups.forEach((name, group) -> rows.put(name, rows(group)));
    return rows;
  }

  private List<List<String>> rows(List<Score> group) {
    List<List<String>> rows = new ArrayList<>();
    for (String backEnd : backEnds(group)) {
      Optional<Score> newest = Optional.empty();
      for (Run run : runs) {
        Optional<Score> found = find(group, run.name(), backEnd);
        if (found.isPresent()) {
          Score score = found.get();
          String ratio =
              newest
                  .map(n -> String.format(Locale.ROOT, "%.2f", n.score() / score.score()))
                  .orElse("");
          rows.add(
              List.of(
                  backEnd,
                  run.name(),
                  Double.isNaN(score.score()) ? "" : number(score.score()),
                  Double.isNaN(score.error()) ? "" : "± " + number(score.error()),
                  score.unit(),
                  ratio));
          newest = newest.isPresent() ? newest : found;
        }
      }
    }
    return rows;
  }

  /** Three digits, at least. */
  static String number(double value) {
    int decimals = value >= 100 ? 0 : value >= 10 ? 1 : 2;
    return String.format(Locale.ROOT, "%,." + decimals + "f", value);
  }

  /** The same as a table of text. */
  String table() {
    StringBuilder text = new StringBuilder();
    rows()
        .forEach(
            (name, rows) -> {
              text.append(name).append(System.lineSeparator());
              for (List<String> row : rows) {
                text.append(
                        String.format(
                            "  %-16s %-26s %12s %14s %-6s%s",
                            row.get(0),
                            runs.size() > 1 ? row.get(1) : "",
                            row.get(2),
                            row.get(3),
                            row.get(4),
                            row.get(5).isEmpty() ? "" : "  now " + row.get(5) + " of it"))
                    .append(System.lineSeparator());
              }
            });
    return text.toString();
  }
}
