package io.quorate.compat.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.compat.server.ServerKind;
import io.quorate.compat.server.ServerProcess;
import io.quorate.compat.server.Waiting;
import io.quorate.compat.wire.AclEntry;
import io.quorate.compat.wire.Bodies;
import io.quorate.compat.wire.JuteOut;
import io.quorate.compat.wire.Op;
import io.quorate.compat.wire.RawConnection;
import io.quorate.compat.wire.WireSession;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/**
 * Clients that mean ill or know no better. The server has a small heap and ends when it runs out of
 * memory; it must go on, and a witness must be served all along.
 */
class BadInputIT {
  private static final int HEAP_MB = 400;
  private static final long MAX_RESIDENT_MB = 900;
  private static final long LONGEST_MS = 15_000;
  private static ServerProcess server;

  private Witness witness;

  @BeforeAll
  static void start() {
    server =
        ServerProcess.of(ServerKind.QUORATE)
            .environment("SERVER_JVMFLAGS", "-Xmx" + HEAP_MB + "m")
            .config("maxSessionTimeout", "120000")
            .start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void watch(TestInfo test) throws IOException {
    witness = new Witness(server, "/" + test.getTestMethod().orElseThrow().getName());
  }

  @AfterEach
  void healthy() throws IOException {
    try {
      witness.mustHaveBeenServed(LONGEST_MS);
      assertTrue(server.isAlive(), server::output);
      assertTrue(server.fourLetterWord("srvr").contains("Mode: standalone"));
      assertTrue(residentMb() < MAX_RESIDENT_MB, "resident: " + residentMb() + " MB");
    } finally {
      witness.close();
    }
  }

  private static long residentMb() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + server.process().pid() + "/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024;
      }
    }
    throw new AssertionError("no VmRSS");
  }

  private static long connections() throws IOException {
    for (String line : server.fourLetterWord("srvr").split("\n")) {
      if (line.startsWith("Connections: ")) {
        return Long.parseLong(line.substring("Connections: ".length()).trim());
      }
    }
    throw new AssertionError("no Connections line");
  }

  /** Asks for far more than it reads; gets all of it, in order, once it does read. */
  @Test
  void slowReaders() throws IOException {
    int requests = 3_000;
    try (WireSession setUp = WireSession.open(server.address(), 30_000)) {
      setUp.create("/large", new byte[100_000], 0);
      setUp.closeSession();
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int i = 1; i <= requests; i++) {
      all.write(
          RawConnection.frame(
              RawConnection.request(i, Op.GET_DATA, Bodies.pathWatch("/large", false))));
    }
    byte[] wanted = all.toByteArray();
    List<WireSession> slow = new ArrayList<>();
    List<Thread> writers = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      WireSession session = WireSession.open(server.address(), 60_000);
      slow.add(session);
      Thread writer =
          new Thread(
              () -> {
                try {
                  session.connection().sendRaw(wanted);
                } catch (IOException closed) {
                  throw new IllegalStateException(closed);
                }
              });
      writer.start();
      writers.add(writer);
    }
    long before = witness.rounds();
    Waiting.until("others go on", 30_000, () -> witness.rounds() > before + 100);
    assertTrue(residentMb() < MAX_RESIDENT_MB, "resident: " + residentMb() + " MB");
    WireSession one = slow.get(0);
    for (int i = 1; i <= requests; i++) {
      WireSession.Reply reply = one.readReply();
      assertEquals(i, reply.xid());
      assertEquals(0, reply.error());
    }
    one.closeSession();
    for (WireSession session : slow) {
      session.close();
    }
    for (Thread writer : writers) {
      join(writer);
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A handshake that never ends is cut off (Apache: after 10 s). */
  @Test
  void halfOpenHandshakes() throws IOException {
    byte[] half = new byte[10];
    half[3] = 45;
    List<RawConnection> open = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      RawConnection connection = new RawConnection(server.address(), 30_000);
      connection.sendRaw(half);
      open.add(connection);
    }
    for (RawConnection connection : open) {
      assertEquals(null, connection.readFrame(), "closed without an answer");
      connection.close();
    }
  }

  /** Ten thousand sockets that say nothing: half of them with a session. */
  @Test
  void tenThousandIdleSockets() throws IOException {
    long before = connections();
    List<SocketChannel> idle = new ArrayList<>();
    try {
      for (int i = 0; i < 5_000; i++) {
        idle.add(SocketChannel.open(server.address()));
      }
      List<SocketChannel> sessions = new ArrayList<>();
      byte[] hello = RawConnection.frame(Bodies.connect(0, 120_000, 0, new byte[16], false));
      for (int i = 0; i < 5_000; i++) {
        SocketChannel channel = SocketChannel.open(server.address());
        idle.add(channel);
        sessions.add(channel);
        channel.write(ByteBuffer.wrap(hello));
      }
      ByteBuffer answer = ByteBuffer.allocate(41);
      for (SocketChannel channel : sessions) {
        answer.clear();
        while (answer.hasRemaining()) {
          assertTrue(channel.read(answer) > 0, "a session was refused");
        }
        assertTrue(answer.getInt(8) > 0, "a session was refused");
      }
      assertTrue(connections() >= before + 5_000, "connections: " + connections());
      assertTrue(residentMb() < MAX_RESIDENT_MB, "resident: " + residentMb() + " MB");
      Waiting.until(
          "sockets without a handshake are closed", 30_000, () -> connections() <= before + 5_000);
    } finally {
      for (SocketChannel channel : idle) {
        channel.close();
      }
    }
    Waiting.until("all are forgotten", 30_000, () -> connections() <= before);
  }

  @Test
  void aFloodOfWatches() throws IOException {
    int count = 150_000;
    try (WireSession session = WireSession.open(server.address(), 60_000)) {
      int sent = 0;
      int seen = 0;
      while (seen < count) {
        while (sent < count && sent - seen < 500) {
          session.send(Op.EXISTS, Bodies.pathWatch("/flood/of/watches/number-" + sent, true));
          sent++;
        }
        assertEquals(-101, session.readReply().error());
        seen++;
      }
      assertTrue(server.fourLetterWord("wchs").contains("Total watches:" + count));
    }
    Waiting.until(
        "they go with their connection",
        30_000,
        () -> server.fourLetterWord("wchs").contains("Total watches:0"));
  }

  /** Few watches, or few identities, that would fill the heap: the paths and names are long. */
  @Test
  void longWatchesAndIdentities() throws IOException {
    String name = "x".repeat(900_000);
    try (WireSession session = WireSession.open(server.address(), 60_000)) {
      assertTrue(
          endsWithin(
              session,
              600,
              i -> RawConnection.request(i, Op.ADD_WATCH, Bodies.pathVersion("/" + i + name, 0))),
          "watches without end");
    }
    try (WireSession session = WireSession.open(server.address(), 60_000)) {
      assertTrue(
          endsWithin(
              session,
              600,
              i ->
                  RawConnection.request(
                      -4,
                      Op.AUTH,
                      new JuteOut()
                          .int32(0)
                          .string("digest")
                          .buffer((i + name + ":p").getBytes(StandardCharsets.US_ASCII))
                          .toBytes())),
          "identities without end");
    }
  }

  private static boolean endsWithin(WireSession session, int count, IntFunction<byte[]> request)
      throws IOException {
    for (int i = 1; i <= count; i++) {
      try {
        session.connection().sendFrame(request.apply(i));
        if (session.connection().readFrame() == null) {
          return true;
        }
      } catch (SocketException reset) {
        return true;
      }
    }
    return false;
  }

  /** A gigabyte of writes at once, by clients that wait for no answer. */
  @Test
  void aFloodOfLargeWrites() throws IOException {
    try (WireSession setUp = WireSession.open(server.address(), 30_000)) {
      setUp.create("/flooded", new byte[0], 0);
      setUp.closeSession();
    }
    byte[] body = Bodies.setData("/flooded", new byte[1_000_000], -1);
    List<WireSession> sessions = new ArrayList<>();
    List<Thread> writers = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      WireSession session = WireSession.open(server.address(), 60_000);
      sessions.add(session);
      Thread writer =
          new Thread(
              () -> {
                try {
                  for (int n = 1; n <= 20; n++) {
                    session.connection().sendFrame(RawConnection.request(n, Op.SET_DATA, body));
                  }
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      writer.start();
      writers.add(writer);
    }
    for (WireSession session : sessions) {
      for (int n = 1; n <= 20; n++) {
        assertEquals(0, session.readReply().error());
      }
    }
    for (Thread writer : writers) {
      join(writer);
    }
    for (WireSession session : sessions) {
      session.closeSession();
    }
  }

  /** A length that is announced takes no memory before its bytes come. */
  @Test
  void announcedLengths() throws IOException {
    List<WireSession> sessions = new ArrayList<>();
    byte[] announcement = ByteBuffer.allocate(104).putInt(1_000_000).array();
    for (int i = 0; i < 600; i++) {
      WireSession session = WireSession.open(server.address(), 60_000);
      session.connection().sendRaw(announcement);
      sessions.add(session);
    }
    witness.mustHaveBeenServed(LONGEST_MS);
    for (WireSession session : sessions) {
      session.close();
    }
  }

  @Test
  void bytesOfOtherProtocols() throws IOException {
    byte[] tls = new byte[200];
    System.arraycopy(
        new byte[] {22, 3, 1, 0, (byte) 195, 1, 0, 0, (byte) 191, 3, 3}, 0, tls, 0, 11);
    Random random = new Random(7);
    byte[] noise = new byte[4_096];
    random.nextBytes(noise);
    noise[0] = 127;
    for (byte[] bytes :
        List.of(
            "GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(),
            "POST /commands HTTP/1.1\r\n\r\n".getBytes(),
            "SSH-2.0-OpenSSH_9.2\r\n".getBytes(),
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(),
            tls,
            noise,
            new byte[] {-1, -1, -1, -1},
            new byte[] {127, -1, -1, -1},
            new byte[] {0, 16, 0, 1},
            new byte[4])) {
      for (int i = 0; i < 20; i++) {
        try (RawConnection connection = new RawConnection(server.address(), 20_000)) {
          connection.sendRaw(bytes);
          assertEquals(null, connection.readFrame(), "closed without an answer");
        }
      }
    }
  }

  /** Frames of noise with a session: an error or a closed connection, never silence or a crash. */
  @Test
  void noiseInSessions() throws IOException {
    Random random = new Random(11);
    int[] ops = {
      1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 13, 14, 15, 16, 17, 18, 19, 21, 22, 100, 101, 102, 103, 104,
      105, 106, 107, -11, 0, 20, -10
    };
    WireSession session = WireSession.open(server.address(), 30_000);
    for (int i = 0; i < 1_000; i++) {
      byte[] body = new byte[random.nextInt(40)];
      random.nextBytes(body);
      if (body.length > 4 && random.nextBoolean()) {
        ByteBuffer.wrap(body).putInt(random.nextInt(body.length));
      }
      session
          .connection()
          .sendFrame(RawConnection.request(i, ops[random.nextInt(ops.length)], body));
      if (session.connection().readFrame() == null) {
        session.close();
        session = WireSession.open(server.address(), 30_000);
      }
    }
    session.close();
  }

  @Test
  void aFrameAtTheLimitAndOneAbove() throws IOException {
    int overhead =
        RawConnection.request(1, Op.CREATE, Bodies.create("/limit", new byte[0], AclEntry.OPEN, 0))
            .length;
    int largest = 0xfffff - overhead;
    try (WireSession session = WireSession.open(server.address(), 30_000)) {
      session.create("/limit", new byte[largest], 0);
      session.must(Op.SET_DATA, Bodies.setData("/limit", null, -1));
      session.send(Op.CREATE, Bodies.create("/limiu", new byte[largest + 1], AclEntry.OPEN, 0));
      assertEquals(null, session.connection().readFrame());
    }
    try (WireSession session = WireSession.open(server.address(), 30_000)) {
      assertFalse(session.children("/").contains("limiu"));
      session.closeSession();
    }
  }
}
