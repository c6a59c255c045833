package io.quorate.compat.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.compat.server.Image;
import io.quorate.compat.server.ServerKind;
import io.quorate.compat.server.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A data directory goes from one codec to the other and back, and Apache reads what comes out. */
class ConversionIT {
  private static final int LASTING_MS = 60_000;

  @TempDir Path temp;

  private final List<ServerProcess> servers = new ArrayList<>();

  @AfterEach
  void stop() {
    servers.forEach(ServerProcess::close);
  }

  private ServerProcess server(ServerKind kind, String place, String codec) {
    ServerProcess server = ServerProcess.in(kind, temp.resolve(place));
    server.config("extendedTypesEnabled", "true");
    server.config("DigestAuthenticationProvider.superDigest", TreeDump.SUPER_DIGEST);
    server.config("maxSessionTimeout", "600000");
    server.property("znode.container.checkIntervalMs", "100000000");
    if (kind == ServerKind.QUORATE) {
      server.config("codec", codec);
    }
    servers.add(server);
    return server;
  }

  private Path data(String place) {
    return temp.resolve(place).resolve("data");
  }

  /** What the program said, behind its exit status. */
  private String quorate(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Image.path().resolve("bin/quorate").toString());
    command.addAll(Arrays.asList(arguments));
    Path out = temp.resolve("said");
    ProcessBuilder builder = new ProcessBuilder(command);
    // A whole state needs the heap of a server, not that of the commands that run for a moment.
    builder.environment().put("ZK_CLIENT_HEAP", "3");
    Process process = builder.redirectErrorStream(true).redirectOutput(out.toFile()).start();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError(command + " does not end");
    }
    return process.exitValue() + "\n" + Files.readString(out);
  }

  private String convert(String from, String to, String codec)
      throws IOException, InterruptedException {
    return quorate(
        "convert",
        "--from",
        data(from).toString(),
        "--to",
        data(to).toString(),
        "--storage",
        "files",
        "--codec",
        codec,
        "-DextendedTypesEnabled=true");
  }

  /** Each file with its content, but for locks. */
  private Map<String, String> content(String place) throws IOException {
    Map<String, String> all = new TreeMap<>();
    try (Stream<Path> files = Files.walk(data(place))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (!file.getFileName().toString().endsWith("lock")) {
          all.put(file.toString(), Arrays.hashCode(Files.readAllBytes(file)) + "");
        }
      }
    }
    return all;
  }

  @Test
  void thereAndBackAgain() throws Exception {
    ServerProcess first = server(ServerKind.QUORATE, "one", "jute").start();
    new Population(1, "/one", 600).fill(first, LASTING_MS);
    TreeDump written = TreeDump.of(first);
    assertTrue(convert("one", "two", "kryo").contains("in use by"), "a server has it");
    first.kill();

    Map<String, String> before = content("one");
    String said = convert("one", "two", "kryo");
    assertTrue(said.startsWith("0\n"), said);
    assertTrue(said.contains("storage=files codec=kryo") && said.contains("digest"), said);
    assertEquals(before, content("one"), "the source is untouched");
    assertTrue(convert("one", "two", "kryo").contains("is not empty"));

    ServerProcess second = server(ServerKind.QUORATE, "two", "kryo").start();
    assertEquals(List.of(), written.differences(TreeDump.of(second)));
    new Population(2, "/two", 300).fill(second, LASTING_MS);
    TreeDump more = TreeDump.of(second);
    second.kill();

    // A conversion that was cut short is begun again, and nothing starts from what it left.
    Files.createDirectories(data("three").resolve("version-2"));
    Files.writeString(data("three").resolve("version-2/snapshot.1"), "half");
    Files.createFile(data("three").resolve("quorate.converting"));
    String refused = quorate("server", "-DclientPort=0", "-DdataDir=" + data("three"));
    assertTrue(refused.startsWith("3\n") && refused.contains("repeat quorate convert"), refused);
    said = convert("two", "three", "jute");
    assertTrue(said.startsWith("0\n"), said);
    assertFalse(Files.exists(data("three").resolve("version-2/snapshot.1")));

    ServerProcess third = server(ServerKind.APACHE, "three", "jute").start();
    assertEquals(List.of(), more.differences(TreeDump.of(third)));
  }

  @Test
  void otherSettingsAreRefusedWithTheCommandThatConverts() throws Exception {
    ServerProcess first = server(ServerKind.QUORATE, "one", "kryo").start();
    first.stop();
    String said = quorate("server", "-DclientPort=0", "-DdataDir=" + data("one"));
    assertTrue(said.startsWith("3\n"), said);
    assertTrue(said.contains("quorate convert --from " + data("one")), said);
  }
}
