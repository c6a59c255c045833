package io.quorate.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launchers, with a script in place of the JVM. Texts, pid files and exit statuses were
 * compared with those of zkServer.sh of Apache ZooKeeper 3.8.
 */
class ZkServerScriptTest {
  /**
   * Answers what the scripts ask the JVM: FAKE_MODE is the mode of the server that is asked,
   * FAKE_EXIT ends a server at once. Otherwise the server writes its arguments and stays.
   */
  private static final String FAKE_JAVA =
      """
      #!/bin/sh
      case "$*" in
      *" four-letter "*)
        [ -z "$FAKE_MODE" ] || printf 'Zookeeper version: 1\\nMode: %s\\nNode count: 5\\n' "$FAKE_MODE"
        exit 0
        ;;
      esac
      for argument; do
        echo "<$argument>"
      done
      [ -z "$FAKE_EXIT" ] || exit "$FAKE_EXIT"
      trap 'exit 143' TERM
      while :; do sleep 0.1; done
      """;

  @TempDir Path temp;
  private Path home;
  private Path conf;
  private Path data;

  private record Outcome(int exit, String out, String err) {}

  @BeforeEach
  void install() throws IOException {
    home = temp.resolve("the image");
    copy(Path.of("src/main/image"), home);
    copy(Path.of("../conf"), home.resolve("conf"));
    Path java = home.resolve("runtime/bin/java");
    Files.createDirectories(java.getParent());
    Files.writeString(java, FAKE_JAVA);
    executable(java);
    for (String script :
        List.of("quorate", "zkServer.sh", "zkServer-initialize.sh", "zkCleanup.sh")) {
      executable(home.resolve("bin").resolve(script));
    }
    conf = Files.createDirectories(temp.resolve("etc"));
    data = temp.resolve("data");
    configure("dataDir=" + data, "clientPort=2181");
  }

  @AfterEach
  void stop() throws Exception {
    Path pid = data.resolve("zookeeper_server.pid");
    if (Files.exists(pid)) {
      ProcessHandle.of(Long.parseLong(Files.readString(pid))).ifPresent(ProcessHandle::destroy);
    }
  }

  @Test
  void startWritesPidFileAndSaysStarted() throws Exception {
    Outcome start = zkServer("start");

    assertEquals(new Outcome(0, "Starting zookeeper ... STARTED\n", preamble()), start);
    String pid = Files.readString(data.resolve("zookeeper_server.pid"));
    assertTrue(ProcessHandle.of(Long.parseLong(pid)).isPresent(), "digits only, no line end");
  }

  @Test
  void startOfRunningServerFails() throws Exception {
    zkServer("start");
    String pid = Files.readString(data.resolve("zookeeper_server.pid"));

    Outcome again = zkServer("start");

    assertEquals(1, again.exit());
    assertEquals("Starting zookeeper ... already running as process " + pid + ".\n", again.out());
  }

  @Test
  void startOfServerThatEndsAtOnceFails() throws Exception {
    Outcome start = run(Map.of("FAKE_EXIT", "2"), zkServerCommand("start"));

    assertEquals(new Outcome(1, "Starting zookeeper ... FAILED TO START\n", preamble()), start);
    assertTrue(Files.exists(data.resolve("zookeeper_server.pid")), "left for a look, as Apache's");
  }

  @Test
  void stopEndsProcessAndRemovesPidFile() throws Exception {
    zkServer("start");
    long pid = Long.parseLong(Files.readString(data.resolve("zookeeper_server.pid")));

    Outcome stop = zkServer("stop");

    assertEquals(new Outcome(0, "Stopping zookeeper ... STOPPED\n", preamble()), stop);
    assertFalse(Files.exists(data.resolve("zookeeper_server.pid")));
    assertTrue(ProcessHandle.of(pid).isEmpty(), "gone when told so");
  }

  @Test
  void stopWithoutPidFileIsNoFailure() throws Exception {
    Outcome stop = zkServer("stop");

    assertEquals(0, stop.exit());
    assertEquals(
        "Stopping zookeeper ... no zookeeper to stop (could not find file "
            + data.resolve("zookeeper_server.pid")
            + ")\n",
        stop.out());
  }

  @Test
  void restartKeepsTheConfigurationFolder() throws Exception {
    zkServer("start");

    Outcome restart = zkServer("restart");

    assertEquals(0, restart.exit());
    assertEquals("Stopping zookeeper ... STOPPED\nStarting zookeeper ... STARTED\n", restart.out());
  }

  @Test
  void pidFileCanBeElsewhere() throws Exception {
    Path pidFile = temp.resolve("run/zk.pid");
    Map<String, String> environment = Map.of("ZOOPIDFILE", pidFile.toString());

    assertEquals(0, run(environment, zkServerCommand("start")).exit());
    assertTrue(Files.exists(pidFile));
    assertEquals(
        "Stopping zookeeper ... STOPPED\n", run(environment, zkServerCommand("stop")).out());
  }

  @Test
  void foregroundPassesExitStatusAndArguments() throws Exception {
    Outcome run =
        run(
            Map.of("FAKE_EXIT", "7", "SERVER_JVMFLAGS", "-Da=* -Db", "JVMFLAGS", "-Xmx1g"),
            zkServerCommand("start-foreground"));

    assertEquals(7, run.exit());
    assertTrue(
        run.out()
            .endsWith(
                """
                <-Da=*>
                <-Db>
                <-Xmx1g>
                <-m>
                <io.quorate.cli/io.quorate.cli.Main>
                <server>
                <%s>
                """
                    .formatted(conf.resolve("zoo.cfg"))),
        run.out());
    assertTrue(run.out().contains("<-Dzookeeper.log.dir="), "tools look for the word zookeeper");
  }

  @Test
  void configurationFileIsANameInTheFolderOrAPath() throws Exception {
    Files.copy(conf.resolve("zoo.cfg"), conf.resolve("other.cfg"));
    Map<String, String> environment = Map.of("FAKE_EXIT", "0");
    String expected = "<" + conf.resolve("other.cfg") + ">\n";

    Outcome byName = run(environment, zkServerCommand("start-foreground", "other.cfg"));
    Outcome byPath =
        run(environment, script("zkServer.sh", "start-foreground", conf + "/other.cfg"));

    assertTrue(byName.out().endsWith(expected), byName.out());
    assertTrue(byPath.out().endsWith(expected), byPath.out());
  }

  @Test
  void environmentFilesAreRead() throws Exception {
    Files.writeString(conf.resolve("zookeeper-env.sh"), "ZOO_LOG_DIR=/log/from/env\n");
    Files.writeString(conf.resolve("java.env"), "export JVMFLAGS=\"-Dfrom=java.env $JVMFLAGS\"\n");

    Outcome run = run(Map.of("FAKE_EXIT", "0"), zkServerCommand("start-foreground"));

    assertTrue(run.out().contains("<-Dzookeeper.log.dir=/log/from/env>\n"), run.out());
    assertTrue(run.out().contains("<-Dfrom=java.env>\n"), run.out());
  }

  @Test
  void logConfigurationIsTakenFromTheConfigurationFolder() throws Exception {
    assertFalse(
        run(Map.of("FAKE_EXIT", "0"), zkServerCommand("start-foreground"))
            .out()
            .contains("logback"),
        "the program's default needs no file");

    Path file = Files.writeString(conf.resolve("logback.xml"), "<configuration/>");

    Outcome run = run(Map.of("FAKE_EXIT", "0"), zkServerCommand("start-foreground"));
    assertTrue(run.out().contains("<-Dlogback.configurationFile=" + file + ">\n"), run.out());
  }

  @Test
  void statusPrintsTheMode() throws Exception {
    Outcome status = run(Map.of("FAKE_MODE", "leader"), zkServerCommand("status"));

    assertEquals(
        new Outcome(
            0,
            "Client port found: 2181. Client address: localhost. Client SSL: false.\n"
                + "Mode: leader\n",
            preamble()),
        status);
  }

  @Test
  void statusOfAbsentServerFails() throws Exception {
    Outcome status = zkServer("status");

    assertEquals(1, status.exit());
    assertEquals(
        "Client port found: 2181. Client address: localhost. Client SSL: false.\n"
            + "Error contacting service. It is probably not running.\n",
        status.out());
  }

  @Test
  void statusFindsPortOfServerLine() throws Exception {
    Files.createDirectories(data);
    Files.writeString(data.resolve("myid"), "2\n");
    configure("dataDir=" + data, "server.1=a:1:2;7777", "server.2=b:1:2;127.0.0.1:8888");

    assertEquals(
        "Client port found: 8888. Client address: 127.0.0.1. Client SSL: false.\nMode: follower\n",
        run(Map.of("FAKE_MODE", "follower"), zkServerCommand("status")).out());
  }

  @Test
  void statusFindsPortInDynamicConfiguration() throws Exception {
    Files.createDirectories(data);
    Files.writeString(data.resolve("myid"), "2\n");
    Path dynamic = Files.writeString(temp.resolve("dyn"), "server.2=b:1:2;[::1]:8889\n");
    configure("dataDir=" + data, "dynamicConfigFile=" + dynamic);

    assertEquals(
        "Client port not found in static config file. Looking in dynamic config file.\n"
            + "Client port found: 8889. Client address: ::1. Client SSL: false.\n"
            + "Mode: follower\n",
        run(Map.of("FAKE_MODE", "follower"), zkServerCommand("status")).out());
  }

  @Test
  void statusWithoutAnyPortFails() throws Exception {
    configure("dataDir=" + data);

    Outcome status = zkServer("status");

    assertEquals(1, status.exit());
    assertEquals(
        """
        myid could not be determined, will not able to locate clientPort in the server configs.
        Client port not found. Looking for secureClientPort in the static config.
        Unable to find either secure or unsecure client port in any configs. Terminating.
        """,
        status.out());
  }

  @Test
  void statusLeavesOutWhatTheServerHolds() throws Exception {
    Outcome command =
        run(
            Map.of("FAKE_EXIT", "0", "JVMFLAGS", "-javaagent:x.jar=9505 -Dkept=1"),
            script("quorate", "anything"));

    assertFalse(command.out().contains("javaagent"), command.out());
    assertTrue(command.out().contains("<-Dkept=1>"), command.out());
  }

  @Test
  void missingFoldersStopTheStartIfTheyMayNotBeMade() throws Exception {
    Outcome start = run(Map.of("ZOO_DATADIR_AUTOCREATE_DISABLE", "1"), zkServerCommand("start"));

    assertEquals(1, start.exit());
    assertEquals(
        "ZooKeeper data directory is missing at " + data + " fix the path or run initialize\n",
        start.out());
  }

  @Test
  void remoteJmxIsAnnouncedAndPassedOn() throws Exception {
    Outcome run =
        run(Map.of("FAKE_EXIT", "0", "JMXPORT", "99"), zkServerCommand("start-foreground"));

    assertTrue(run.err().contains("ZooKeeper remote JMX Port set to 99\n"), run.err());
    assertTrue(run.out().contains("<-Dcom.sun.management.jmxremote.port=99>\n"), run.out());
  }

  @Test
  void unknownWordPrintsUsage() throws Exception {
    Outcome bogus = run(Map.of(), script("zkServer.sh", "bogus"));

    assertEquals(2, bogus.exit());
    assertEquals(
        "Usage: "
            + home.resolve("bin/zkServer.sh")
            + " [--config <conf-dir>]"
            + " {start|start-foreground|stop|version|restart|status|print-cmd}\n",
        bogus.err());
  }

  @Test
  void printCmdShowsTheCommandAndItsOutput() throws Exception {
    Outcome print = zkServer("print-cmd");

    assertEquals(0, print.exit());
    assertTrue(print.out().startsWith('"' + home.toString() + "/runtime/bin/java\" "), print.out());
    assertTrue(print.out().endsWith(".out\" 2>&1 < /dev/null\n"), print.out());
  }

  @Test
  void serverTakesTheDefaultFileOnlyIfNoneIsNamed() throws Exception {
    Map<String, String> environment = Map.of("FAKE_EXIT", "0", "ZOOCFGDIR", conf.toString());
    String file = "<" + conf.resolve("zoo.cfg") + ">";

    assertTrue(server(environment).endsWith("<server>\n" + file + "\n"));
    assertTrue(server(environment, "-Dx=y").endsWith("<server>\n" + file + "\n<-Dx=y>\n"));
    assertTrue(server(environment, "-D", "x=y").endsWith(file + "\n<-D>\n<x=y>\n"));
    assertTrue(server(environment, "a.cfg", "-Dx=y").endsWith("<server>\n<a.cfg>\n<-Dx=y>\n"));
    assertTrue(server(environment, "2181", "dir").endsWith("<server>\n<2181>\n<dir>\n"));
  }

  private String server(Map<String, String> environment, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(script("quorate", "server"));
    command.addAll(List.of(arguments));
    return run(environment, command).out();
  }

  @Test
  void worksThroughALinkWithAnEmptyEnvironment() throws Exception {
    Path link = Files.createSymbolicLink(temp.resolve("zk"), home.resolve("bin/zkServer.sh"));

    Outcome status =
        run(Map.of(), List.of("env", "-i", link.toString(), "--config", conf + "", "status"));

    assertEquals(1, status.exit());
    assertTrue(status.out().startsWith("Client port found: 2181."), status.out());
  }

  @Test
  void cacheIsUsedOnlyIfItFits() throws Exception {
    Files.writeString(home.resolve("lib/quorate.aot"), "cache");
    String option = "<-XX:AOTCache=" + home.resolve("lib/quorate.aot") + ">";
    Map<String, String> plain = Map.of("FAKE_EXIT", "0");

    assertTrue(server(plain).contains(option));
    assertFalse(server(Map.of("FAKE_EXIT", "0", "QUORATE_AOT", "off")).contains(option));
    assertFalse(server(Map.of("FAKE_EXIT", "0", "JVMFLAGS", "-XX:+UseZGC")).contains(option));
    Files.delete(home.resolve("lib/quorate.aot"));
    assertFalse(server(plain).contains("AOTCache"));
  }

  @Test
  void initializeMakesFoldersOnce() throws Exception {
    String file = "--configfile=" + conf.resolve("zoo.cfg");

    Outcome first = run(Map.of(), script("zkServer-initialize.sh", file, "--myid=3"));
    Outcome second = run(Map.of(), script("zkServer-initialize.sh", file));

    assertEquals(new Outcome(0, "Using myid of 3\n", ""), first);
    assertEquals("3\n", Files.readString(data.resolve("myid")));
    assertTrue(Files.isDirectory(data.resolve("version-2")));
    assertTrue(Files.exists(data.resolve("initialize")));
    assertEquals(1, second.exit());
    assertEquals(
        "ZooKeeper data directory already exists at "
            + data
            + " (or use --force to force re-initialization)\n",
        second.out());
  }

  @Test
  void cleanupNamesTheFoldersOfTheConfiguration() throws Exception {
    configure("dataDir=" + data, "dataLogDir = /log ");

    Outcome cleanup =
        run(
            Map.of("FAKE_EXIT", "0"),
            script("zkCleanup.sh", "--config", conf.toString(), "-n", "4"));

    assertTrue(
        cleanup.out().endsWith("<purge>\n</log>\n<" + data + ">\n<-n>\n<4>\n"), cleanup.out());
  }

  private String preamble() {
    return "ZooKeeper JMX enabled by default\nUsing config: " + conf.resolve("zoo.cfg") + "\n";
  }

  private Outcome zkServer(String word) throws Exception {
    return run(Map.of(), zkServerCommand(word));
  }

  private List<String> zkServerCommand(String... words) {
    List<String> command = new ArrayList<>(script("zkServer.sh", "--config", conf.toString()));
    command.addAll(List.of(words));
    return command;
  }

  private List<String> script(String name, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(home.resolve("bin").resolve(name).toString());
    command.addAll(List.of(arguments));
    return command;
  }

  private Outcome run(Map<String, String> environment, List<String> command) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command).directory(temp.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("ZOO") || name.startsWith("J"));
    builder.environment().putAll(environment);
    Path out = Files.createTempFile(temp, "out", "");
    Path err = Files.createTempFile(temp, "err", "");
    Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    assertTrue(process.waitFor(60, TimeUnit.SECONDS), () -> command + " does not end");
    return new Outcome(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  private void configure(String... lines) throws IOException {
    Files.write(conf.resolve("zoo.cfg"), List.of(lines));
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
  }

  private static void executable(Path file) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
