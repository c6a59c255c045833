package io.quorate.stress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.infra.Status;
import org.openjdk.jcstress.infra.collectors.DiskReadCollector;
import org.openjdk.jcstress.infra.collectors.InProcessCollector;
import org.openjdk.jcstress.infra.collectors.TestResult;
import org.openjdk.jcstress.infra.grading.GradingResult;

/**
 * Runs the JCStress tests of this module, each in virtual machines of its own, and judges them: no
 * forbidden outcome from what is named Right, and at least one from what is named Wrong, which
 * shows that the test can fail. JCStress's report stays in {@code target/jcstress/report}.
 *
 * <p>{@code -Dstress.args="-m default"} gives JCStress other options, for longer runs, and {@code
 * -Dstress.limit.minutes=60} more time.
 */
class StressIT {
  /**
   * One virtual machine a test, its compiler orders code at random. The stride is short, since our
   * actors do much: in a long one they soon run apart.
   */
  private static final List<String> SHORT =
      List.of(
          ("-m quick -sc false -pth false --strideSize 4 --iters 5 --time 200"
                  + " --jvmArgs -XX:+UnlockDiagnosticVMOptions"
                  + " --jvmArgs -XX:+StressLCM --jvmArgs -XX:+StressGCM")
              .split(" "));

  private static final long LIMIT_MINUTES = Long.getLong("stress.limit.minutes", 5);
  private static final Path WORK = Path.of(System.getProperty("stress.work", "target/jcstress"));

  @TestFactory
  Stream<DynamicTest> everyTest() throws Exception {
    String longer = System.getProperty("stress.args", "");
    Map<String, List<TestResult>> byName =
        run(longer.isBlank() ? SHORT : List.of(longer.trim().split(" +")));
    assertTrue(byName.size() >= 13, () -> "only these ran: " + byName.keySet());
    return byName.entrySet().stream()
        .map(e -> DynamicTest.dynamicTest(e.getKey(), () -> judge(e.getKey(), e.getValue())));
  }

  private static void judge(String name, List<TestResult> results) {
    Map<String, Long> good = new TreeMap<>();
    Map<String, Long> forbidden = new TreeMap<>();
    for (TestResult result : results) {
      assertEquals(Status.NORMAL, result.status(), () -> text(result));
      for (GradingResult g : result.grading().gradingResults.values()) {
        if (g.count > 0) {
          (g.expect == Expect.ACCEPTABLE ? good : forbidden).merge(g.id, g.count, Long::sum);
        }
      }
    }
    System.out.println(name + ": good " + text(good) + ", forbidden " + text(forbidden));
    if (simpleName(name).startsWith("Wrong")) {
      assertFalse(forbidden.isEmpty(), () -> "can not fail: " + text(good));
    } else {
      assertEquals("[]", text(forbidden));
      assertTrue(good.size() > 1, () -> "the threads never met: " + text(good));
    }
  }

  private static String simpleName(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }

  private static String text(Map<String, Long> counts) {
    return counts.entrySet().stream()
        .map(e -> "(" + e.getKey() + ") " + e.getValue() + " times")
        .collect(Collectors.joining(", ", "[", "]"));
  }

  private static String text(TestResult r) {
    return r.getConfig() + "\n" + r.getMessages() + r.getVmOut() + r.getVmErr();
  }

  private static Map<String, List<TestResult>> run(List<String> options) throws Exception {
    delete(WORK);
    Path temporary = Files.createDirectories(WORK.resolve("tmp"));
    Path output = WORK.resolve("output.txt");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Djava.io.tmpdir=" + temporary.toAbsolutePath());
    command.add("-Djna.tmpdir=" + temporary.toAbsolutePath());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("-XX:+UseSerialGC");
    command.add("-XX:-UsePerfData");
    command.add("-cp");
    command.add(classPath());
    command.add("org.openjdk.jcstress.Main");
    command.addAll(List.of("-af", "NONE", "-r", "report"));
    command.addAll(options);
    Process process =
        new ProcessBuilder(command)
            .directory(WORK.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertTrue(process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES), "it does not come to an end");
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    // Its exit status is not 0 where a test fails, which those named Wrong do.
    return read(output);
  }

  private static Map<String, List<TestResult>> read(Path output) throws Exception {
    InProcessCollector collected = new InProcessCollector();
    try (Stream<Path> files = Files.list(WORK)) {
      Path file =
          files
              .filter(f -> f.toString().endsWith(".bin.gz"))
              .findFirst()
              .orElseThrow(() -> new AssertionError("JCStress has not run, see " + output));
      DiskReadCollector reader = new DiskReadCollector(file.toString(), collected);
      reader.dump();
      reader.close();
    }
    Map<String, List<TestResult>> byName = new TreeMap<>();
    for (TestResult r : collected.getTestResults()) {
      byName.computeIfAbsent(r.getName(), n -> new ArrayList<>()).add(r);
    }
    return byName;
  }

  /** The full class path, also where the test runner put it behind a manifest. */
  private static String classPath() {
    String listed = System.getProperty("surefire.test.class.path", "");
    return listed.isEmpty() ? System.getProperty("java.class.path") : listed;
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
