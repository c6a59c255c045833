package io.quorate.compat.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.compat.image.Command.Outcome;
import io.quorate.compat.server.Image;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The image as such: its size, its parts, and that it runs wherever it is put. */
class ImageIT {
  private static final long MAX_BYTES = 75_000_000;
  private static final long MAX_ARCHIVE_BYTES = 26_000_000;

  @TempDir Path temp;

  @Test
  void sizeStaysInItsBudget() throws IOException {
    long size = size(Image.path());
    assertTrue(size <= MAX_BYTES, size + " bytes, without the start-up cache");
  }

  @Test
  void archiveStaysInItsBudget() throws Exception {
    Outcome packed =
        Command.run(
            Map.of(),
            temp,
            List.of(
                "sh",
                "-c",
                "tar --exclude=quorate.aot -C \"$1\" -cf - . | gzip -n | wc -c",
                "sh",
                Image.path().toString()));
    long size = Long.parseLong(packed.out().strip());
    assertTrue(size > 10_000_000 && size <= MAX_ARCHIVE_BYTES, size + " bytes, without the cache");
  }

  @Test
  void runtimeHoldsProvidersThatNothingRequires() throws Exception {
    Outcome modules =
        Command.run(Map.of(), temp, List.of(Image.path() + "/runtime/bin/java", "--list-modules"));

    List<String> names = modules.out().lines().map(line -> line.split("@", 2)[0]).toList();
    for (String name :
        List.of(
            "io.quorate.cli",
            "io.quorate.storage.files",
            "io.quorate.transport.netty",
            "io.quorate.auth.basic",
            "io.quorate.auth.sasl",
            "ch.qos.logback.classic",
            "java.instrument",
            "jdk.jcmd",
            "jdk.management.agent")) {
      assertTrue(names.contains(name), name);
    }
  }

  @Test
  void versionPrintsNothingElse() throws Exception {
    Outcome version =
        Command.run(Map.of(), temp, List.of(Image.path() + "/bin/quorate", "version"));

    assertEquals(0, version.exit());
    assertEquals("", version.err(), "no warnings of the JVM");
    assertTrue(version.out().contains("Quorate"), version.out());
  }

  @Test
  void runsAfterAMoveWithAnEmptyEnvironmentThroughALink() throws Exception {
    Path moved = temp.resolve("moved to here");
    Command.run(Map.of(), temp, List.of("cp", "-a", Image.path().toString(), moved.toString()));
    Path link = Files.createSymbolicLink(temp.resolve("q"), moved.resolve("bin/quorate"));

    Outcome version = Command.run(Map.of(), temp, List.of("env", "-i", link.toString(), "version"));

    assertEquals(0, version.exit(), version.err());
    assertEquals("", version.err());
  }

  @Test
  void cacheThatDoesNotFitIsPassedOverInSilence() throws Exception {
    Path moved = temp.resolve("copied");
    Command.run(Map.of(), temp, List.of("cp", "-a", Image.path().toString(), moved.toString()));
    Files.writeString(moved.resolve("lib/quorate.aot"), "not a cache");

    Outcome version = Command.run(Map.of(), temp, List.of(moved + "/bin/quorate", "version"));

    assertEquals(0, version.exit(), version.err());
    assertEquals("", version.err());
    assertEquals(1, version.out().lines().count(), version.out());
  }

  private static long size(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !file.endsWith("quorate.aot"))
          .mapToLong(file -> file.toFile().length())
          .sum();
    }
  }
}
