package io.quorate.cli;

import io.quorate.server.ProviderReport;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Prints what providers there are, for people and for programs. */
final class PluginList {
  private static final List<String> HEAD =
      List.of("SPI", "NAME", "IN USE", "MODULE", "VERSION", "FROM");

  private PluginList() {}

  /** A table, then what is wrong. */
  static void table(ProviderReport report, PrintWriter out) {
    List<List<String>> rows = new ArrayList<>(List.of(HEAD));
    for (ProviderReport.Entry p : report.providers()) {
      rows.add(
          List.of(p.spi(), p.name(), p.used() ? "yes" : "", p.module(), p.version(), p.from()));
    }
    int[] widths = new int[HEAD.size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        String cell = row.get(i);
        line.append(cell).append(" ".repeat(widths[i] - cell.length() + 2));
      }
      out.println(line.toString().stripTrailing());
    }
    out.println(
        report.folder().map(f -> "plug-ins: " + f).orElse("plug-ins: there is no folder for them"));
    report.problems().forEach(problem -> out.println("problem: " + problem));
  }

  /** One JSON object: folder, providers, problems. */
  static void json(ProviderReport report, PrintWriter out) {
    StringBuilder json = new StringBuilder("{\n  \"folder\": ");
    if (report.folder().isPresent()) {
      quote(report.folder().get().toString(), json);
    } else {
      json.append("null");
    }
    json.append(",\n  \"providers\": [");
    String separator = "\n    ";
    for (ProviderReport.Entry p : report.providers()) {
      json.append(separator).append('{');
      member("spi", p.spi(), json).append(", ");
      member("name", p.name(), json).append(", ");
      member("module", p.module(), json).append(", ");
      member("version", p.version(), json).append(", ");
      member("from", p.from(), json).append(", \"used\": ").append(p.used()).append('}');
      separator = ",\n    ";
    }
    json.append("\n  ],\n  \"problems\": [");
    separator = "\n    ";
    for (String problem : report.problems()) {
      quote(problem, json.append(separator));
      separator = ",\n    ";
    }
    out.println(json.append("\n  ]\n}"));
  }

  private static StringBuilder member(String name, String value, StringBuilder json) {
    quote(name, json);
    return quote(value, json.append(": "));
  }

  private static StringBuilder quote(String text, StringBuilder json) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ' || Character.isSurrogate(c)) {
        json.append("\\u").append(Character.forDigit(c >> 12, 16));
        json.append(Character.forDigit(c >> 8 & 15, 16));
        json.append(Character.forDigit(c >> 4 & 15, 16));
        json.append(Character.forDigit(c & 15, 16));
      } else {
        json.append(c);
      }
    }
    return json.append('"');
  }
}
