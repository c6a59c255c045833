package io.quorate.guard;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The table of modules in ARCHITECTURE.md. */
final class ModuleTable {
  private static final Pattern ROW = Pattern.compile("\\| `([a-z.]+)`( \\*\\*P\\*\\*)? \\|.*");
  private static final Pattern NAME = Pattern.compile("`([A-Za-z0-9._]+)`");

  private ModuleTable() {}

  /**
   * One row.
   *
   * @param pure whether the module belongs to the pure ring
   * @param requires our own modules, by short name
   * @param outside modules of libraries and of the JDK
   */
  record Row(String name, boolean pure, Set<String> requires, Set<String> outside) {}

  /** The rows by module name. */
  static Map<String, Row> read() {
    Map<String, Row> rows = new LinkedHashMap<>();
    SourceTree.read(SourceTree.root().resolve("ARCHITECTURE.md"))
        .lines()
        .forEach(
            line -> {
              Matcher row = ROW.matcher(line);
              if (row.matches()) {
                String[] cells = line.split("\\|", -1);
                String name = row.group(1);
                boolean pure = row.group(2) != null;
                rows.put(name, new Row(name, pure, names(cells[3]), names(cells[4])));
              }
            });
    return rows;
  }

  private static Set<String> names(String cell) {
    Set<String> names = new TreeSet<>();
    Matcher name = NAME.matcher(cell);
    while (name.find()) {
      names.add(name.group(1));
    }
    return names;
  }
}
