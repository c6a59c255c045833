package io.quorate.tree;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.quorate.api.Acl;
import io.quorate.api.EphemeralOwner;
import io.quorate.api.OpCode;
import io.quorate.api.Stat;
import io.quorate.api.Txn;
import io.quorate.api.TxnHeader;
import io.quorate.api.Znode;
import io.quorate.api.ZnodePath;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TreeTest {
  private static final Acl READ = Asker.granting(Acl.READ);
  private static final long SESSION = 0x101;

  private final HeapTreeStore store = new HeapTreeStore(5, Asker.ENCODING, true);
  private final Tree tree = new Tree(store, new TreeRules(Asker.ENCODING, true, false));
  private final List<String> heard = new ArrayList<>();
  private long zxid;

  @BeforeEach
  void start() {
    tree.initialise();
  }

  private @Nullable Znode apply(Txn txn) {
    zxid++;
    TxnHeader header = new TxnHeader(SESSION, 0, zxid, 1000 + zxid, OpCode.CREATE);
    return tree.apply(header, txn, new Ear());
  }

  private static Txn create(String path, Acl acl) {
    return new Txn.Create(ZnodePath.of(path), new byte[] {1, 2}, acl, false, -1);
  }

  private Stat stat(String path) {
    Znode z = store.head().find(ZnodePath.of(path));
    assertNotNull(z, path);
    return z.stat(Asker.ENCODING);
  }

  private final class Ear implements ChangeListener {
    private String name(Acl acl) {
      return acl == READ ? "read" : acl == Acl.OPEN ? "open" : acl == Acl.NONE ? "none" : "?";
    }

    @Override
    public void created(ZnodePath path, Acl acl, Acl parentAcl) {
      heard.add("created " + path + " " + name(acl) + " " + name(parentAcl));
    }

    @Override
    public void deleted(ZnodePath path, Acl acl, Acl parentAcl) {
      heard.add("deleted " + path + " " + name(acl) + " " + name(parentAcl));
    }

    @Override
    public void dataChanged(ZnodePath path, Acl acl) {
      heard.add("data " + path + " " + name(acl));
    }
  }

  /** NODE-1, NODE-8. */
  @Test
  void startsWithSystemNodes() {
    assertEquals(4, store.head().nodeCount());
    assertEquals(new Stat(0, 0, 0, 0, 0, -1, 0, 0, 0, 1, 0), stat("/"));
    assertEquals(new Stat(0, 0, 0, 0, 0, -2, 0, 0, 0, 2, 0), stat("/zookeeper"));
    assertEquals(new Stat(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0), stat("/zookeeper/quota"));
    assertEquals(new Stat(0, 0, 0, 0, 0, 0, -1, 0, 0, 0, 0), stat("/zookeeper/config"));
    Znode config = store.head().find(SystemPaths.CONFIG);
    assertEquals(List.of(new Acl.Entry(Acl.READ, "world", "anyone")), config.acl().entries());
    // the root and /zookeeper; nothing below /zookeeper counts
    assertEquals(68323592L + 1303661912L, store.head().digest());
    long digest = store.head().digest();
    tree.initialise();
    assertEquals(digest, store.head().digest(), "a second time changes nothing");
  }

  /** NODE-2, NODE-4 to NODE-6: every field after each kind of change. */
  @Test
  void keepsStats() {
    apply(create("/a", READ)); // 1
    assertEquals(new Stat(1, 1, 1001, 1001, 0, 0, 0, 0, 2, 0, 1), stat("/a"));
    assertEquals(1, stat("/").pzxid());
    assertEquals(0, stat("/").cversion(), "one creation, two children: 2 * 1 - 2");
    apply(create("/a/b", READ)); // 2
    assertEquals(new Stat(1, 1, 1001, 1001, 0, 1, 0, 0, 2, 1, 2), stat("/a"));
    apply(new Txn.SetData(ZnodePath.of("/a"), null, 1)); // 3
    assertEquals(new Stat(1, 3, 1001, 1003, 1, 1, 0, 0, 0, 1, 2), stat("/a"));
    apply(new Txn.SetAcl(ZnodePath.of("/a"), Acl.OPEN, 1)); // 4
    assertEquals(new Stat(1, 3, 1001, 1003, 1, 1, 1, 0, 0, 1, 2), stat("/a"));
    apply(new Txn.SetData(ZnodePath.of("/a/b"), new byte[5], 1)); // 5
    assertEquals(2, stat("/a").pzxid(), "data of children does not count");
    apply(new Txn.Delete(ZnodePath.of("/a/b"))); // 6
    assertEquals(new Stat(1, 3, 1001, 1003, 1, 2, 1, 0, 0, 0, 6), stat("/a"));
    apply(new Txn.Check(ZnodePath.of("/a"), 2));
    apply(new Txn.Error(-101));
    assertEquals(new Stat(1, 3, 1001, 1003, 1, 2, 1, 0, 0, 0, 6), stat("/a"));
  }

  @Test
  void ownersAreHiddenUnlessSessions() {
    apply(new Txn.CreateContainer(ZnodePath.of("/c"), null, Acl.OPEN, -1));
    apply(new Txn.CreateTtl(ZnodePath.of("/t"), null, Acl.OPEN, -1, 77));
    apply(new Txn.Create(ZnodePath.of("/e"), null, Acl.OPEN, true, -1));
    assertEquals(0, stat("/c").ephemeralOwner());
    assertEquals(0, stat("/t").ephemeralOwner());
    assertEquals(SESSION, stat("/e").ephemeralOwner());
    assertEquals(EphemeralOwner.CONTAINER, store.head().find(ZnodePath.of("/c")).ephemeralOwner());
    assertEquals(0xff00_0000_0000_004dL, store.head().find(ZnodePath.of("/t")).ephemeralOwner());
  }

  @Test
  void tellsOfChangesWithTheListsOfTheMoment() {
    apply(create("/a", READ));
    apply(create("/a/b", Acl.OPEN));
    apply(new Txn.SetAcl(ZnodePath.of("/a"), Acl.OPEN, 1));
    apply(new Txn.SetData(ZnodePath.of("/a/b"), null, 1));
    apply(new Txn.SetAcl(ZnodePath.of("/a/b"), READ, 1));
    apply(new Txn.Delete(ZnodePath.of("/a/b")));
    apply(new Txn.SetData(ZnodePath.ROOT, null, 1));
    assertEquals(
        List.of(
            "created /a read none",
            "created /a/b open read",
            "data /a/b open",
            "deleted /a/b read open",
            "data / none"),
        heard);
  }

  @Test
  void returnsWhatItMade() {
    Znode made = apply(create("/a", READ));
    assertSame(store.head().find(ZnodePath.of("/a")), made);
    assertNotNull(apply(new Txn.SetData(ZnodePath.of("/a"), null, 1)));
    assertNotNull(apply(new Txn.SetAcl(ZnodePath.of("/a"), READ, 1)));
    assertNull(apply(new Txn.Delete(ZnodePath.of("/a"))));
    assertNull(apply(new Txn.CreateSession(5)));
    assertNull(apply(new Txn.Multi(List.of())));
  }

  /** ORD-12, T4. */
  @Test
  void multiHasOneZxidOrNoEffect() {
    Txn.Multi good =
        new Txn.Multi(
            List.of(
                new Txn.Part(OpCode.CREATE, create("/a", Acl.OPEN)),
                new Txn.Part(OpCode.CHECK, new Txn.Check(ZnodePath.of("/a"), 1)),
                new Txn.Part(OpCode.CREATE, create("/a/b", Acl.OPEN)),
                new Txn.Part(
                    OpCode.SET_DATA, new Txn.SetData(ZnodePath.of("/a"), new byte[9], 1))));
    apply(good);
    assertEquals(new Stat(1, 1, 1001, 1001, 1, 1, 0, 0, 9, 1, 1), stat("/a"));
    assertEquals(3, heard.size());
    Txn.Multi failed =
        new Txn.Multi(
            List.of(
                new Txn.Part(OpCode.CREATE, create("/x", Acl.OPEN)),
                new Txn.Part(OpCode.ERROR, new Txn.Error(-101)),
                new Txn.Part(OpCode.ERROR, new Txn.Error(-2))));
    apply(failed);
    assertNull(store.head().find(ZnodePath.of("/x")));
    assertEquals(3, heard.size());
  }

  /** E2. */
  @Test
  void closingDeletesTheSessionsEphemerals() {
    apply(new Txn.CreateSession(4000));
    apply(new Txn.Create(ZnodePath.of("/e2"), null, Acl.OPEN, true, -1));
    apply(new Txn.Create(ZnodePath.of("/e1"), null, Acl.OPEN, true, -1));
    apply(create("/p", Acl.OPEN));
    assertEquals(List.of(ZnodePath.of("/e1"), ZnodePath.of("/e2")), tree.ephemerals(SESSION));
    heard.clear();
    apply(new Txn.CloseSession(tree.ephemerals(SESSION)));
    assertEquals(List.of("deleted /e1 open none", "deleted /e2 open none"), heard);
    assertEquals(0, store.head().ephemeralCount());
    assertEquals(0, store.head().sessionCount());
    assertEquals(zxid, stat("/").pzxid());
  }

  /** SES-9: old logs carry no list. */
  @Test
  void closingWithoutListDeletesWhatTheSessionOwns() {
    apply(new Txn.Create(ZnodePath.of("/e2"), null, Acl.OPEN, true, -1));
    apply(new Txn.Create(ZnodePath.of("/e1"), null, Acl.OPEN, true, -1));
    heard.clear();
    apply(new Txn.CloseSession(null));
    assertEquals(List.of("deleted /e1 open none", "deleted /e2 open none"), heard);
  }

  @Test
  void whatWasPreparedMustBeApplicable() {
    assertThrows(IllegalStateException.class, () -> apply(create("/no/x", Acl.OPEN)));
    assertThrows(IllegalStateException.class, () -> apply(new Txn.Delete(ZnodePath.of("/no"))));
    assertThrows(
        IllegalStateException.class, () -> apply(new Txn.SetData(ZnodePath.of("/no"), null, 1)));
    assertThrows(
        IllegalStateException.class, () -> apply(new Txn.SetAcl(ZnodePath.of("/no"), Acl.OPEN, 1)));
    assertThrows(
        IllegalStateException.class,
        () -> apply(new Txn.CloseSession(List.of(ZnodePath.of("/no")))));
  }

  /** As after a fuzzy snapshot that lost the child before it wrote the parent's deletion mark. */
  @Test
  void replayedDeleteOfTheMissingMovesTheParent() {
    apply(create("/a", Acl.OPEN));
    long created = stat("/").pzxid();
    tree.replaying(true);
    apply(new Txn.Delete(ZnodePath.of("/a/x")));
    assertEquals(zxid, stat("/a").pzxid());
    apply(new Txn.CloseSession(List.of(ZnodePath.of("/a/y"), ZnodePath.of("/gone/z"))));
    assertEquals(zxid, stat("/a").pzxid());
    assertEquals(created, stat("/").pzxid());
    apply(new Txn.SetData(ZnodePath.of("/no"), null, 3));
    apply(new Txn.SetAcl(ZnodePath.of("/no"), Acl.OPEN, 3));
    apply(create("/no/x", Acl.OPEN));
    apply(create("/a", READ));
    assertSame(Acl.OPEN, store.head().find(ZnodePath.of("/a")).acl());
  }

  /** The state has a later znode of the same path, with children; the log makes all that anew. */
  @Test
  void replayedDeleteTakesWhatIsBelow() {
    apply(create("/a", Acl.OPEN));
    apply(create("/a/b", Acl.OPEN));
    apply(create("/a/b/c", Acl.OPEN));
    apply(new Txn.Create(ZnodePath.of("/a/e"), null, Acl.OPEN, true, -1));
    tree.replaying(true);
    heard.clear();
    apply(new Txn.Delete(ZnodePath.of("/a")));
    assertNull(store.head().find(ZnodePath.of("/a")));
    assertEquals(4, store.head().nodeCount());
    assertEquals(0, store.head().ephemeralCount());
    assertEquals(List.of("deleted /a open none"), heard);
  }

  @Test
  void dataIsKeptAsGiven() {
    apply(new Txn.Create(ZnodePath.of("/null"), null, Acl.OPEN, false, -1));
    apply(new Txn.Create(ZnodePath.of("/empty"), new byte[0], Acl.OPEN, false, -1));
    assertNull(store.head().find(ZnodePath.of("/null")).data());
    assertArrayEquals(new byte[0], store.head().find(ZnodePath.of("/empty")).data());
    assertEquals(0, stat("/null").dataLength());
  }
}
