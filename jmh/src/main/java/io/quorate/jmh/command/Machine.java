package io.quorate.jmh.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a result depends on beside the code: written beside it. */
final class Machine {
  private Machine() {}

  static Map<String, String> now(Path data, Instant started) throws IOException {
    Map<String, String> machine = new TreeMap<>();
    Instant end = Instant.now();
    machine.put("ended", end.truncatedTo(ChronoUnit.SECONDS).toString());
    machine.put("duration", Duration.between(started, end).toSeconds() + " s");
    machine.put("processors", Runtime.getRuntime().availableProcessors() + " x " + processor());
    machine.put("memory", firstLine(Path.of("/proc/meminfo"), "MemTotal:"));
    machine.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    machine.put("java", System.getProperty("java.vm.version"));
    machine.put("file system", Files.getFileStore(data).type());
    machine.put("load", firstLine(Path.of("/proc/loadavg"), ""));
    machine.put("commit", git("rev-parse", "--short=12", "HEAD"));
    String changed = git("status", "--porcelain", "--untracked-files=no");
    if (!changed.isEmpty()) {
      machine.put("commit", machine.get("commit") + " with changes");
    }
    return machine;
  }

  private static String processor() throws IOException {
    String name = firstLine(Path.of("/proc/cpuinfo"), "model name");
    return name.replaceFirst("^\\s*:\\s*", "");
  }

  private static String firstLine(Path file, String prefix) throws IOException {
    if (!Files.exists(file)) {
      return "unknown";
    }
    for (String line : Files.readAllLines(file)) {
      if (line.startsWith(prefix)) {
        return line.substring(prefix.length()).strip();
      }
    }
    return "unknown";
  }

  /** What git says, or that it said nothing useful. */
  private static String git(String... words) {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(words));
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor() == 0 ? out.strip() : "unknown";
    } catch (IOException e) {
      return "unknown"; // no git here: a result without a commit is still one
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "unknown";
    }
  }

  /** The lines of a properties file, without the date that {@code Properties} writes. */
  static List<String> lines(Map<String, String> machine) {
    List<String> lines = new ArrayList<>();
    machine.forEach(
        (key, value) -> lines.add(key.replace(" ", "\\ ") + "=" + value.replace("\\", "\\\\")));
    return lines;
  }
}
