package io.quorate.compat.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Commands that are run to their end. */
final class Command {
  private static final long MAX_SECONDS = 60;

  private Command() {}

  /** What a command left: its exit status and what it printed on both streams. */
  record Outcome(int exit, String out, String err) {}

  /**
   * Runs a command to its end.
   *
   * @param environment added to that of this process
   * @param temp a folder for its output
   */
  static Outcome run(Map<String, String> environment, Path temp, List<String> command)
      throws IOException, InterruptedException {
    Path out = Files.createTempFile(temp, "out", "");
    Path err = Files.createTempFile(temp, "err", "");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(temp.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    if (!process.waitFor(MAX_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError(command + " does not end");
    }
    return new Outcome(process.exitValue(), Files.readString(out), Files.readString(err));
  }
}
