package io.quorate.jmh.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs every benchmark of back-ends for a moment, with each storage and codec, in one JVM. */
class BackEndsRunTest {
  private static final long LIMIT_SECONDS = 240;

  @TempDir Path folder;

  @Test
  void everyBenchmarkRunsWithEveryBackEnd() throws Exception {
    Path json = folder.resolve("results.json");
    Path output = folder.resolve("output.txt");
    Process process = start(json, output);
    try {
      assertTrue(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS), "takes too long");
    } finally {
      process.destroyForcibly();
    }
    assertEquals(0, process.exitValue(), () -> read(output));
    Run run = Run.read(json);
    Set<String> combinations = Set.of("files/jute", "files/kryo", "lmdb/jute", "lmdb/kryo");
    Comparison comparison = Comparison.of(List.of(run));
    comparison
        .groups()
        .forEach(
            (name, scores) -> {
              Set<String> backEnds =
                  scores.stream().map(Score::backEnd).collect(Collectors.toSet());
              boolean codecOnly = name.startsWith("Codec");
              assertEquals(codecOnly ? Set.of("jute", "kryo") : combinations, backEnds, name);
              if (!name.contains("heap")) { // so few znodes are lost in what else lives there
                assertTrue(scores.stream().allMatch(s -> s.score() > 0), () -> name + scores);
              }
            });
    Set<String> benchmarks =
        comparison.groups().keySet().stream()
            .map(name -> name.replaceFirst(",.*", ""))
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(
        Set.of(
            "Apply.multi",
            "Apply.setData",
            "Children.getChildren",
            "Codec.decode",
            "Codec: bytes a record",
            "Codec: bytes a znode of a snapshot",
            "Codec.encode",
            "Codec.readState",
            "Codec.writeState",
            "Codec.zxidOf",
            "Log.appendAndForce",
            "Read.existsMiss",
            "Read.getData",
            "Restart.restart",
            "Restart.restart: disk a znode",
            "Restart.restart: heap a znode",
            "Snapshot.write"),
        benchmarks);
  }

  private Process start(Path json, Path output) throws Exception {
    String classPath = System.getProperty("java.class.path");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ModulePath.options(classPath));
    command.add("-Dquorate.jmh.data=" + folder.resolve("data"));
    command.add("-Djmh.ignoreLock=true");
    command.addAll(List.of("-cp", classPath, "org.openjdk.jmh.Main", "jmh.backends"));
    command.addAll(List.of("-f", "0", "-wi", "0", "-i", "1", "-r", "5ms", "-foe", "true"));
    command.addAll(List.of("-p", "storage=files,lmdb", "-p", "codec=jute,kryo"));
    command.addAll(List.of("-p", "znodes=1000", "-p", "children=10,1000"));
    command.addAll(List.of("-prof", "io.quorate.jmh.backends.Sizes"));
    command.addAll(List.of("-rf", "json", "-rff", json.toString()));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(output.toFile())
        .start();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (java.io.IOException e) {
      return e.toString();
    }
  }
}
