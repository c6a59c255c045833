package io.quorate.compat.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.compat.server.ServerKind;
import io.quorate.compat.server.ServerProcess;
import io.quorate.compat.server.Waiting;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How probes and load balancers speak to the client port (ecosystem D8 to D14). */
class TextCommandIT {
  private static ServerProcess server;

  @BeforeAll
  static void start() {
    server = ServerProcess.of(ServerKind.QUORATE).start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Socket connect() throws IOException {
    Socket socket = new Socket(server.address().getAddress(), server.port());
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(10_000);
    return socket;
  }

  private static String rest(Socket socket) throws IOException {
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
  }

  /** Whatever follows the word, the answer is the same and the connection is closed. */
  @ParameterizedTest
  @ValueSource(strings = {"ruok", "ruok\n", "ruok\r\n", "ruok ", "ruok and more\n"})
  void ruokInAllItsForms(String sent) throws IOException {
    try (Socket socket = connect()) {
      socket.getOutputStream().write(sent.getBytes(StandardCharsets.US_ASCII));
      assertEquals("imok", rest(socket));
    }
  }

  @Test
  void theSenderHalfCloses() throws IOException {
    try (Socket socket = connect()) {
      socket.getOutputStream().write("ruok\n".getBytes(StandardCharsets.US_ASCII));
      socket.shutdownOutput();
      assertEquals("imok", rest(socket));
    }
  }

  @Test
  void oneByteAtATime() throws IOException {
    try (Socket socket = connect()) {
      for (byte b : "ruok".getBytes(StandardCharsets.US_ASCII)) {
        socket.getOutputStream().write(b);
        socket.getOutputStream().flush();
      }
      assertEquals("imok", rest(socket));
    }
  }

  @Test
  void theReaderStopsAtTheFirstLine() throws IOException {
    for (int i = 0; i < 50; i++) {
      try (Socket socket = connect()) {
        socket.getOutputStream().write("srvr\n".getBytes(StandardCharsets.US_ASCII));
        assertTrue(socket.getInputStream().read() > 0);
      }
    }
    assertTrue(server.fourLetterWord("srvr").contains("Mode: standalone\n"));
  }

  @Test
  void wholeLines() throws IOException {
    assertTrue(server.fourLetterWord("stat").lines().anyMatch("Mode: standalone"::equals));
    assertTrue(server.fourLetterWord("mntr").contains("\nzk_server_state\tstandalone\n"));
    assertTrue(server.fourLetterWord("conf").contains("clientPort=" + server.port()));
    assertTrue(server.fourLetterWord("envi").contains("zookeeper.version=3.9.5"));
    assertEquals("rw", server.fourLetterWord("isro"));
  }

  /** As with Apache: a word and its answer are a packet each way, and nothing more is read. */
  @Test
  void wordsAreCounted() throws IOException {
    server.fourLetterWord("srst");
    server.fourLetterWord("ruok");
    server.fourLetterWord("ruok");
    String srvr = server.fourLetterWord("srvr");
    assertTrue(srvr.contains("Received: 3\nSent: 3\n"), srvr);
    String cons = server.fourLetterWord("cons");
    assertTrue(cons.contains("[0](queued=0,recved=1,sent=0)"), cons);
  }

  /** A look that says nothing leaves no trace: no warning, no connection that stays counted. */
  @Test
  void connectAndClose() throws IOException {
    String before = Files.readString(server.outputFile());
    for (int i = 0; i < 200; i++) {
      connect().close();
    }
    Waiting.until(
        "no connection is left",
        20_000,
        () -> server.fourLetterWord("srvr").contains("Connections: 1\n"));
    String logged = Files.readString(server.outputFile()).substring(before.length());
    assertFalse(logged.contains("WARN") || logged.contains("ERROR"), logged);
  }

  /** A thousand of them do not stand in the way of others. */
  @Test
  void aThousandAtOnce() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(50);
    List<Callable<String>> tasks = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      String word = List.of("mntr", "stat", "wchc", "cons", "dump").get(i % 5);
      tasks.add(() -> server.fourLetterWord(word));
    }
    try (Witness witness = new Witness(server, "/witness")) {
      for (Future<String> f : threads.invokeAll(tasks)) {
        assertFalse(f.get(60, TimeUnit.SECONDS).isEmpty());
      }
      witness.mustHaveBeenServed(15_000);
    } finally {
      threads.shutdownNow();
    }
  }

  /** Only srvr answers where nothing is configured; the others say so. */
  @Test
  void theListOfAllowedWords() throws IOException {
    try (ServerProcess strict =
        ServerProcess.of(ServerKind.QUORATE).config("4lw.commands.whitelist", null).start()) {
      assertEquals(
          "ruok is not executed because it is not in the whitelist.\n",
          strict.fourLetterWord("ruok"));
      assertTrue(strict.fourLetterWord("srvr").contains("Mode: standalone"));
    }
  }

  /** More connections from one address than allowed are closed, and a place is given again. */
  @Test
  void connectionsOfOneAddress() throws IOException {
    try (ServerProcess strict =
        ServerProcess.of(ServerKind.QUORATE).config("maxClientCnxns", "5").start()) {
      List<Socket> open = new ArrayList<>();
      Waiting.until(
          "the probe's connection is gone",
          20_000,
          () -> strict.fourLetterWord("srvr").contains("Connections: 1\n"));
      for (int i = 0; i < 5; i++) {
        Socket socket = new Socket(strict.address().getAddress(), strict.port());
        socket.setSoTimeout(5_000);
        open.add(socket);
      }
      try (Socket socket = new Socket(strict.address().getAddress(), strict.port())) {
        socket.setSoTimeout(5_000);
        assertEquals(-1, readOrReset(socket));
      }
      open.get(0).close();
      Waiting.until("a place is free", 20_000, () -> strict.fourLetterWord("ruok").equals("imok"));
      for (Socket socket : open) {
        socket.close();
      }
    }
  }

  private static int readOrReset(Socket socket) {
    try {
      return socket.getInputStream().read();
    } catch (java.net.SocketException reset) {
      return -1;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
