package io.quorate.compat.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * One server as an external process on a port of the loopback interface that the kernel gave, with
 * its data in a directory of its own. The same object starts the server again on the same data and
 * port. Everything it started, {@link #close} ends.
 */
public final class ServerProcess implements AutoCloseable {
  /**
   * Command of the system under test; placeholders {@code {image}}, {@code {conf}}, {@code {props}}
   * (each {@code -Dkey=value}), {@code {port}} and {@code {dir}}. The word {@code apache} runs
   * Apache's server in its place, to try the tests themselves.
   */
  public static final String COMMAND_PROPERTY = "compat.command";

  private static final String DEFAULT_COMMAND = "{image}/bin/quorate server {conf} {props}";
  private static final long START_DEADLINE_MS = 60_000;
  private static final String LOOPBACK = "127.0.0.1";

  private final ServerKind kind;
  private final Path directory;
  private final boolean ownsDirectory;
  private final int port;
  private final Map<String, String> configuration = new LinkedHashMap<>();
  private final Map<String, String> properties = new LinkedHashMap<>();
  private final Map<String, String> environment = new LinkedHashMap<>();
  private Process process;
  private int starts;

  private ServerProcess(ServerKind kind, Path directory, boolean ownsDirectory) {
    this.kind = kind;
    this.directory = directory;
    this.ownsDirectory = ownsDirectory;
    this.port = freePort();
    configuration.put("tickTime", "2000");
    configuration.put("dataDir", dataDirectory().toString());
    configuration.put("clientPort", Integer.toString(port));
    configuration.put("clientPortAddress", LOOPBACK);
    configuration.put("maxClientCnxns", "0");
    configuration.put("admin.enableServer", "false");
    configuration.put("4lw.commands.whitelist", "*");
    // Log files of 64 MiB make every fresh server slow to start; what is written does not change.
    configuration.put("preAllocSize", "256");
  }

  /** A server that is not started yet, in a new temporary directory that {@link #close} removes. */
  public static ServerProcess of(ServerKind kind) {
    try {
      return new ServerProcess(kind, Files.createTempDirectory("compat-"), true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A server that is not started yet, on the {@code data} folder inside an existing directory. */
  public static ServerProcess in(ServerKind kind, Path directory) {
    return new ServerProcess(kind, directory, false);
  }

  /** Sets a line of zoo.cfg for the next start; a null value removes the line. */
  public ServerProcess config(String key, String value) {
    if (value == null) {
      configuration.remove(key);
    } else {
      configuration.put(key, value);
    }
    return this;
  }

  /** Sets a system property for the next start. */
  public ServerProcess property(String key, String value) {
    properties.put(key, value);
    return this;
  }

  /** Sets an environment variable for the next start. */
  public ServerProcess environment(String key, String value) {
    environment.put(key, value);
    return this;
  }

  /** Starts the process and waits until {@code srvr} is answered. */
  public ServerProcess start() {
    launch();
    awaitServing();
    return this;
  }

  /** Starts the process and returns at once. */
  public void launch() {
    if (process != null && process.isAlive()) {
      throw new IllegalStateException("already running, pid " + process.pid());
    }
    try {
      Files.createDirectories(dataDirectory());
      StringBuilder text = new StringBuilder();
      configuration.forEach((k, v) -> text.append(k).append('=').append(v).append('\n'));
      Files.writeString(configurationFile(), text);
      starts++;
      ProcessBuilder builder = new ProcessBuilder(command());
      builder.environment().putAll(environment);
      process =
          builder
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(outputFile().toFile()))
              .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> command() {
    String template = System.getProperty(COMMAND_PROPERTY, "");
    if (template.isBlank()) {
      template = DEFAULT_COMMAND;
    }
    if (kind == ServerKind.APACHE || template.equals("apache")) {
      return apacheCommand();
    }
    List<String> command = new ArrayList<>();
    for (String word : template.trim().split("\\s+")) {
      if (word.equals("{props}")) {
        properties.forEach((k, v) -> command.add("-D" + k + "=" + v));
      } else {
        command.add(
            word.replace("{image}", Image.path().toString())
                .replace("{conf}", configurationFile().toString())
                .replace("{port}", Integer.toString(port))
                .replace("{dir}", directory.toString()));
      }
    }
    return command;
  }

  private List<String> apacheCommand() {
    List<String> command = new ArrayList<>();
    command.addAll(
        List.of(
            Jvm.java(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xshare:auto",
            "-Xmx512m",
            "--enable-native-access=ALL-UNNAMED"));
    properties.forEach((k, v) -> command.add("-D" + k + "=" + v));
    command.addAll(
        List.of(
            "-cp",
            Jvm.classPath(),
            "org.apache.zookeeper.server.quorum.QuorumPeerMain",
            configurationFile().toString()));
    return command;
  }

  /** Waits until the server answers {@code srvr} with its mode. */
  public void awaitServing() {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(START_DEADLINE_MS);
    while (System.nanoTime() < deadline) {
      if (!process.isAlive()) {
        throw new AssertionError(
            kind + " ended with status " + process.exitValue() + " at its start:\n" + output());
      }
      try {
        if (fourLetterWord("srvr", 500).contains("Mode: ")) {
          return;
        }
      } catch (IOException e) {
        // Not listening yet: the deadline decides.
        Thread.onSpinWait();
      }
      Waiting.pause(10);
    }
    throw new AssertionError(kind + " does not answer srvr on port " + port + ":\n" + output());
  }

  /**
   * Ends the process at once, as a power cut of the process would: SIGKILL to it and to what it
   * started.
   */
  public void kill() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    awaitExit();
  }

  /** Asks the process to end and returns its exit status. */
  public int stop() {
    process.destroy();
    return awaitExit();
  }

  private int awaitExit() {
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
        throw new AssertionError(kind + " did not end in 30 s:\n" + output());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Sends a text command on a connection of its own and returns the whole answer. */
  public String fourLetterWord(String word) throws IOException {
    return fourLetterWord(word, 10_000);
  }

  private String fourLetterWord(String word, int timeoutMs) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(address(), 2_000);
      socket.setSoTimeout(timeoutMs);
      socket.getOutputStream().write(word.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().flush();
      InputStream in = socket.getInputStream();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** The last zxid the server applied, as {@code srvr} prints it. */
  public long lastZxid() {
    try {
      for (String line : fourLetterWord("srvr").split("\n")) {
        if (line.startsWith("Zxid: 0x")) {
          return Long.parseUnsignedLong(line.substring("Zxid: 0x".length()).trim(), 16);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new AssertionError("srvr has no Zxid line");
  }

  public ServerKind kind() {
    return kind;
  }

  public int port() {
    return port;
  }

  public InetSocketAddress address() {
    return new InetSocketAddress(LOOPBACK, port);
  }

  public String connectString() {
    return LOOPBACK + ":" + port;
  }

  public Process process() {
    return process;
  }

  public boolean isAlive() {
    return process != null && process.isAlive();
  }

  public int starts() {
    return starts;
  }

  public Path directory() {
    return directory;
  }

  public Path dataDirectory() {
    return directory.resolve("data");
  }

  /** Where {@code log.*} and {@code snapshot.*} lie. */
  public Path versionDirectory() {
    return dataDirectory().resolve("version-2");
  }

  public Path configurationFile() {
    return directory.resolve("zoo.cfg");
  }

  public Path outputFile() {
    return directory.resolve("server.out");
  }

  /** The end of what the process printed. */
  public String output() {
    try {
      String all = Files.exists(outputFile()) ? Files.readString(outputFile()) : "";
      return all.length() > 6_000 ? "…" + all.substring(all.length() - 6_000) : all;
    } catch (IOException e) {
      return "(no output: " + e + ")";
    }
  }

  @Override
  public void close() {
    if (isAlive()) {
      kill();
    }
    if (ownsDirectory) {
      Waiting.deleteTree(directory);
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
