package io.quorate.jmh.command;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * The results of one run, read from JMH's JSON.
 *
 * @param name the file's, without its ending
 * @param machine what is known of machine, commit and duration; empty if no file says so
 */
record Run(String name, List<Score> scores, Map<String, String> machine) {
  private static final long MAX_BYTES = 64 << 20;
  static final String JSON = ".json";
  static final String MACHINE = ".properties";

  /**
   * Reads a file, and the one beside it about the machine, if it is there.
   *
   * @throws BenchException if it can not be read, or is none of JMH's; names it
   */
  static Run read(Path file) throws BenchException {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new BenchException(file + " has more than " + MAX_BYTES + " bytes: no result of JMH");
      }
      String name = String.valueOf(file.getFileName());
      name = name.endsWith(JSON) ? name.substring(0, name.length() - JSON.length()) : name;
      List<Score> scores = new ArrayList<>();
      try (Reader reader = Files.newBufferedReader(file)) {
        for (JsonElement each : JsonParser.parseReader(reader).getAsJsonArray()) {
          add(scores, name, each.getAsJsonObject());
        }
      }
      return new Run(name, List.copyOf(scores), machine(file.resolveSibling(name + MACHINE)));
    } catch (NoSuchFileException e) {
      throw new BenchException(file + ": there is no such file");
    } catch (IOException e) {
      throw new BenchException(file + " can not be read: " + e, e);
    } catch (JsonParseException
        | IllegalStateException
        | UnsupportedOperationException
        | NumberFormatException
        | NullPointerException e) {
      throw new BenchException(file + " is not a JSON file of JMH's results: " + e.getMessage(), e);
    }
  }

  private static void add(List<Score> scores, String run, JsonObject result) {
    String[] words = result.get("benchmark").getAsString().split("\\.");
    String type = words[Math.max(0, words.length - 2)];
    String benchmark = type.replaceFirst("(ByTwo)?Benchmark$", "") + "." + words[words.length - 1];
    Map<String, String> params = new HashMap<>();
    if (result.has("params")) {
      result
          .getAsJsonObject("params")
          .entrySet()
          .forEach(e -> params.put(e.getKey(), e.getValue().getAsString()));
    }
    int threads = result.get("threads").getAsInt();
    add(scores, new Score(run, benchmark, threads, params, 0, 0, ""), result, "primaryMetric");
    if (result.has("secondaryMetrics")) {
      JsonObject secondary = result.getAsJsonObject("secondaryMetrics");
      for (String name : secondary.keySet()) {
        String both =
            (shared(name) ? benchmark.replaceFirst("[.].*", "") : benchmark) + ": " + name;
        Score empty = new Score(run, both, threads, params, 0, 0, "");
        if (!shared(name) || scores.stream().noneMatch(empty::sameAs)) {
          add(scores, empty, secondary, name);
        }
      }
    }
  }

  /** A size that is the same whichever method of the class found it. */
  private static boolean shared(String metric) {
    return metric.startsWith("bytes ");
  }

  private static void add(List<Score> scores, Score empty, JsonObject from, String metric) {
    JsonObject values = from.getAsJsonObject(metric);
    Score score =
        new Score(
            empty.run(),
            empty.benchmark(),
            empty.threads(),
            empty.params(),
            values.get("score").getAsDouble(),
            values.get("scoreError").getAsDouble(), // "NaN" from a single measurement
            values.get("scoreUnit").getAsString());
    scores.add(score);
  }

  private static Map<String, String> machine(Path file) throws IOException {
    Map<String, String> machine = new TreeMap<>();
    if (Files.exists(file)) {
      Properties properties = new Properties();
      try (Reader reader = Files.newBufferedReader(file)) {
        properties.load(reader);
      }
      properties.forEach((key, value) -> machine.put(key.toString(), value.toString()));
    }
    return machine;
  }
}
