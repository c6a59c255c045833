package io.quorate.replica;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * The same inputs give the same effects, byte for byte; and the order of effects is that which
 * {@link Effects} promises, whatever the inputs are.
 */
class DeterminismTest {
  private static final int SCRIPTS = 200;
  private static final int LENGTH = 300;

  private static Map<String, String> settings(long seed) {
    Map<String, String> s = new HashMap<>();
    s.put("digests", "");
    s.put("sweepInterval", "3000");
    s.put("snapCount", "30");
    s.put("maxWatches", "6");
    if (seed % 3 == 0) {
      s.put("local", "");
    }
    if (seed % 6 == 0) {
      s.put("upgrade", "");
    }
    return s;
  }

  private static List<String> run(long seed, List<String> commands) {
    Rig rig = new Rig(settings(seed));
    Script script = new Script(rig);
    for (String command : commands) {
      try {
        script.run(command);
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + seed + ": " + command, e);
      }
    }
    return rig.trace;
  }

  private static byte[] bytes(List<String> trace) {
    return String.join("\n", trace).getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void theSameInputsGiveTheSameEffects() {
    long effects = 0;
    Map<String, Integer> kinds = new TreeMap<>();
    for (long seed = 0; seed < SCRIPTS; seed++) {
      List<String> commands = RandomScript.make(seed, LENGTH);
      List<String> first = run(seed, commands);
      List<String> second = run(seed, commands);
      assertArrayEquals(bytes(first), bytes(second), "seed " + seed);
      new EffectRules(first, "seed " + seed).check();
      effects += first.size();
      for (String line : first) {
        kinds.merge(line.substring(0, line.indexOf(' ')), 1, Integer::sum);
      }
    }
    assertTrue(effects > 50L * SCRIPTS, () -> "too little happened: " + kinds);
    assertEquals(9, kinds.size(), () -> "every kind of effect: " + kinds);
  }
}
