package io.quorate.compat.differential;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * The same scripts against Apache ZooKeeper and against Quorate: every reply, Stat, event and
 * closed connection must be the same, but for what {@link IntendedDifferencesIT} lists.
 *
 * <p>{@code -Dcompat.seeds=N} runs more random scripts, {@code -Dcompat.seed=S} only one, {@code
 * -Dcompat.minutes=M} as many as fit.
 */
class DifferentialIT {
  private static final int SEEDS = Integer.getInteger("compat.seeds", 150);
  private static final int STEPS = Integer.getInteger("compat.steps", 150);
  private static final int MAX_DIFFERENCES = Integer.getInteger("compat.maxDifferences", 5);
  private static final Coverage COVERAGE = new Coverage();

  private final List<String> differences = new ArrayList<>();

  @AfterAll
  static void printCoverage() {
    System.out.println("What Apache ZooKeeper answered, by operation and error:");
    System.out.println(COVERAGE.table());
  }

  @Test
  void writtenScriptsAreAnsweredAlike() throws Exception {
    compareAll(DirectedScripts.all(), Pair.usual(), Map.of());
  }

  /** TTL znodes off, quotas not enforced, no super user, a small frame limit. */
  @Test
  void writtenScriptsAreAnsweredAlikeWithOtherSettings() throws Exception {
    Map<String, String> settings =
        Map.of(
            "forceSync", "no",
            "minSessionTimeout", "20000",
            "maxSessionTimeout", "60000");
    compareAll(DirectedScripts.all(), settings, Map.of("jute.maxbuffer", "3000"));
  }

  /** What happens by itself: sessions expire, containers and TTL znodes go. */
  @Test
  void whatTimeDoesIsAlike() throws Exception {
    Map<String, String> settings =
        Map.of("extendedTypesEnabled", "true", "tickTime", "200", "maxSessionTimeout", "60000");
    compareAll(TimedScripts.all(), settings, Map.of("znode.container.checkIntervalMs", "200"));
  }

  @Test
  void randomScriptsAreAnsweredAlike() throws Exception {
    Long only = Long.getLong("compat.seed");
    long first = only != null ? only : Long.getLong("compat.firstSeed", 1);
    long last = only != null ? only : first + SEEDS - 1;
    System.out.println("seeds " + first + " to " + last);
    try (Pair pair = new Pair(Pair.usual(), Map.of())) {
      for (long seed = first; seed <= last && differences.size() < MAX_DIFFERENCES; seed++) {
        compare(ScriptGenerator.generate(seed, "/d" + seed, STEPS), pair);
      }
    }
    failIfDifferent();
  }

  private void compareAll(
      List<Script> scripts, Map<String, String> configuration, Map<String, String> properties)
      throws Exception {
    try (Pair pair = new Pair(configuration, properties)) {
      for (Script script : scripts) {
        compare(script, pair);
      }
    }
    failIfDifferent();
  }

  private void compare(Script script, Pair pair) throws Exception {
    Pair.Outcome outcome = pair.run(script);
    COVERAGE.addAll(outcome.apache().coverage());
    String difference = Comparison.firstDifference(script, outcome);
    if (difference == null) {
      return;
    }
    if (Boolean.getBoolean("compat.all")) {
      difference += "\nall:" + Comparison.allDifferences(outcome);
    }
    pair.restart();
    if (Boolean.getBoolean("compat.shrink")) {
      difference += "\nshrunk:\n" + shrunk(script, pair);
    }
    differences.add(difference);
    System.out.println(difference);
  }

  private static String shrunk(Script script, Pair pair) throws Exception {
    Script small =
        Shrinker.shrink(
            script,
            s -> {
              boolean differs = Comparison.firstDifference(s, pair.run(s)) != null;
              pair.restart();
              return differs;
            });
    StringBuilder text = new StringBuilder();
    small.steps().forEach(s -> text.append(s).append('\n'));
    text.append(Comparison.firstDifference(small, pair.run(small)));
    pair.restart();
    return text.toString();
  }

  private void failIfDifferent() {
    if (!differences.isEmpty()) {
      fail(differences.size() + " scripts differ:\n" + String.join("\n", differences));
    }
  }
}
