package io.quorate.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.guard.SourceTree.Module;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/** The pure ring touches nothing that could make two runs with the same inputs differ. */
class PureRingTest {
  /** Exceptions, each with its reason. */
  private static final Map<String, String> ALLOWED =
      Map.of(
          "io/quorate/tree/HeapTreeStore.class: volatile published",
          "the one hand-over: readers on other threads take the newest immutable view here");

  @Test
  void ringUsesNothingForbidden() throws IOException {
    Map<String, ModuleTable.Row> table = ModuleTable.read();
    List<String> offences = new ArrayList<>();
    int classes = 0;
    for (Module module : SourceTree.modules()) {
      ModuleTable.Row row = table.get(module.shortName());
      if (row == null || !row.pure()) {
        continue;
      }
      for (Path file : SourceTree.files(module.classes(), ".class")) {
        classes++;
        for (String use : PurityScan.scan(Files.readAllBytes(file))) {
          String offence = module.classes().relativize(file) + ": " + use;
          if (!ALLOWED.containsKey(offence)) {
            offences.add(offence);
          }
        }
      }
    }
    assertTrue(classes > table.size(), "the ring's classes were found");
    assertEquals(List.of(), offences);
  }

  @Test
  void scanFindsEachKindOfImpurity() throws IOException {
    assertFinds("java.lang.System.nanoTime", Impure.class);
    assertFinds("java.lang.System.identityHashCode", Impure.class);
    assertFinds("java.io.PrintStream", Impure.class);
    assertFinds("java.util.concurrent.ConcurrentHashMap", Impure.class);
    assertFinds("java.util.List.parallelStream", Impure.class);
    assertFinds("java.lang.Math.random", Impure.class);
    assertFinds("java.util.Set.of", Impure.class);
    assertFinds("monitor", Impure.class);
    assertFinds("synchronized", Impure.class);
    assertFinds("volatile", Impure.class);
    assertFinds("static field that changes", Impure.class);
  }

  @Test
  void scanAcceptsPlainCode() throws IOException {
    assertEquals(List.of(), PurityScan.scan(bytes(Pure.class)));
  }

  private static void assertFinds(String expected, Class<?> in) throws IOException {
    List<String> found = PurityScan.scan(bytes(in));
    assertFalse(found.stream().noneMatch(use -> use.contains(expected)), expected + " " + found);
  }

  private static byte[] bytes(Class<?> type) throws IOException {
    String resource = type.getName().substring(type.getPackageName().length() + 1) + ".class";
    try (InputStream in = type.getResourceAsStream(resource)) {
      return in.readAllBytes();
    }
  }

  /** One of each, to show that the scan sees them. */
  static final class Impure {
    static int counter;
    private volatile int seen;

    synchronized long all() {
      synchronized (this) {
        seen++;
      }
      new PrintStream(new ByteArrayOutputStream()).println(Math.random());
      new ConcurrentHashMap<>(Map.of()).put("a", seen);
      counter += Set.of("a", "b").size();
      return System.nanoTime()
          + System.identityHashCode(this)
          + List.of(1).parallelStream().count();
    }
  }

  /**
   * What the ring is written with: records, arrays, ordered collections, lambdas, switches, text.
   */
  static final class Pure {
    private static final Map<String, Integer> NUMBERS = Map.of("one", 1);

    record Pair(String name, byte[] value) {}

    enum Colour {
      RED,
      GREEN
    }

    int use(Object argument, Colour colour) {
      int length =
          switch (argument) {
            case Pair(String name, byte[] value) when value.length > 0 -> name.length();
            case String text -> text.length();
            default -> 0;
          };
      List<Integer> values = new ArrayList<>(NUMBERS.values());
      values.sort((a, b) -> Integer.compare(b, a));
      return switch (colour) {
        case RED -> length + values.size();
        case GREEN -> values.stream().mapToInt(Integer::intValue).sum();
      };
    }
  }
}
