package io.quorate.compat.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.compat.image.Command.Outcome;
import io.quorate.compat.server.Image;
import io.quorate.compat.server.Waiting;
import io.quorate.compat.wire.WireSession;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server of the image as operators meet it: where it runs, what it says, how it ends. */
class ImageServerIT {
  private static final Pattern READY =
      Pattern.compile(
          "READY quorate \\S+ client=127\\.0\\.0\\.1:\\d+ dataDir=\\S+ storage=files codec=jute"
              + " transport=netty pid=\\d+");
  private static final int NOBODY = 65534;
  private static final int EPHEMERAL = 1;

  @TempDir Path temp;

  private int port;
  private Process server;

  @BeforeEach
  void open() throws IOException {
    Files.setPosixFilePermissions(temp, PosixFilePermissions.fromString("rwxrwxrwx"));
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
  }

  @AfterEach
  void stop() throws InterruptedException {
    if (server != null && server.isAlive()) {
      server.destroyForcibly().waitFor();
    }
  }

  private Path configuration() throws IOException {
    return Files.writeString(
        temp.resolve("zoo.cfg"),
        "tickTime=2000\ndataDir="
            + temp.resolve("data")
            + "\nclientPort="
            + port
            + "\nclientPortAddress=127.0.0.1\nadmin.enableServer=false\n"
            + "4lw.commands.whitelist=*\n");
  }

  private void launch(List<String> command) throws IOException {
    server =
        new ProcessBuilder(command)
            .directory(temp.toFile())
            .redirectOutput(temp.resolve("out").toFile())
            .redirectError(temp.resolve("err").toFile())
            .start();
  }

  private String ready() throws IOException {
    Waiting.until(
        "READY",
        60_000,
        () -> {
          if (!server.isAlive()) {
            throw new AssertionError("ended: " + output());
          }
          return Files.readString(temp.resolve("out")).contains("READY");
        });
    return Files.readString(temp.resolve("out"))
        .lines()
        .filter(l -> l.startsWith("READY"))
        .findFirst()
        .orElse("");
  }

  private String output() throws IOException {
    return Files.readString(temp.resolve("out")) + Files.readString(temp.resolve("err"));
  }

  private void serves() throws IOException {
    InetSocketAddress address = new InetSocketAddress("127.0.0.1", port);
    try (WireSession session = WireSession.open(address, 30_000)) {
      session.create("/x" + System.nanoTime(), new byte[10], 0);
      session.closeSession();
    }
  }

  /** Moved, with a blank in its path, no environment, nobody's rights, no temporary folder. */
  @Test
  void runsWithNextToNothing() throws Exception {
    Path moved = temp.resolve("moved to here");
    Command.run(Map.of(), temp, List.of("cp", "-a", Image.path().toString(), moved.toString()));
    Path noTemp = Files.createDirectory(temp.resolve("no-temp"));
    Files.setPosixFilePermissions(noTemp, PosixFilePermissions.fromString("r-xr-xr-x"));
    List<String> command = new ArrayList<>();
    if (((Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid")) == 0) {
      String id = Integer.toString(NOBODY);
      command.addAll(List.of("setpriv", "--reuid", id, "--regid", id, "--clear-groups"));
    }
    command.addAll(
        List.of(
            "env",
            "-i",
            "SERVER_JVMFLAGS=-Djava.io.tmpdir=" + noTemp,
            moved + "/bin/quorate",
            "server",
            configuration().toString()));
    launch(command);
    String line = ready();
    assertTrue(READY.matcher(line).matches(), line);
    assertTrue(line.contains("client=127.0.0.1:" + port + " "), line);
    assertTrue(line.endsWith("pid=" + server.pid()), line);
    serves();
    assertEquals("", Files.readString(temp.resolve("err")), "no word on the error stream");
    String out = Files.readString(temp.resolve("out"));
    assertTrue(!out.contains("WARN") && !out.contains("ERROR"), out);
  }

  @Test
  void aTermSignalEndsItCleanly() throws Exception {
    launch(List.of(Image.path() + "/bin/quorate", "server", configuration().toString()));
    ready();
    serves();
    server.destroy();
    assertTrue(server.waitFor(20, TimeUnit.SECONDS), "does not end");
    assertEquals(143, server.exitValue());
    launch(List.of(Image.path() + "/bin/quorate", "server", configuration().toString()));
    ready();
    try (WireSession session = WireSession.open(new InetSocketAddress("127.0.0.1", port), 30_000)) {
      assertEquals(2, session.children("/").size(), "what was written is there");
      session.closeSession();
    }
  }

  /**
   * With one processor the core takes its turns on the I/O loop; all that its own thread does
   * happens there: writes, words, expiry with nobody sending, an end that loses nothing.
   */
  @Test
  void runsOnOneProcessor() throws Exception {
    List<String> command =
        List.of(
            "env",
            "SERVER_JVMFLAGS=-XX:ActiveProcessorCount=1",
            Image.path() + "/bin/quorate",
            "server",
            configuration().toString());
    launch(command);
    ready();
    assertEquals(List.of("quorate-io-0", "quorate-log"), threads());
    InetSocketAddress address = new InetSocketAddress("127.0.0.1", port);
    try (WireSession session = WireSession.open(address, 30_000)) {
      WireSession gone = WireSession.open(address, 4000);
      gone.create("/ephemeral", new byte[1], EPHEMERAL);
      gone.connection().close();
      for (int i = 0; i < 100; i++) {
        session.create("/n" + i, new byte[10], 0);
      }
      assertEquals(102, session.children("/").size());
      // mntr reads published numbers: nothing but the clock makes a turn now.
      Waiting.until("expiry", 30_000, () -> word("mntr").contains("zk_ephemerals_count\t0\n"));
    }
    server.destroy();
    assertTrue(server.waitFor(20, TimeUnit.SECONDS), "does not end");
    launch(command);
    ready();
    try (WireSession session = WireSession.open(address, 30_000)) {
      assertEquals(101, session.children("/").size());
    }
  }

  private List<String> threads() throws IOException {
    List<String> names = new ArrayList<>();
    try (var tasks = Files.newDirectoryStream(Path.of("/proc/" + server.pid() + "/task"))) {
      for (Path task : tasks) {
        String name = Files.readString(task.resolve("comm")).strip();
        if (name.startsWith("quorate-io") || name.matches("quorate-(core|log)")) {
          names.add(name);
        }
      }
    }
    names.sort(null);
    return names;
  }

  private String word(String word) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(word.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Without a file: loopback only, data in the working folder. */
  @Test
  void runsWithoutAFile() throws Exception {
    launch(List.of(Image.path() + "/bin/quorate", "server", "-D", "clientPort=" + port));
    String line = ready();
    assertTrue(line.contains("client=127.0.0.1:" + port + " "), line);
    serves();
    assertTrue(Files.isDirectory(temp.resolve("quorate-data/version-2")));
  }

  @Test
  void aWrongValueStopsTheStart() throws Exception {
    Path file = configuration();
    Files.writeString(file, Files.readString(file) + "snapCount=many\n");
    Outcome outcome =
        Command.run(
            Map.of(), temp, List.of(Image.path() + "/bin/quorate", "server", file.toString()));
    assertEquals(2, outcome.exit(), outcome.out() + outcome.err());
    String said = outcome.out() + outcome.err();
    for (String part : List.of(file.toString(), "7", "snapCount", "many")) {
      assertTrue(said.contains(part), part + " in: " + said);
    }
  }

  /** The script that operators and images call, on the real server. */
  @Test
  void zkServerScript() throws Exception {
    String file = configuration().toString();
    String script = Image.path() + "/bin/zkServer.sh";
    Map<String, String> environment = Map.of("ZOO_LOG_DIR", temp.resolve("logs").toString());
    Outcome started = Command.run(environment, temp, List.of(script, "start", file));
    try {
      assertEquals(0, started.exit(), started.toString());
      assertTrue(started.out().contains("STARTED"), started.toString());
      Waiting.until(
          "status",
          60_000,
          () -> Command.run(environment, temp, List.of(script, "status", file)).exit() == 0);
      Outcome status = Command.run(environment, temp, List.of(script, "status", file));
      assertTrue(status.out().lines().anyMatch("Mode: standalone"::equals), status.toString());
      Outcome second = Command.run(environment, temp, List.of(script, "start", file));
      assertEquals(1, second.exit(), second.toString());
      serves();
    } finally {
      Outcome stopped = Command.run(environment, temp, List.of(script, "stop", file));
      assertEquals(0, stopped.exit(), stopped.toString());
    }
    Waiting.until(
        "down",
        30_000,
        () -> Command.run(environment, temp, List.of(script, "status", file)).exit() == 1);
  }
}
