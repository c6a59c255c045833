package io.quorate.server;

import static io.quorate.server.TestClient.create;
import static io.quorate.server.TestClient.exists;
import static io.quorate.server.TestClient.get;
import static io.quorate.server.TestClient.set;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.api.OpCode;
import io.quorate.api.Request;
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

  @Test
  void theLargestBufferIsNoNegativeOne() {
    stand = new Stand(1, Map.of("jute.maxbuffer", "2147483647"));
    TestClient a = stand.open(0);
    assertEquals(Integer.MAX_VALUE, a.connection.maxUnconsumed());
    byte[] frame = a.frame(exists("/no"));
    a.channel.feed(java.util.Arrays.copyOf(frame, 9));
    a.channel.feed(java.util.Arrays.copyOfRange(frame, 9, frame.length));
    assertEquals(List.of("#1 @1 -101"), a.take());
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
  void bytesInFlightAreLimited() {
    stand = new Stand(1, Map.of("quorate.outstandingMaxBytes", "250000"));
    TestClient a = stand.open(0);
    TestClient b = stand.open(0);
    a.ask(create("/a"));
    stand.settle();
    Request[] large = new Request[6];
    for (int i = 0; i < 6; i++) {
      large[i] = set("/a", "x".repeat(100_000));
    }
    a.ask(large);
    b.ask(create("/b"));
    assertEquals(3, a.connection.outstanding());
    assertEquals(0, b.connection.outstanding());
    for (int i = 0; i < 3; i++) {
      stand.settle();
    }
    assertEquals(7, a.take().size());
    assertEquals(1, b.take().size());
    assertEquals(0, stand.shards.get(0).outstandingBytes);
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

  /** One is enough; any number of them would fill the core's queue while the disk is slow. */
  @Test
  void closingAgainIsHeldUp() {
    stand = new Stand(1, Map.of("globalOutstandingLimit", "2"));
    TestClient a = stand.open(0);
    a.ask(create("/1"), create("/2"));
    for (int i = 0; i < 100; i++) {
      a.ask(new Request.CloseSession());
    }
    assertEquals(3, a.connection.outstanding());
    stand.settle();
    assertEquals(3, a.take().size());
    assertTrue(a.channel.closing);
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

  // ---- sessions that were heard of

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
