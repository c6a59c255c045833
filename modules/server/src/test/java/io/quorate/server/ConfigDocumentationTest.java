package io.quorate.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.server.ConfigKey.Effect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Holds the tables of docs/operations.md to {@link ConfigKeys}. After a change of keys, {@code
 * -Dtest.jvm=-Ddocs.update=true} writes the tables anew.
 */
class ConfigDocumentationTest {
  private static final Path PAGE = Path.of("../../docs/operations.md");

  @Test
  void thePageHasTheKeysThatAreUsed() throws Exception {
    List<String> rows = new ArrayList<>();
    rows.add("| key | default | value | meaning |");
    rows.add("| --- | --- | --- | --- |");
    for (ConfigKey key : ConfigKeys.all()) {
      if (key.effect() == Effect.USED) {
        rows.add(row(code(spellings(key)), code(key.defaultText()), value(key), key.meaning()));
      }
    }
    check("keys", rows);
  }

  @Test
  void thePageHasTheKeysWithoutEffect() throws Exception {
    List<String> rows = new ArrayList<>();
    rows.add("| key | concerns | why it has no effect |");
    rows.add("| --- | --- | --- |");
    for (ConfigKey key : ConfigKeys.all()) {
      if (!key.effect().notice().isEmpty()) {
        rows.add(row(code(key.name()), key.meaning(), why(key.effect())));
      }
    }
    check("without-effect", rows);
  }

  private static String why(Effect effect) {
    return switch (effect) {
      case ENSEMBLE -> "standalone server";
      case LATER -> "not in this release";
      case TUNING -> "Apache's machinery";
      case USED, CLIENT, LAUNCHER -> "";
    };
  }

  private static String spellings(ConfigKey key) {
    List<String> all = new ArrayList<>(List.of(key.name()));
    all.addAll(key.aliases());
    return String.join("`, `", all);
  }

  private static String value(ConfigKey key) {
    return switch (key.kind()) {
      case TEXT -> "text";
      case WHOLE -> key.unit().isEmpty() ? "whole number" : key.unit();
      case DECIMAL -> "0 to 1";
      case HOURS -> "hours, or with ms, s, m, h, d";
      case BOOLEAN -> "true, false";
      case YES_NO -> "yes, no";
      case CHOICE ->
          key.choices().stream().filter(c -> !c.isEmpty()).collect(Collectors.joining(", "));
    };
  }

  private static String code(String text) {
    return text.isEmpty() ? "" : "`" + text + "`";
  }

  private static String row(String... cells) {
    return "| " + String.join(" | ", cells).replace("|  |", "| |") + " |";
  }

  private static void check(String table, List<String> rows) throws Exception {
    String begin = "<!-- table: " + table + " -->\n";
    String end = "<!-- end -->";
    String page = Files.readString(PAGE);
    int from = page.indexOf(begin);
    assertTrue(from >= 0, "no place for the table " + table);
    from += begin.length();
    int to = page.indexOf(end, from);
    String expected = String.join("\n", rows) + "\n";
    if (Boolean.getBoolean("docs.update")) {
      Files.writeString(PAGE, page.substring(0, from) + expected + page.substring(to));
    } else {
      assertEquals(expected, page.substring(from, to));
    }
  }
}
