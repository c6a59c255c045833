package io.quorate.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.simulation.engine.Simulation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The server runs inside the simulator, seed by seed; {@code -Dsimulation.seeds=N} runs more. */
class SeedsTest {
  private static final int SEEDS = Integer.getInteger("simulation.seeds", 1000);
  private static final int TWICE = 100;

  @Test
  void everySeedKeepsEveryRule() {
    List<String> broken = new ArrayList<>();
    for (long seed = 1; seed <= SEEDS; seed++) {
      Simulation.Outcome outcome = Simulation.run(seed);
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
