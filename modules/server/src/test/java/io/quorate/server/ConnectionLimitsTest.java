package io.quorate.server;

import static io.quorate.server.TestClient.create;
import static io.quorate.server.TestClient.exists;
import static io.quorate.server.TestClient.get;
import static io.quorate.server.TestClient.set;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.api.Acl;
import io.quorate.api.OpCode;
import io.quorate.api.Request;
import io.quorate.api.ZnodePath;
import io.quorate.jute.ServerReply;
import io.quorate.replica.Input;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What bounds a connection, and how it ends. */
class ConnectionLimitsTest {
  private Stand stand = new Stand(1, Map.of());

  // ---- handshake

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

  // ---- frames

  @ParameterizedTest
  @ValueSource(ints = {-1, -5, 1_048_576, Integer.MAX_VALUE})
  void framesAreBounded(int length) {
    TestClient a = stand.open(0);
    a.ask(exists("/no"));
    a.channel.feed(ByteBuffer.allocate(4).putInt(length).array());
    assertTrue(a.channel.aborted, "no room is made for it");
    assertEquals(0, a.connection.outstanding());
    stand.settle();
    TestClient again = stand.client(0);
    again.connect(0, a.sessionId, a.password);
    stand.settle();
    assertEquals(a.sessionId, again.takeConnected().sessionId(), "the session lives");
  }

  @Test
  void theLongestFrameIsTaken() {
    stand = new Stand(1, Map.of("jute.maxbuffer", "1000"));
    TestClient a = stand.open(0);
    byte[] frame = a.frame(set("/a", "x".repeat(1000 - 8 - 4 - 2 - 4 - 4)));
    assertEquals(1004, frame.length);
    a.channel.feed(java.util.Arrays.copyOf(frame, 1003));
    stand.settle();
    assertEquals(List.of(), a.take());
    a.channel.feed(new byte[] {frame[1003]});
    stand.settle();
    assertEquals(List.of("#1 @2 -101"), a.take());
    a.channel.feed(a.frame(set("/a", "x".repeat(1000 - 8 - 4 - 2 - 4 - 4 + 1))));
    assertTrue(a.channel.aborted);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 4, 7})
  void framesWithoutAHeaderClose(int length) {
    TestClient a = stand.open(0);
    a.channel.feed(ByteBuffer.allocate(4 + length).putInt(length).array());
    assertTrue(a.channel.aborted);
  }

  /** What is wrong may stand behind something that waits; nobody else is to notice. */
  @ParameterizedTest
  @ValueSource(strings = {"length", "header", "operation", "internal"})
  void badFramesBehindHeldOnesHarmNobody(String what) {
    TestClient a = stand.open(0);
    TestClient b = stand.open(0);
    TestClient c = stand.open(0);
    a.ask(create("/a"), get("/a"));
    switch (what) {
      case "length" -> a.channel.feed(new byte[] {-1, 0, 0, 0, 1, 2, 3});
      case "header" -> a.channel.feed(new byte[] {0, 0, 0, 2, 0, 0});
      case "operation" -> a.askRaw(77);
      default -> a.askRaw(OpCode.CREATE_SESSION);
    }
    a.channel.feed(new byte[100]);
    b.ask(create("/b"), get("/b"));
    c.ask(exists("/b"));
    stand.settle();
    assertTrue(a.channel.aborted || a.channel.closing);
    if (a.channel.closing) {
      assertEquals("#1 @4 /a", a.take().get(0));
    }
    assertEquals(List.of("#1 @5 /b", "#2 @5 'null' v0"), b.take());
    assertEquals(List.of("#1 @3 -101"), c.take());
    assertEquals(0, stand.shards.get(0).outstanding);
  }

  // ---- operations that clients may not send

  /** an answer with zxid -1, then the end. */
  @ParameterizedTest
  @ValueSource(ints = {0, 10, 13, 23, 71, 108, 500, -1, -12, Integer.MAX_VALUE})
  void unknownOperationsAreAnsweredAndClosed(int op) {
    TestClient a = stand.open(0);
    a.askRaw(op);
    assertEquals(List.of("#1 @-1 -6"), a.take());
    assertTrue(a.channel.closing);
    a.ask(exists("/no"));
    assertEquals(List.of(), a.take());
  }

  /** */
  @ParameterizedTest
  @ValueSource(ints = {OpCode.DELETE_CONTAINER, OpCode.CREATE_SESSION})
  void internalOperationsAreClosed(int op) {
    TestClient a = stand.open(0);
    a.askRaw(op);
    assertEquals(List.of(), a.take());
    assertTrue(a.channel.closing);
  }

  @Test
  void answersBeforeAnUnknownOperationGoOut() {
    TestClient a = stand.open(0);
    a.ask(create("/a"), set("/a", "1"));
    a.askRaw(99);
    assertFalse(a.channel.closing);
    stand.settle();
    assertEquals(List.of("#1 @2 /a", "#2 @3 v1", "#3 @-1 -6"), a.take());
    assertTrue(a.channel.closing);
  }

  // ---- outstanding requests

  @Test
  void requestsInFlightAreLimited() {
    stand = new Stand(1, Map.of("globalOutstandingLimit", "4"));
    TestClient a = stand.open(0);
    TestClient b = stand.open(0);
    Request[] six = new Request[6];
    for (int i = 0; i < 6; i++) {
      six[i] = create("/a" + i);
    }
    a.ask(six);
    b.ask(create("/b"), exists("/no"));
    assertEquals(4, stand.shards.get(0).outstanding);
    assertEquals(4, a.connection.outstanding());
    assertEquals(0, b.connection.outstanding());
    TestClient reader = stand.open(0);
    reader.ask(exists("/b"));
    assertEquals(1, reader.take().size(), "reads go on");
    stand.settle();
    stand.settle();
    stand.settle();
    assertEquals(6, a.take().size());
    assertEquals(2, b.take().size());
    assertEquals(0, stand.shards.get(0).outstanding);
  }

  @Test
  void requestThrottleIsALimitToo() {
    stand =
        new Stand(1, Map.of("globalOutstandingLimit", "100", "request_throttle_max_requests", "2"));
    TestClient a = stand.open(0);
    a.ask(create("/1"), create("/2"), create("/3"));
    assertEquals(2, stand.shards.get(0).outstanding);
  }

  /** Who leaves gives back what its requests took. */
  @Test
  void theDeadHoldNoRoom() {
    stand = new Stand(1, Map.of("globalOutstandingLimit", "2"));
    TestClient a = stand.open(0);
    TestClient b = stand.open(0);
    a.ask(create("/1"), create("/2"), create("/3"));
    b.ask(create("/b"));
    a.channel.end();
    assertEquals(0, stand.shards.get(0).outstanding);
    stand.settle();
    stand.settle();
    assertEquals(1, b.take().size());
    assertEquals(1, stand.shards.get(0).connections().size());
    assertEquals(0, stand.shards.get(0).outstanding);
  }

  @Test
  void closingIsNotHeldUpByTheLimit() {
    stand = new Stand(1, Map.of("globalOutstandingLimit", "1"));
    TestClient a = stand.open(0);
    TestClient b = stand.open(0);
    a.ask(create("/1"));
    b.ask(new Request.CloseSession());
    assertEquals(1, b.connection.outstanding());
    stand.settle();
    assertEquals(List.of("#1 @4"), b.take());
    assertTrue(b.channel.closing);
  }

  /** Section 2.9: waited too long, so it is not executed. */
  @Test
  void throttledOperations() {
    stand = new Stand(1, Map.of("globalOutstandingLimit", "1", "throttled_op_wait_time", "50"));
    TestClient a = stand.open(0);
    TestClient b = stand.open(0);
    a.ask(create("/a"));
    b.ask(create("/b"), exists("/b"));
    stand.nanos += 49_000_000L;
    stand.runLoops();
    assertEquals(List.of(), b.take());
    stand.nanos += 2_000_000L;
    stand.settle();
    assertEquals(List.of("#1 @3 -127", "#2 @3 -101"), b.take());
    assertEquals(1, stand.shards.get(0).stats.throttled);
    assertTrue(b.isOpen());
    b.ask(create("/b"));
    stand.settle();
    assertEquals(List.of("#3 @4 /b"), b.take());
  }

  @Test
  void largeRequestsTogether() {
    stand = new Stand(1, Map.of("largeRequestThreshold", "1000", "largeRequestMaxBytes", "2500"));
    TestClient a = stand.open(0);
    TestClient b = stand.open(0);
    String thousand = "x".repeat(1000);
    a.ask(set("/a", thousand), set("/a", "small"), set("/a", thousand));
    assertTrue(stand.shards.get(0).largeBytes > 2000);
    b.ask(set("/a", thousand));
    assertTrue(b.channel.aborted, "over the cap");
    assertTrue(a.isOpen());
    stand.settle();
    assertEquals(0, stand.shards.get(0).largeBytes);
    a.ask(set("/a", thousand), set("/a", thousand));
    a.channel.end();
    assertEquals(0, stand.shards.get(0).largeBytes);
  }

  // ---- who does not read

  private void fill(TestClient a, int bytes) {
    byte[] data = new byte[bytes];
    a.ask(new Request.Create(OpCode.CREATE, ZnodePath.of("/big"), data, Acl.OPEN, 0, 0));
    stand.settle();
    a.take();
  }

  @Test
  void slowReadersArePaused() {
    TestClient a = stand.open(0);
    fill(a, 500_000);
    a.channel.room = 0;
    for (int i = 0; i < 40; i++) {
      a.ask(get("/big"));
    }
    long queued = a.channel.queuedBytes();
    assertTrue(queued > 2 << 20 && queued < 3 << 20, () -> "queued " + queued);
    byte[] many = new byte[64 * 1024];
    byte[] one = a.frame(exists("/big"));
    for (int at = 0; at + one.length <= many.length; at += one.length) {
      System.arraycopy(one, 0, many, at, one.length);
    }
    int fed = 0;
    while (!a.channel.paused && fed < 64 << 20) {
      a.channel.feed(java.util.Arrays.copyOf(many, many.length / one.length * one.length));
      fed += many.length;
    }
    assertTrue(a.channel.paused, "reading stops");
    assertTrue(fed < 3 << 20, "within two frames");
    TestClient b = stand.open(0);
    b.ask(exists("/big"));
    assertEquals(1, b.take().size(), "others go on");

    for (int i = 0; i < 200 && (a.channel.paused || a.channel.queuedBytes() > 0); i++) {
      a.channel.room(1 << 20);
      stand.runLoops();
    }
    assertFalse(a.channel.paused);
    a.channel.room(Long.MAX_VALUE);
    stand.runLoops();
    List<String> all = a.take();
    assertEquals(40, all.stream().filter(l -> l.contains("'")).count());
    assertEquals(fed / many.length * (many.length / one.length), all.size() - 40);
    assertEquals(0, a.channel.unconsumed());
  }

  /** Many within their own limit may be too many together: those that hold most wait. */
  @Test
  void allSlowReadersTogetherAreBounded() {
    stand = new Stand(1, Map.of("quorate.queuedReplyMaxBytes", "1000000"));
    TestClient[] all = new TestClient[8];
    for (int i = 0; i < all.length; i++) {
      all[i] = stand.open(0);
    }
    fill(all[0], 100_000);
    TestClient quick = stand.open(0);
    QueuedReplies queued = stand.shards.get(0).queuedReplies;
    for (TestClient a : all) {
      a.channel.room = 0;
      for (int i = 0; i < 20; i++) {
        a.ask(get("/big"));
      }
    }
    long sum = 0;
    for (TestClient a : all) {
      sum += a.channel.queuedBytes();
    }
    assertEquals(sum, queued.bytes());
    assertTrue(all[0].channel.queuedBytes() > 500_000, "half of it is for whoever comes");
    assertTrue(sum < 1_000_000 + all.length * 101_000, "and one reply of each: " + sum);
    for (TestClient a : all) {
      assertTrue(a.channel.queuedBytes() > 0, "who holds nothing is answered");
    }
    quick.ask(get("/big"), get("/big"));
    assertEquals(2, quick.take().size(), "who reads goes on");
    for (int rounds = 0; rounds < 100 && queued.bytes() > 0; rounds++) {
      for (TestClient a : all) {
        a.channel.room(Long.MAX_VALUE);
      }
      stand.runLoops();
    }
    for (TestClient a : all) {
      assertEquals(20, a.take().stream().filter(l -> l.contains("'")).count(), "nothing is lost");
    }
    assertEquals(0, queued.bytes());
  }

  @Test
  void whoLeavesHoldsNothing() {
    stand = new Stand(1, Map.of("quorate.queuedReplyMaxBytes", "1000"));
    TestClient a = stand.open(0);
    TestClient b = stand.open(0);
    fill(a, 2000);
    a.channel.room = 0;
    a.ask(get("/big"), get("/big"));
    QueuedReplies queued = stand.shards.get(0).queuedReplies;
    assertTrue(queued.bytes() > 2000 && queued.bytes() < 4000, "one of two: " + queued.bytes());
    b.channel.room = 0;
    b.ask(get("/big"));
    a.channel.end();
    b.channel.abort();
    assertEquals(0, queued.bytes());
    assertEquals(QueuedReplies.CONNECTION_BYTES, stand.shards.get(0).mayHold());
  }

  /** A full queue that the socket takes at the next flush must not leave frames waiting. */
  @Test
  void heldFramesGoOnWithoutADrainedCall() {
    stand = new Stand(1, Map.of("globalOutstandingLimit", "10000"));
    TestClient a = stand.open(0);
    fill(a, 900_000);
    Request[] reads = new Request[4];
    for (int i = 0; i < 3; i++) {
      reads[i] = new Request.GetData(ZnodePath.of("/big"), true);
    }
    reads[3] = exists("/big");
    a.ask(reads);
    stand.turn();
    stand.runLoops();
    assertEquals(4, a.take().size());
  }

  @Test
  void whoNeverReadsIsClosed() {
    stand = new Stand(1, Map.of("globalOutstandingLimit", "10000"));
    TestClient a = stand.open(0);
    fill(a, 1_000_000);
    a.channel.room = 0;
    Request[] reads = new Request[100];
    java.util.Arrays.fill(reads, new Request.GetData(ZnodePath.of("/big"), true));
    a.ask(reads);
    stand.settle();
    assertTrue(a.channel.aborted, "replies that were under way are more than 64 MB");
    assertEquals(0, stand.shards.get(0).outstanding);
  }

  @Test
  void heardSessionsAreReported() {
    TestClient a = stand.open(0);
    TestClient b = stand.open(0);
    stand.shards.get(0).reportHeard();
    stand.inbox.clear();
    stand.shards.get(0).reportHeard();
    assertEquals(0, stand.inbox.size());
    stand.nanos += 5_000_000_000L;
    a.ask(new Request.Ping(), new Request.Ping());
    b.ask(new Request.Ping());
    b.channel.end();
    stand.inbox.clear();
    stand.shards.get(0).reportHeard();
    Input.Heard heard = (Input.Heard) stand.inbox.removeFirst();
    assertEquals(2, heard.count(), "also of a connection that has ended since");
    assertEquals(a.sessionId, heard.sessionIds()[0]);
    assertEquals(6000, heard.atMs()[0]);
  }
}
