package io.quorate.jmh.command;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One page of HTML that needs nothing beside it: plots are in it, and there are no scripts. */
final class Report {
  private static final String STYLE =
      """
      body { font: 15px/1.5 system-ui, sans-serif; max-width: 62em; margin: 2em auto; padding: 0 1em;
        color: #222; background: #fff }
      section { border-top: 1px solid #ccc; padding: 1em 0; display: flex; flex-wrap: wrap; gap: 1.5em }
      h2 { flex-basis: 100%; font-size: 1.1em; margin: 0 }
      table { border-collapse: collapse; align-self: start }
      th, td { text-align: left; padding: .15em .8em .15em 0; vertical-align: top }
      td.n { text-align: right; font-variant-numeric: tabular-nums }
      svg { max-width: 100%; height: auto }
      """;

  private Report() {}

  /** The page. */
  static String html(Comparison comparison, Map<String, String> plots) {
    StringBuilder page =
        new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n")
            .append("<title>Back-ends of Quorate, measured</title>\n<style>\n")
            .append(STYLE)
            .append("</style></head>\n<body><h1>Back-ends of Quorate, measured</h1>\n")
            .append(
                "<p>Lower is better, in times and in sizes. A whisker, and the figure behind ±,")
            .append(" is half of the 99.9 % interval that JMH computes; bars whose whiskers meet")
            .append(" may be equal.</p>\n");
    for (Run run : comparison.runs()) {
      page.append("<h3>").append(escape(run.name())).append("</h3>\n<table>\n");
      run.machine().forEach((key, value) -> row(page, List.of(key, value)));
      page.append("</table>\n");
    }
    comparison
        .rows()
        .forEach(
            (name, rows) -> {
              page.append("<section><h2>").append(escape(name)).append("</h2>\n<div>\n");
              plot(page, name, plots.get(name));
              notDrawn(
                  page, comparison.notDrawn(comparison.groups().getOrDefault(name, List.of())));
              page.append("</div>\n<table>\n");
              page.append("<tr><th>back-end<th>run<th>score<th>±<th>unit<th>newest / this\n");
              rows.forEach(row -> row(page, row));
              page.append("</table></section>\n");
            });
    return page.append("</body></html>\n").toString();
  }

  private static void plot(StringBuilder page, String name, @Nullable String plot) {
    if (plot != null) {
      page.append("<div role=\"img\" aria-label=\"").append(escape(name)).append("\">");
      page.append(plot).append("</div>\n");
    }
  }

  private static void notDrawn(StringBuilder page, List<String> notes) {
    if (!notes.isEmpty()) {
      page.append("<p>Not drawn:</p>\n<ul>\n");
      notes.forEach(note -> page.append("<li>").append(escape(note)).append('\n'));
      page.append("</ul>\n");
    }
  }

  private static void row(StringBuilder page, List<String> cells) {
    page.append("<tr>");
    for (String cell : cells) {
      boolean number = !cell.isEmpty() && cell.matches("(± )?[0-9.,]+");
      page.append(number ? "<td class=\"n\">" : "<td>").append(escape(cell));
    }
    page.append('\n');
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
