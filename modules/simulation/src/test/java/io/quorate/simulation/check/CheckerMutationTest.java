package io.quorate.simulation.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.quorate.simulation.history.History;
import io.quorate.simulation.model.Settings;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Spoils right histories by hand: the checker has to name the rule that each one breaks. */
class CheckerMutationTest {
  private static final List<Mutant> MUTANTS = mutants();

  @TestFactory
  List<DynamicTest> rejectsEachSpoiltHistory() {
    return MUTANTS.stream()
        .map(m -> dynamicTest(m.rule() + " " + m.what(), () -> rejects(m)))
        .toList();
  }

  private static void rejects(Mutant m) {
    FakeServer server = new FakeServer(Settings.DEFAULT);
    m.script().accept(server);
    History right = server.end();
    Checker checker = new Checker(server.settings);
    assertEquals(List.of(), checker.check(right), "the history is right before it is spoilt");
    History spoilt = right.copy();
    m.spoil().accept(new Edit(spoilt));
    Report report = checker.report(spoilt);
    assertTrue(report.breaks(m.rule()), () -> "found only " + report.violations());
  }

  @Test
  void coversEveryRuleOfAStandaloneServer() {
    Set<Rule> covered = EnumSet.noneOf(Rule.class);
    MUTANTS.forEach(m -> covered.add(m.rule()));
    assertEquals(EnumSet.allOf(Rule.class), covered);
    assertTrue(MUTANTS.size() >= 40);
  }

  private static List<Mutant> mutants() {
    List<Mutant> all = new ArrayList<>();
    WriteMutants.writes(all);
    WriteMutants.reads(all);
    SessionMutants.sessions(all);
    SessionMutants.ephemerals(all);
    WatchMutants.watches(all);
    TreeMutants.tree(all);
    DiskMutants.disk(all);
    DiskMutants.protocol(all);
    return all;
  }
}
