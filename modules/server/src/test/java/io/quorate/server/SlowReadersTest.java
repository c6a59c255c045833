package io.quorate.server;

import static io.quorate.server.TestClient.exists;
import static io.quorate.server.TestClient.get;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.api.Acl;
import io.quorate.api.OpCode;
import io.quorate.api.Request;
import io.quorate.api.WatchKind;
import io.quorate.api.ZnodePath;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Clients that do not read what they are answered. */
class SlowReadersTest {
  private Stand stand = new Stand(1, Map.of());

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

  /** Events can not wait, and each connection alone is far from what one may hold. */
  @Test
  void eventsAreBoundedOverAllConnections() {
    stand = new Stand(1, Map.of("quorate.queuedReplyMaxBytes", "500000"));
    TestClient writer = stand.open(0);
    List<TestClient> deaf = new java.util.ArrayList<>();
    for (int i = 0; i < 9; i++) {
      TestClient a = stand.open(0);
      a.ask(new Request.AddWatch(ZnodePath.of("/"), WatchKind.PERSISTENT_RECURSIVE));
      stand.settle();
      a.take();
      if (i > 0) {
        a.channel.room = 0;
        deaf.add(a);
      }
    }
    for (int i = 0; i < 20; i++) {
      writer.ask(TestClient.create("/" + i + "x".repeat(20_000)));
      stand.settle();
    }
    assertEquals(20, writer.take().size());
    assertTrue(stand.shards.get(0).queuedReplies.bytes() <= 1_000_000 + 9 * 21_000);
    assertTrue(deaf.stream().anyMatch(c -> c.channel.aborted));
  }

  /** Nothing is lost silently: who can not be told is closed, and everybody else is told. */
  @Test
  void whoCanNotBeToldIsClosedAlone() {
    List<TestClient> all = new java.util.ArrayList<>();
    for (int i = 0; i < 4; i++) {
      TestClient a = stand.open(0);
      a.ask(new Request.AddWatch(ZnodePath.of("/"), WatchKind.PERSISTENT_RECURSIVE));
      stand.settle();
      a.take();
      all.add(a);
    }
    all.get(1).channel.noMemory = true;
    all.get(3).ask(TestClient.create("/a"));
    stand.settle();
    assertTrue(all.get(1).channel.aborted);
    for (int i : new int[] {0, 2, 3}) {
      assertTrue(all.get(i).take().get(0).startsWith("event NODE_CREATED /a "), "client " + i);
      assertFalse(all.get(i).channel.aborted);
    }
  }
}
