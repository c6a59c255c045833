package io.quorate.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Scenario files: commands, a line of dashes, and what the replica asked for because of them, up to
 * an empty line. A line {@code settings} at the beginning makes the replica. With {@code
 * -Dscenario.rewrite=DIR} the files are written anew with what happened, to be read before they are
 * believed.
 */
class ScenarioTest {
  private static final String DASHES = "----";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sessions",
        "expiry",
        "pauses",
        "moves",
        "local",
        "upgrade",
        "pipeline",
        "multi",
        "sync",
        "errors",
        "watches",
        "setwatches",
        "acl",
        "sweep",
        "snapshot",
        "limits",
        "watch-memory",
        "reads",
        "digests"
      })
  void goesAsWritten(String name) throws IOException {
    List<String> file = lines(name);
    List<String> written = run(file);
    assertEquals(written, run(file), "the second time as the first");
    String rewrite = System.getProperty("scenario.rewrite");
    if (rewrite != null) {
      Files.write(Path.of(rewrite, name + ".txt"), written);
      return;
    }
    assertEquals(String.join("\n", file), String.join("\n", written));
  }

  private static List<String> lines(String name) {
    try (InputStream in = ScenarioTest.class.getResourceAsStream(name + ".txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The file again, with what happens now in the place of what was expected. */
  private static List<String> run(List<String> file) {
    List<String> out = new ArrayList<>();
    Map<String, String> settings = new HashMap<>();
    Rig rig = null;
    Script script = null;
    boolean expecting = false;
    for (String line : file) {
      if (expecting) {
        expecting = !line.isEmpty();
        if (!expecting) {
          out.add(line);
        }
        continue;
      }
      out.add(line);
      if (line.startsWith("#") || line.isBlank()) {
        continue;
      }
      if (line.startsWith("settings")) {
        for (String word : line.substring("settings".length()).trim().split("\\s+")) {
          int eq = word.indexOf('=');
          settings.put(eq < 0 ? word : word.substring(0, eq), eq < 0 ? "" : word.substring(eq + 1));
        }
        continue;
      }
      if (rig == null || script == null) {
        rig = new Rig(settings);
        script = new Script(rig);
      }
      if (line.equals(DASHES)) {
        out.addAll(rig.lines);
        rig.lines.clear();
        expecting = true;
      } else {
        script.run(line);
      }
    }
    return out;
  }
}
