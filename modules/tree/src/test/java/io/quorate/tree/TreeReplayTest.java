package io.quorate.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.quorate.api.Acl;
import io.quorate.api.LoadedZnode;
import io.quorate.api.OpCode;
import io.quorate.api.Request;
import io.quorate.api.TreeStore;
import io.quorate.api.TreeView;
import io.quorate.api.Txn;
import io.quorate.api.TxnHeader;
import io.quorate.api.Znode;
import io.quorate.api.ZnodePath;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Replay over a state that contains some of the log already ends where a clean replay does (T3,
 * NODE-24, A-37): over any later state, and over what Apache's snapshot thread writes while
 * transactions go on.
 */
class TreeReplayTest {
  private static final int RECORDS = 400;
  private static final Asker ASKER = Asker.ONE;

  private final List<TxnHeader> headers = new ArrayList<>();
  private final List<Txn> txns = new ArrayList<>();

  /** The state after each record; the first is the empty one. */
  private final List<TreeView> states = new ArrayList<>();

  private final Map<Long, Integer> sessions = new TreeMap<>();
  private Random random;
  private HeapTreeStore store;
  private Tree tree;

  private static Tree over(TreeStore store) {
    return new Tree(store, new TreeRules(Asker.ENCODING, true, false));
  }

  private void makeLog(long seed) {
    random = new Random(seed);
    store = new HeapTreeStore(random.nextInt(), Asker.ENCODING, true);
    tree = over(store);
    tree.initialise();
    states.add(store.seal(0));
    quota();
    while (txns.size() < RECORDS) {
      next();
    }
  }

  private void quota() {
    record(0, new Txn.Create(ZnodePath.of("/zookeeper/quota/n0"), null, Acl.OPEN, false, 1));
    ZnodePath limits = ZnodePath.of("/zookeeper/quota/n0/zookeeper_limits");
    record(0, new Txn.Create(limits, "count=5,bytes=5".getBytes(), Acl.OPEN, false, 1));
    ZnodePath stats = ZnodePath.of("/zookeeper/quota/n0/zookeeper_stats");
    record(0, new Txn.Create(stats, "".getBytes(), Acl.OPEN, false, 2));
  }

  private void next() {
    int dice = random.nextInt(100);
    if (dice < 6) {
      long id = 0x200 + random.nextInt(6);
      if (sessions.remove(id) == null) {
        sessions.put(id, 4000);
        record(id, new Txn.CreateSession(4000));
      } else {
        record(id, new Txn.CloseSession(tree.ephemerals(id)));
      }
    } else if (dice < 20) {
      multi();
    } else {
      Request.Write request = request();
      long session = sessionFor(request);
      record(session, tree.prepare(request, ASKER));
    }
  }

  private long sessionFor(Request.Write request) {
    if (sessions.isEmpty() || !(request instanceof Request.Create)) {
      return 0;
    }
    List<Long> ids = new ArrayList<>(sessions.keySet());
    return ids.get(random.nextInt(ids.size()));
  }

  private ZnodePath path() {
    StringBuilder s = new StringBuilder();
    int depth = 1 + random.nextInt(4);
    for (int i = 0; i < depth; i++) {
      s.append("/n").append(random.nextInt(2));
    }
    return ZnodePath.of(s.toString());
  }

  private Request.Write request() {
    byte[] data = random.nextInt(4) == 0 ? null : new byte[random.nextInt(4)];
    int dice = random.nextInt(20);
    if (dice < 9) {
      boolean mayOwn = !sessions.isEmpty();
      return switch (random.nextInt(8)) {
        case 0 -> new Request.Create(OpCode.CREATE_TTL, path(), data, Acl.OPEN, 5, 9);
        case 1 -> new Request.Create(OpCode.CREATE_CONTAINER, path(), data, Acl.OPEN, 4, 0);
        case 2 -> new Request.Create(OpCode.CREATE, path(), data, Acl.OPEN, 2, 0);
        case 3, 4 -> new Request.Create(OpCode.CREATE, path(), data, Acl.OPEN, mayOwn ? 1 : 0, 0);
        default -> new Request.Create(OpCode.CREATE, path(), data, Acl.OPEN, 0, 0);
      };
    }
    if (dice < 15) {
      return new Request.Delete(path(), -1);
    }
    return dice < 18
        ? new Request.SetData(path(), data, -1)
        : new Request.SetAcl(path(), Asker.granting(31), -1);
  }

  private void multi() {
    store.savepoint();
    long session = sessionFor(new Request.Create(0, ZnodePath.ROOT, null, null, 0, 0));
    TxnHeader header = header(session, OpCode.MULTI);
    List<Txn.Part> parts = new ArrayList<>();
    boolean failed = false;
    for (int i = 0; i < 3; i++) {
      Request.Write op = request();
      Txn txn = failed ? new Txn.Error(-2) : tree.prepare(op, ASKER);
      failed |= txn instanceof Txn.Error;
      parts.add(new Txn.Part(Tree.typeOf(op, txn), txn));
      if (!failed) {
        tree.apply(header, txn, ChangeListener.NONE);
      }
    }
    if (failed) {
      store.undo();
      tree.headChanged();
    }
    headers.add(header);
    txns.add(new Txn.Multi(parts));
    states.add(store.seal(header.zxid()));
  }

  private TxnHeader header(long session, int type) {
    long zxid = txns.size() + 1L;
    return new TxnHeader(session, 0, zxid, 1000 + zxid, type);
  }

  private void record(long session, Txn txn) {
    TxnHeader header = header(session, OpCode.CREATE);
    tree.apply(header, txn, ChangeListener.NONE);
    headers.add(header);
    txns.add(txn);
    states.add(store.seal(header.zxid()));
  }

  /** Replays every record after this zxid, as recovery does, and compares with the last state. */
  private void replay(HeapTreeStore into, int after, String what) {
    Tree other = over(into);
    other.initialise();
    other.replaying(true);
    for (int i = after; i < txns.size(); i++) {
      other.apply(headers.get(i), txns.get(i), ChangeListener.NONE);
    }
    other.replaying(false);
    other.initialise();
    assertSameState(states.get(states.size() - 1), into.head(), what);
  }

  private static void assertSameState(TreeView expected, TreeView actual, String what) {
    compare(ZnodePath.ROOT, expected.find(ZnodePath.ROOT), actual, what);
    assertEquals(expected.nodeCount(), actual.nodeCount(), what);
    assertEquals(expected.digest(), actual.digest(), what);
    assertEquals(expected.dataSize(), actual.dataSize(), what);
    assertEquals(indexes(expected), indexes(actual), what);
  }

  private static List<String> indexes(TreeView view) {
    List<String> all = new ArrayList<>();
    view.sessions((id, timeout) -> all.add("session " + id + " " + timeout));
    view.ephemeralOwners(id -> view.ephemerals(id, p -> all.add("ephemeral " + id + " " + p)));
    view.containers(p -> all.add("container " + p));
    view.ttlNodes(p -> all.add("ttl " + p));
    all.sort(null);
    all.add("ephemerals " + view.ephemeralCount());
    return all;
  }

  private static String text(Znode znode) {
    byte[] data = znode.data();
    return data == null ? "null" : new String(data, StandardCharsets.ISO_8859_1);
  }

  private static void compare(
      ZnodePath path, @Nullable Znode expected, TreeView view, String what) {
    Znode actual = view.find(path);
    String at = what + " at " + path;
    assertNotNull(expected, at);
    assertNotNull(actual, at);
    assertEquals(expected.stat(Asker.ENCODING), actual.stat(Asker.ENCODING), at);
    assertEquals(expected.ephemeralOwner(), actual.ephemeralOwner(), at);
    assertEquals(expected.createdChildren(), actual.createdChildren(), at);
    assertEquals(expected.acl(), actual.acl(), at);
    assertEquals(text(expected), text(actual), at);
    expected
        .children()
        .forEach((name, from, n, child) -> compare(path.child(name, from, n), child, view, what));
  }

  /** Writes states as Apache does: each znode as it is when its turn comes, in a moving tree. */
  private final class Fuzzy {
    private final HeapTreeStore into = new HeapTreeStore(random.nextInt(), Asker.ENCODING, true);
    private final int pace;
    private int now;

    Fuzzy(int start, int pace) {
      this.now = start;
      this.pace = pace;
    }

    HeapTreeStore write() {
      states.get(now).sessions(into::putSession);
      tick();
      znode(ZnodePath.ROOT);
      return into;
    }

    private void tick() {
      now = Math.min(states.size() - 1, now + random.nextInt(pace + 1));
    }

    private void znode(ZnodePath path) {
      Znode z = states.get(now).find(path);
      if (z == null) {
        return; // was deleted since its parent was written
      }
      into.load(LoadedZnode.copyOf(path, z));
      List<ZnodePath> children = new ArrayList<>();
      z.children().forEach((name, from, n, child) -> children.add(path.child(name, from, n)));
      tick();
      for (ZnodePath child : children) {
        znode(child);
        tick();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void anySuffixOverAnyLaterState(long seed) {
    makeLog(seed);
    for (int i = 0; i < 60; i++) {
      int at = random.nextInt(states.size());
      int from = random.nextInt(at + 1);
      replay(new Fuzzy(at, 0).write(), from, "state " + at + ", records after " + from);
    }
    replay(new HeapTreeStore(1, Asker.ENCODING, true), 0, "from nothing");
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14, 15, 16, 17, 18})
  void fuzzySnapshots(long seed) {
    makeLog(seed);
    for (int i = 0; i < 150; i++) {
      int start = random.nextInt(states.size());
      int pace = 1 + random.nextInt(20);
      replay(new Fuzzy(start, pace).write(), start, "fuzzy from " + start + ", pace " + pace);
    }
  }
}
