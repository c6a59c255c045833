package io.quorate.admin;

import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Apache ZooKeeper 3.9.5 in a process of its own: the oracle. */
final class ApacheServer implements AutoCloseable {
  private static final long DEADLINE_MS = 120_000;

  private final Process process;
  private final Path output;
  final int port;

  ApacheServer(Path dir, String... more) throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Path config = dir.resolve("zoo.cfg");
    Files.writeString(
        config,
        String.join(
            "\n",
            "tickTime=2000",
            "dataDir=" + dir.resolve("data"),
            "clientPort=" + port,
            "clientPortAddress=127.0.0.1",
            "admin.enableServer=false",
            "preAllocSize=100",
            String.join("\n", more)));
    output = dir.resolve("apache.log");
    String path =
        System.getProperty("java.class.path")
            + java.io.File.pathSeparator
            + System.getProperty("jdk.module.path", "");
    process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-Xmx128m",
                    "-cp",
                    path,
                    "org.apache.zookeeper.server.quorum.QuorumPeerMain",
                    config.toString()))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    awaitUp();
  }

  private void awaitUp() throws IOException {
    long end = System.currentTimeMillis() + DEADLINE_MS;
    while (System.currentTimeMillis() < end && !ended(50)) {
      try {
        if (ask(1000, "srvr").contains("Mode")) {
          return;
        }
      } catch (ConnectException | SocketTimeoutException e) {
        continue; // not up yet; what comes while it starts may stay unanswered
      }
    }
    String said = Files.readString(output);
    close();
    throw new IOException("Apache's server did not come up: " + said);
  }

  private boolean ended(long waitMs) throws IOException {
    try {
      return process.waitFor(waitMs, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  /** What it answers to these four bytes and some more. */
  String ask(String word, byte... argument) throws IOException {
    return ask(10_000, word, argument);
  }

  private String ask(int timeoutMs, String word, byte... argument) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(timeoutMs);
      OutputStream out = socket.getOutputStream();
      byte[] letters = word.getBytes(StandardCharsets.ISO_8859_1);
      byte[] all = java.util.Arrays.copyOf(letters, letters.length + argument.length);
      System.arraycopy(argument, 0, all, letters.length, argument.length);
      out.write(all);
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
