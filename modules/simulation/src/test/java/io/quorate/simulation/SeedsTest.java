package io.quorate.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.simulation.engine.Simulation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The server runs inside the simulator, seed by seed; {@code -Dsimulation.seeds=N} runs more. */
class SeedsTest {
  private static final int SEEDS = Integer.getInteger("simulation.seeds", 1000);
  private static final int TWICE = 100;
  private static final int ENOUGH = 1000;

  @Test
  void everySeedKeepsEveryRule() throws IOException {
    List<String> broken = new ArrayList<>();
    Coverage coverage = new Coverage();
    for (long seed = 1; seed <= SEEDS; seed++) {
      Simulation.Outcome outcome = Simulation.run(seed);
      coverage.add(outcome.history());
      if (!outcome.clean()) {
        broken.add(
            "seed "
                + seed
                + " (replay with --seed "
                + seed
                + "): "
                + outcome.violations().stream().limit(3).toList()
                + outcome.faults().stream().limit(3).toList());
      }
    }
    assertTrue(broken.isEmpty(), () -> String.join("\n", broken));
    covered(coverage);
  }

  /** The seeds have shown everything that can be answered and told; the table goes to target. */
  private static void covered(Coverage coverage) throws IOException {
    List<String> missing = Reachable.missing(coverage);
    String table = Reachable.table(coverage);
    Files.writeString(Files.createDirectories(Path.of("target")).resolve("coverage.txt"), table);
    System.out.printf(
        "%d seeds: %d pairs of operation and error, %d of watch and event; never seen: %s%n",
        SEEDS,
        Reachable.pairs(coverage.answered()),
        Reachable.pairs(coverage.delivered()),
        missing);
    if (SEEDS >= ENOUGH) {
      assertEquals(List.of(), missing);
    }
  }

  @Test
  void aSeedRunsTheSameTwice() {
    for (long seed = 1; seed <= TWICE; seed++) {
      Simulation.Outcome first = Simulation.run(seed);
      Simulation.Outcome second = Simulation.run(seed);
      assertEquals(first.hash(), second.hash(), "seed " + seed);
      assertEquals(first.tasks(), second.tasks(), "seed " + seed);
    }
  }
}
