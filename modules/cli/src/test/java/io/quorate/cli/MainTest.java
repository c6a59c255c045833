package io.quorate.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.server.ConfigReader;
import io.quorate.server.ExitCode;
import io.quorate.server.ServerConfig;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {
  @TempDir Path dir;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int commands(String... arguments) {
    return Commands.run(List.of(arguments), stream(out), stream(err));
  }

  private ExitCode server(String... arguments) {
    return new ServerCommand(stream(out), stream(err)).run(List.of(arguments));
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  @Test
  void readyNamesWhatRuns() throws Exception {
    ServerConfig config =
        ConfigReader.read(null, Map.of("dataDir", "/data"), Map.of(), false).config();

    assertEquals(
        "READY quorate "
            + io.quorate.server.Version.product()
            + " client=127.0.0.1:2181 dataDir=/data storage=files codec=jute transport=netty pid=7",
        ServerCommand.ready(config, new InetSocketAddress("127.0.0.1", 2181), 7));
    assertTrue(
        ServerCommand.ready(config, new InetSocketAddress("::1", 2181), 7)
            .contains(" client=[0:0:0:0:0:0:0:1]:2181 "));
  }

  @Test
  void wrongConfigurationsAndArgumentsExitWithTwo() throws Exception {
    Path file = Files.writeString(dir.resolve("zoo.cfg"), "clientPort=x\n");

    assertEquals(ExitCode.BAD_CONFIGURATION, server(file.toString()));
    assertTrue(err.toString().contains(file + ":1: clientPort=x: expected a whole number"));
    assertTrue(err.toString().contains("dataDir is missing"), "all problems at once");

    assertEquals(ExitCode.BAD_CONFIGURATION, server("--fast"));
    assertTrue(err.toString().contains("usage: quorate server"));
    assertEquals(ExitCode.BAD_CONFIGURATION, server(dir.resolve("none.cfg").toString()));
    assertEquals(ExitCode.BAD_CONFIGURATION, server("-Dtransport=none", "-DdataDir=" + dir));
    assertTrue(
        err.toString().contains("transport=none: no provider has this name"), err.toString());
    assertEquals(2, ExitCode.BAD_CONFIGURATION.number());
  }

  @Test
  void configurationsCanBeChecked() throws Exception {
    Path good = Files.writeString(dir.resolve("good"), "dataDir=/d\nclientPort=1\nsyncLimit=5\n");
    Path bad = Files.writeString(dir.resolve("bad"), "dataDir=/d\nclientPort=1\nsnapCount=x\n");

    assertEquals(2, commands("check-config", good.toString()), "there is no storage beside cli");
    assertTrue(out.toString().contains("good:3: syncLimit has no effect"), out.toString());
    assertTrue(out.toString().contains("storage=files: no provider has this name"));
    out.reset();
    assertEquals(2, commands("check-config", bad.toString()));
    assertTrue(out.toString().contains("bad:3: snapCount=x: expected"), out.toString());
  }

  @Test
  void purgingKeepsThreeSnapshotsAtLeast() throws Exception {
    Path file = Files.writeString(dir.resolve("zoo.cfg"), "dataDir=" + dir + "\nclientPort=1\n");

    assertEquals(2, commands("purge", file.toString(), "-n", "2"));
    assertTrue(err.toString().contains("-n 2: expected at least 3"), err.toString());
    assertEquals(2, commands("purge", file.toString()));
    assertEquals(2, commands("purge", "-n", "3"));
  }

  @Test
  void helpNamesTheCommands() {
    assertEquals(0, commands("help"));
    for (String command :
        List.of("server", "version", "four-letter", "check-config", "purge", "plugins")) {
      assertTrue(out.toString().contains("  " + command), out.toString());
    }
    assertEquals(2, commands("serve"));
    assertTrue(err.toString().contains("quorate server"), err.toString());
  }
}
