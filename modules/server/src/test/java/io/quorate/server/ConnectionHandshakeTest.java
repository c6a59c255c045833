package io.quorate.server;

import static io.quorate.server.TestClient.create;
import static io.quorate.server.TestClient.exists;
import static io.quorate.server.TestClient.get;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.jute.ServerReply;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a connection begins, and the handshakes that it does not take. */
class ConnectionHandshakeTest {
  private final Stand stand = new Stand(1, Map.of());

  /** the C client reads exactly 41 bytes. */
  @Test
  void connectResponsesHaveOneOfTwoLengths() {
    TestClient a = stand.client(0);
    a.connect(0, 0, new byte[16]);
    stand.settle();
    assertEquals(41, a.channel.received.size());
    ServerReply.Connected c = a.takeConnected();
    assertEquals(10_000, c.timeoutMs());
    assertEquals(16, c.password().length);
    assertFalse(c.readOnly());

    TestClient old = stand.client(0);
    old.channel.feed(TestClient.connectFrame(0, 0, new byte[16], false));
    stand.settle();
    assertEquals(40, old.channel.received.size(), "the byte is echoed only to who sent it");

    TestClient bad = stand.client(0);
    bad.connect(0, c.sessionId(), new byte[16]);
    stand.settle();
    assertEquals(41, bad.channel.received.size());
    ServerReply.Connected rejected = bad.takeConnected();
    assertEquals(0, rejected.timeoutMs());
    assertEquals(0, rejected.sessionId());
    assertArrayEquals(new byte[16], rejected.password());
    assertTrue(bad.channel.closing, "and closed");
    assertTrue(a.isOpen(), "A-41: the owner stays");
  }

  @Test
  void sessionsMoveBetweenConnections() {
    TestClient a = stand.open(0);
    a.ask(create("/a"));
    TestClient b = stand.client(0);
    b.connect(0, a.sessionId, a.password);
    stand.settle();
    b.takeConnected();
    assertEquals(a.sessionId, b.sessionId);
    assertTrue(a.channel.closing);
    b.ask(exists("/a"));
    assertEquals(List.of("#1 @2 v0"), b.take(), "the write before the move counts");
  }

  @Test
  void clientsAheadAreClosedWithoutAnAnswer() {
    TestClient a = stand.client(0);
    a.connect(99, 0, new byte[16]);
    stand.settle();
    assertEquals(0, a.channel.received.size());
    assertTrue(a.channel.closing);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, Integer.MIN_VALUE, 8193, 1_048_576, 1195725856, 0x16030100})
  void firstFramesAreShort(int length) {
    TestClient a = stand.client(0);
    a.channel.feed(ByteBuffer.allocate(4).putInt(length).array());
    assertTrue(a.channel.aborted);
    assertEquals(0, a.channel.received.size());
    assertEquals(0, stand.inbox.size());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 27, 43})
  void garbageInsteadOfAHandshakeCloses(int length) {
    TestClient a = stand.client(0);
    byte[] frame = new byte[4 + length];
    ByteBuffer.wrap(frame).putInt(length);
    if (length > 27) {
      ByteBuffer.wrap(frame).putInt(4 + 24, 4097); // the password's length
    }
    a.channel.feed(frame);
    assertTrue(a.channel.aborted);
  }

  @Test
  void whoDoesNotSpeakIsClosed() {
    TestClient silent = stand.client(0);
    TestClient half = stand.client(0);
    half.channel.feed(new byte[] {0, 0, 0, 45, 0, 0});
    TestClient opening = stand.client(0);
    opening.connect(0, 0, new byte[16]);
    TestClient open = stand.open(0);
    long limit = stand.config.client().handshakeTimeoutMs() * 1_000_000L;
    stand.nanos += limit;
    stand.shards.get(0).closeSessionless();
    assertFalse(silent.channel.aborted);
    stand.nanos++;
    stand.shards.get(0).closeSessionless();
    assertTrue(silent.channel.aborted);
    assertTrue(half.channel.aborted);
    assertFalse(opening.channel.aborted);
    assertTrue(open.isOpen());
    assertEquals(2, stand.shards.get(0).connections().size());
  }

  /** Requests sent behind the handshake wait for its answer. */
  @Test
  void pipelinedRequestsWaitForTheSession() {
    TestClient a = stand.client(0);
    a.connect(0, 0, new byte[16]);
    a.ask(create("/a"), get("/a"));
    assertEquals(1, stand.inbox.size(), "the connect alone");
    stand.settle();
    a.takeConnected();
    stand.settle();
    assertEquals(List.of("#1 @2 /a", "#2 @2 'null' v0"), a.take());
  }
}
