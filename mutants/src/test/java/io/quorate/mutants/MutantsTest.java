package io.quorate.mutants;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Each wrong provider is caught by the test of the rule that it breaks, and the right one that it
 * was made of passes that test. The table in docs/tck.md is the list of them.
 */
class MutantsTest {
  /** More than there are processors: most of them wait. */
  private static final int THREADS = 12;

  private static final String BEGIN = "<!-- mutants -->\n";
  private static final String END = "<!-- end of mutants -->";

  static List<Mutant<?>> mutants() {
    return Stream.of(
            CodecMutants.all(),
            StorageMutants.all(),
            TreeStoreMutants.all(),
            TransportMutants.all(),
            AuthMutants.all(),
            MetricsMutants.all())
        .flatMap(List::stream)
        .toList();
  }

  @Test
  void eachIsCaughtByTheTestOfItsRule() throws Exception {
    Map<Mutant<?>, Future<Contract.Verdict>> verdicts = new LinkedHashMap<>();
    List<String> missed = new ArrayList<>();
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      // Those that hang take as long as the tests' time limits, and others of sockets wait too.
      mutants().stream()
          .sorted(
              Comparator.comparing((Mutant<?> m) -> !m.wrong().contains("hang"))
                  .thenComparing(m -> !m.spi().equals("transport")))
          .forEach(m -> verdicts.put(m, threads.submit(() -> verdict(m))));
      for (Map.Entry<Mutant<?>, Future<Contract.Verdict>> e : verdicts.entrySet()) {
        Contract.Verdict verdict = e.getValue().get();
        if (!verdict.caught()) {
          missed.add(e.getKey() + ", by " + e.getKey().caughtBy() + ": " + verdict);
        }
      }
    } finally {
      threads.shutdownNow();
    }
    assertEquals("", String.join("\n", missed), "not caught");
    assertTrue(verdicts.size() > 80, "they were found");
  }

  private static Contract.Verdict verdict(Mutant<?> mutant) {
    return Contract.run(mutant.contract(), mutant.caughtBy(), mutant.twist());
  }

  @Test
  void whatTheyWereMadeOfPasses() {
    Set<List<Object>> tests = new LinkedHashSet<>();
    mutants().forEach(m -> tests.add(List.of(m.contract(), m.caughtBy())));
    for (List<Object> test : tests) {
      Class<?> contract = (Class<?>) test.get(0);
      Contract.Verdict verdict =
          Contract.run(contract, (String) test.get(1), UnaryOperator.identity());
      assertTrue(verdict.passed(), test + ": " + verdict);
    }
  }

  @Test
  void theTableIsThatOfTheDocumentation() throws IOException {
    Path file = Path.of("").toAbsolutePath().resolveSibling("docs").resolve("tck.md");
    Path made = Path.of("target").toAbsolutePath().resolve("tck-table.md");
    Files.writeString(made, table()); // to be copied from
    String text = Files.readString(file);
    int begin = text.indexOf(BEGIN);
    int end = text.indexOf(END);
    assertTrue(begin > 0 && end > begin, file + " has a place for the table");
    assertEquals(table(), text.substring(begin + BEGIN.length(), end), "copy it from " + made);
  }

  private static String table() {
    return mutants().stream()
        .map(
            m ->
                "| "
                    + m.spi()
                    + " | "
                    + m.wrong()
                    + " | "
                    + m.rule()
                    + " | `"
                    + m.caughtBy()
                    + "` |\n")
        .collect(
            Collectors.joining(
                "",
                "| SPI | what the provider does | rule | caught by |\n| --- | --- | --- | --- |\n",
                ""));
  }
}
