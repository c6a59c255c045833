package io.quorate.server;

import static io.quorate.server.TestClient.create;
import static io.quorate.server.TestClient.delete;
import static io.quorate.server.TestClient.exists;
import static io.quorate.server.TestClient.get;
import static io.quorate.server.TestClient.set;
import static io.quorate.server.TestClient.sync;
import static io.quorate.server.TestClient.watch;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.api.Request;
import io.quorate.api.WatchKind;
import io.quorate.api.ZnodePath;
import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * The order of one session's replies and events, over connections, shards and the core (ORD-2 to
 * 5).
 */
class ConnectionOrderTest {
  private final Stand stand = new Stand(2, Map.of());

  @Test
  void readsWaitForTheSessionsOwnWrites() {
    TestClient a = stand.open(0);
    a.ask(create("/a"), set("/a", "1"), get("/a"), set("/a", "2"), get("/a"));
    stand.turn();
    stand.runLoops();
    assertEquals(List.of(), a.take(), "nothing is durable");
    stand.durable();
    stand.turn();
    stand.runLoops();
    assertEquals(
        List.of("#1 @2 /a", "#2 @3 v1", "#3 @3 '1' v1"),
        a.take(),
        "the second write was behind the read");
    stand.settle();
    assertEquals(List.of("#4 @4 v2", "#5 @4 '2' v2"), a.take());
  }

  /** ORD-3. */
  @Test
  void readsDoNotWaitForOthersWrites() {
    TestClient a = stand.open(0);
    TestClient b = stand.open(0);
    TestClient c = stand.open(1);
    a.ask(create("/a"));
    stand.turn();
    b.ask(exists("/a"), get("/"));
    c.ask(exists("/a"));
    assertEquals(List.of("#1 @3 -101", "#2 @3 '' v0"), b.take(), "answered at once");
    assertEquals(List.of("#1 @3 -101"), c.take());
    stand.settle();
    b.ask(exists("/a"));
    assertEquals(List.of("#3 @4 v0"), b.take());
    assertEquals(List.of("#1 @4 /a"), a.take());
  }

  @Test
  void pingsOvertake() {
    TestClient a = stand.open(0);
    a.ask(create("/a"), new Request.Ping(), get("/a"));
    assertEquals(List.of("#-2 @1"), a.take());
    stand.settle();
    assertEquals(List.of("#1 @2 /a", "#2 @2 'null' v0"), a.take());
  }

  @Test
  void syncIsOrderedAsAWrite() {
    TestClient a = stand.open(0);
    a.ask(create("/a"), sync("/x"), get("/a"));
    assertEquals(2, a.connection.outstanding(), "the sync went behind the write");
    stand.settle();
    assertEquals(List.of("#1 @2 /a", "#2 @2 /x", "#3 @2 'null' v0"), a.take());
  }

  /** ORD-5, W3: the event, then whatever shows the change; over both shards. */
  @Test
  void eventsComeFirst() {
    TestClient a = stand.open(0);
    TestClient b = stand.open(1);
    a.ask(create("/a"));
    stand.settle();
    a.take();
    b.ask(watch("/a"));
    stand.settle();
    assertEquals(List.of("#1 @3 'null' v0"), b.take());
    a.ask(watch("/a"));
    a.ask(set("/a", "1"));
    stand.turn();
    stand.durable();
    stand.turn();
    b.ask(get("/a")); // before the shard's own task had a chance
    assertEquals(List.of("event NODE_DATA_CHANGED /a @4", "#2 @4 '1' v1"), b.take());
    stand.runLoops();
    assertEquals(
        List.of("#2 @3 'null' v0", "event NODE_DATA_CHANGED /a @4", "#3 @4 v1"),
        a.take(),
        "its own change too");
  }

  /** The watch is set in the core, and what comes behind it waits. */
  @Test
  void readsBehindWatchSettingReadsWait() {
    TestClient a = stand.open(0);
    a.ask(watch("/"), get("/"));
    assertEquals(List.of(), a.take());
    stand.settle();
    assertEquals(List.of("#1 @1 '' v0", "#2 @1 '' v0"), a.take());
  }

  /** A batch's first reply may be sent with the zxid of the view that shows the whole batch. */
  @Test
  void zxidsNeverGoBack() {
    TestClient a = stand.open(0);
    a.ask(new Request.AddWatch(ZnodePath.of("/"), WatchKind.PERSISTENT_RECURSIVE));
    stand.settle();
    a.take();
    a.ask(create("/1"), create("/2"), new Request.Ping());
    stand.settle();
    assertEquals(
        List.of(
            "#-2 @1",
            "event NODE_CREATED /1 @2",
            "event NODE_CREATED /2 @3",
            "#2 @3 /1",
            "#3 @3 /2"),
        a.take());
  }

  /** A mailbox that lets the core go on at the moment when the shard has found it empty. */
  private static final class Interrupted extends ArrayDeque<Object> {
    private static final long serialVersionUID = 1L;
    private transient Runnable beforeLook;
    private transient Runnable afterLook;

    @Override
    public Object poll() {
      if (isEmpty() && beforeLook != null) {
        Runnable r = beforeLook;
        beforeLook = null;
        r.run();
      } else if (isEmpty() && afterLook != null) {
        Runnable r = afterLook;
        afterLook = null;
        r.run();
        return null; // what came is behind the look
      }
      return super.poll();
    }
  }

  /**
   * A shard takes the view, then empties its mailbox. If a reply of a newer batch is in there, the
   * reads behind it need a newer view; but by then the newest one may be of a batch whose event is
   * in the mailbox. So that view may not be used before the mailbox was emptied once more.
   */
  @Test
  void aNewerViewIsNotTakenBeforeItsEvents() {
    Interrupted mailbox = new Interrupted();
    stand.addShard(mailbox, stand.services);
    TestClient other = stand.open(0);
    TestClient a = stand.open(2);
    other.ask(create("/x"));
    stand.settle();
    a.ask(new Request.AddWatch(ZnodePath.of("/x"), WatchKind.PERSISTENT));
    stand.settle();
    a.take();

    a.ask(create("/mine"), get("/x"));
    stand.turn();
    stand.durable();
    mailbox.beforeLook = stand::turn; // the shard has taken the view before this batch's
    mailbox.afterLook =
        () -> {
          other.ask(set("/x", "new"));
          stand.turn();
          stand.durable();
          stand.turn();
        };
    stand.shards.get(2).takeViewAndDrain();
    assertEquals(List.of("#2 @4 /mine"), a.take());
    stand.runLoops();
    assertEquals(List.of("event NODE_DATA_CHANGED /x @5", "#3 @5 'new' v1"), a.take());
  }

  /** One conversation, given in pieces of every size, looks the same. */
  @Test
  void piecesDoNotMatter() {
    List<String> whole = converse(Integer.MAX_VALUE, 1);
    assertTrue(whole.size() > 40, whole::toString);
    for (int size : new int[] {1, 2, 3, 5, 7, 11, 16, 100}) {
      assertEquals(whole, converse(size, 1), "pieces of " + size);
    }
    for (int seed = 0; seed < 20; seed++) {
      assertEquals(whole, converse(-1, seed), "random pieces " + seed);
    }
  }

  private static List<String> converse(int pieces, long seed) {
    Stand s = new Stand(1, Map.of());
    Random random = new Random(seed);
    TestClient a = s.client(0);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(TestClient.connectFrame(0, 0, new byte[16], true));
    for (int i = 0; i < 10; i++) {
      all.writeBytes(a.frame(create("/" + i)));
      all.writeBytes(a.frame(set("/" + i, "x".repeat(i * 10))));
      all.writeBytes(a.frame(get("/" + i)));
      all.writeBytes(a.frame(delete("/" + i)));
      all.writeBytes(a.frame(exists("/" + i)));
    }
    byte[] bytes = all.toByteArray();
    for (int at = 0; at < bytes.length; ) {
      int n = pieces < 0 ? 1 + random.nextInt(60) : Math.min(pieces, bytes.length);
      int to = Math.min(bytes.length, at + n);
      a.channel.feed(java.util.Arrays.copyOfRange(bytes, at, to));
      if (pieces < 0 && random.nextInt(4) == 0) {
        s.settle();
      }
      at = to;
    }
    for (int i = 0; i < 60; i++) {
      s.settle();
    }
    a.takeConnected();
    assertEquals(0, a.channel.unconsumed());
    List<String> lines = a.take();
    assertFalse(a.channel.closing || a.channel.aborted);
    return lines;
  }

  /** Sessions of one shard do not wait for each other's blocked frames. */
  @Test
  void blockedConnectionsGoOnInTurn() {
    TestClient a = stand.open(0);
    TestClient b = stand.open(0);
    a.ask(create("/a"), get("/a"));
    b.ask(create("/b"), get("/b"), get("/b"));
    stand.settle();
    assertEquals(List.of("#1 @3 /a", "#2 @4 'null' v0"), a.take());
    assertEquals(List.of("#1 @4 /b", "#2 @4 'null' v0", "#3 @4 'null' v0"), b.take());
  }
}
