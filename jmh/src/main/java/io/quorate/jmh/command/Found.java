package io.quorate.jmh.command;

import io.quorate.jmh.backends.BackEnds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The back-ends that a JVM with these options finds.
 *
 * @param storages where each is from, by name
 * @param codecs where each is from, by name
 */
record Found(Map<String, String> storages, Map<String, String> codecs) {

  /** Starts such a JVM and asks it. */
  static Found with(List<String> options, String classPath) throws BenchException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-cp", classPath, BackEnds.class.getName()));
    Map<String, String> storages = new TreeMap<>();
    Map<String, String> codecs = new TreeMap<>();
    StringBuilder rest = new StringBuilder();
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int status = process.waitFor();
      for (String line : output.lines().toList()) {
        String[] words = line.split("\t", -1);
        if (words.length != 3) {
          rest.append(rest.isEmpty() ? "" : System.lineSeparator()).append(line);
        } else {
          (words[0].equals("storage") ? storages : codecs).put(words[1], words[2]);
        }
      }
      if (status != 0) {
        throw new BenchException("the back-ends can not be loaded: " + rest);
      }
    } catch (IOException e) {
      throw new BenchException("a JVM can not be started: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchException("interrupted", e);
    }
    return new Found(storages, codecs);
  }

  /** The names asked for, or all; an unknown one is told with those found. */
  static List<String> choose(String kind, List<String> asked, Map<String, String> found)
      throws BenchException {
    for (String name : asked) {
      if (!found.containsKey(name)) {
        List<String> names = new ArrayList<>();
        found.forEach((known, origin) -> names.add(known + " (" + origin + ")"));
        throw new BenchException(
            "--" + kind + "=" + name + ": there is none; found: " + String.join(", ", names));
      }
    }
    return asked.isEmpty() ? List.copyOf(found.keySet()) : List.copyOf(asked);
  }
}
