package io.quorate.tree;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.api.Acl;
import io.quorate.api.EphemeralOwner;
import io.quorate.api.Stat;
import io.quorate.api.TreeReader;
import io.quorate.api.TreeView;
import io.quorate.api.Znode;
import io.quorate.api.ZnodePath;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class HeapTreeStoreTest {
  private static final EphemeralOwner.Encoding ENCODING = Model.ENCODING;
  private final HeapTreeStore store = new HeapTreeStore(42, ENCODING, true);

  private Znode create(String path, long zxid) {
    ZnodePath p = ZnodePath.of(path);
    Znode parent = store.head().find(p.parent());
    return store.create(
        p, new byte[] {1}, Acl.OPEN, 0, zxid, zxid * 10, parent.createdChildren() + 1);
  }

  private Znode find(TreeView view, String path) {
    Znode z = view.find(ZnodePath.of(path));
    assertNotNull(z, path);
    return z;
  }

  @Test
  void readersSeeOnlyWhatIsPublished() {
    TreeReader reader = store.reader();
    create("/a", 1);
    assertNull(reader.latest().find(ZnodePath.of("/a")));
    TreeView one = store.seal(1);
    assertNull(reader.latest().find(ZnodePath.of("/a")), "sealed is not published");
    create("/b", 2);
    TreeView two = store.seal(2);
    store.publish(one);
    assertSame(one, reader.latest());
    assertNull(reader.latest().find(ZnodePath.of("/b")));
    assertThrows(IllegalStateException.class, () -> store.publish(one), "out of turn");
    assertNotNull(two.find(ZnodePath.of("/b")));
  }

  @Test
  void publishesInTheOrderOfSealing() {
    TreeView one = store.seal(1);
    create("/b", 2);
    TreeView two = store.seal(2);
    assertThrows(IllegalStateException.class, () -> store.publish(two));
    assertNotNull(one);
  }

  /** What a reply holds until it is encoded must not move with the batch. */
  @Test
  void answersStayAsTheyWere() {
    Znode created = create("/a", 1);
    Stat afterCreate = created.stat(ENCODING);
    create("/a/b", 2);
    Znode set = store.setData(ZnodePath.of("/a"), new byte[] {7}, 1, 3, 30);
    Stat afterSet = set.stat(ENCODING);
    Znode acl = store.setAcl(ZnodePath.of("/a"), new Acl(List.of()), 1);
    Stat afterAcl = acl.stat(ENCODING);
    create("/a/c", 4);
    store.delete(ZnodePath.of("/a/b"), 5);
    store.setData(ZnodePath.of("/a"), null, 2, 6, 60);
    store.setAcl(ZnodePath.of("/a"), Acl.OPEN, 2);
    store.seal(6);
    create("/a/d", 7);

    assertEquals(afterCreate, created.stat(ENCODING));
    assertEquals(0, afterCreate.numChildren());
    assertArrayEquals(new byte[] {1}, created.data());
    assertEquals(afterSet, set.stat(ENCODING));
    assertEquals(1, afterSet.numChildren());
    assertEquals(2, afterSet.pzxid());
    assertArrayEquals(new byte[] {7}, set.data());
    assertEquals(afterAcl, acl.stat(ENCODING));
    assertEquals(new Acl(List.of()), acl.acl());
    assertEquals(3, find(store.head(), "/a").createdChildren());
  }

  @Test
  void rootDataAndAclChange() {
    TreeView before = store.seal(0);
    store.setData(ZnodePath.ROOT, new byte[] {1, 2}, 1, 5, 50);
    store.setAcl(ZnodePath.of(""), new Acl(List.of()), 1);
    create("/a", 6);
    TreeView after = store.seal(6);
    assertArrayEquals(new byte[0], find(before, "/").data());
    assertEquals(0, find(before, "/").childCount());
    assertArrayEquals(new byte[] {1, 2}, find(after, "").data());
    assertEquals(1, find(after, "/").aversion());
    assertEquals(6, find(after, "/").pzxid());
    assertEquals(2 + 2 + 1, after.dataSize(), "the root's data, the path /a, its data");
  }

  /** As a snapshot's root: it has children counts of its own, and the digest has to follow. */
  @Test
  void loadedRootHasItsDigest() {
    store.load(ZnodePath.of(""), null, Acl.NONE, 0, 3, 9, 0, 4, 2, 5, 0, 0);
    store.load(ZnodePath.of("/a"), new byte[3], Acl.OPEN, 9, 9, 9, 1, 1, 0, 0, 0, 0);
    Model model = new Model();
    model.put(ZnodePath.ROOT, new Model.Node(null, Acl.NONE, 0, 0, 3, 9, 0, 4, 2, 5, 0));
    model.put(ZnodePath.of("/a"), new Model.Node(new byte[3], Acl.OPEN, 0, 9, 9, 9, 1, 1, 0, 0, 0));
    model.assertSame(store.head(), false);
    store.load(ZnodePath.ROOT, new byte[2], Acl.OPEN, 0, 4, 9, 0, 4, 3, 6, 1, 0);
    model.put(ZnodePath.ROOT, new Model.Node(new byte[2], Acl.OPEN, 0, 0, 4, 9, 0, 4, 3, 6, 1));
    model.assertSame(store.head(), false);
  }

  private static void assertBug(Consumer<HeapTreeStore> misuse) {
    HeapTreeStore store = new HeapTreeStore(1, ENCODING, true);
    store.create(ZnodePath.of("/a"), null, Acl.OPEN, 0, 1, 1, 1);
    store.create(ZnodePath.of("/a/b"), null, Acl.OPEN, 0, 2, 1, 1);
    assertThrows(IllegalStateException.class, () -> misuse.accept(store));
  }

  @Test
  void brokenAssumptionsAreBugs() {
    ZnodePath a = ZnodePath.of("/a");
    ZnodePath no = ZnodePath.of("/no");
    assertBug(s -> s.create(a, null, Acl.OPEN, 0, 3, 3, 2));
    assertBug(s -> s.create(ZnodePath.of("/no/x"), null, Acl.OPEN, 0, 3, 3, 1));
    assertBug(s -> s.delete(a, 3));
    assertBug(s -> s.delete(no, 3));
    assertBug(s -> s.setData(no, null, 1, 3, 3));
    assertBug(s -> s.setAcl(no, Acl.OPEN, 1));
    assertBug(s -> s.load(a, null, Acl.OPEN, 1, 1, 1, 1, 1, 0, 0, 0, 0));
    assertBug(HeapTreeStore::undo);
  }

  @Test
  void savepointsEndWithTheBatch() {
    store.savepoint();
    store.seal(1);
    assertThrows(IllegalStateException.class, store::undo);
    store.savepoint();
    store.rollback();
    assertThrows(IllegalStateException.class, store::undo);
    store.savepoint();
    store.clear();
    assertThrows(IllegalStateException.class, store::undo);
  }

  @Test
  void createdChildrenAndPzxidOnlyMoveForward() {
    create("/a", 10);
    ZnodePath a = ZnodePath.of("/a");
    store.create(ZnodePath.of("/a/x"), null, Acl.OPEN, 0, 20, 0, 5);
    store.create(ZnodePath.of("/a/y"), null, Acl.OPEN, 0, 12, 0, 3);
    assertEquals(5, find(store.head(), "/a").createdChildren());
    assertEquals(20, find(store.head(), "/a").pzxid());
    store.delete(ZnodePath.of("/a/y"), 15);
    assertEquals(20, find(store.head(), "/a").pzxid());
    store.bumpParent(a, 4, 19);
    assertEquals(5, find(store.head(), "/a").createdChildren());
    assertEquals(20, find(store.head(), "/a").pzxid());
    store.bumpParent(a, 5, 21);
    assertEquals(21, find(store.head(), "/a").pzxid());
    store.bumpParent(a, 6, 3);
    assertEquals(6, find(store.head(), "/a").createdChildren());
    assertEquals(21, find(store.head(), "/a").pzxid());
  }

  /** NODE-3: the count behind sequence numbers goes on below zero. */
  @Test
  void createdChildrenOverflow() {
    ZnodePath a = ZnodePath.of("/a");
    store.load(a, null, Acl.OPEN, 1, 1, 1, 1, 1, 0, Integer.MAX_VALUE, 0, 0);
    store.create(ZnodePath.of("/a/x"), null, Acl.OPEN, 0, 2, 0, Integer.MIN_VALUE);
    assertEquals(Integer.MIN_VALUE, find(store.head(), "/a").createdChildren());
    assertEquals(2, find(store.head(), "/a").pzxid());
    store.bumpParent(a, Integer.MAX_VALUE, 1);
    assertEquals(Integer.MIN_VALUE, find(store.head(), "/a").createdChildren());
  }

  @Test
  void digestsCanBeOff() {
    HeapTreeStore plain = new HeapTreeStore(42, ENCODING, false);
    plain.create(ZnodePath.of("/a"), null, Acl.OPEN, 0, 1, 1, 1);
    assertEquals(0, plain.head().digest());
  }

  @Test
  void ownersAreReadAsConfigured() {
    HeapTreeStore plain = new HeapTreeStore(1, EphemeralOwner.Encoding.PLAIN, false);
    plain.create(ZnodePath.of("/a"), null, Acl.OPEN, -1, 1, 1, 1);
    assertEquals(1, plain.head().ephemeralCount());
    store.create(ZnodePath.of("/a"), null, Acl.OPEN, -1, 1, 1, 1);
    assertEquals(0, store.head().ephemeralCount());
  }

  @Test
  void equalListsAreShared() {
    Acl one = new Acl(List.of(new Acl.Entry(1, "ip", "10.0.0.1")));
    Acl two = new Acl(List.of(new Acl.Entry(1, "ip", "10.0.0.1")));
    store.create(ZnodePath.of("/a"), null, one, 0, 1, 1, 1);
    store.create(ZnodePath.of("/b"), null, two, 0, 2, 1, 2);
    store.create(ZnodePath.of("/c"), null, Acl.NONE, 0, 3, 1, 3);
    assertSame(find(store.head(), "/a").acl(), find(store.head(), "/b").acl());
    assertSame(Acl.NONE, find(store.head(), "/c").acl(), "is known by identity");
  }

  @Test
  void manyChildren() {
    int n = 100_000;
    create("/p", 1);
    store.seal(1);
    for (int i = 0; i < n; i++) {
      ZnodePath path = ZnodePath.of("/p/child-" + i);
      store.create(path, null, Acl.OPEN, 0, i + 2L, 0, i + 1);
      if (i % 1000 == 0) {
        store.seal(i + 2L);
      }
    }
    TreeView full = store.seal(n + 1L);
    assertEquals(n, find(full, "/p").childCount());
    assertEquals(n + 2, full.nodeCount());
    boolean[] seen = new boolean[n];
    find(full, "/p")
        .children()
        .forEach(
            (name, at, length, child) -> {
              int i =
                  Integer.parseInt(new String(name, at + 6, length - 6, StandardCharsets.UTF_8));
              assertEquals(i + 2L, child.czxid());
              assertTrue(!seen[i], "twice");
              seen[i] = true;
            });
    for (int i = 0; i < n; i += 2) {
      assertTrue(seen[i] && seen[i + 1], "missing");
      store.delete(ZnodePath.of("/p/child-" + i), n + 2L + i);
    }
    assertEquals(n / 2, find(store.head(), "/p").childCount());
    assertEquals(n, find(full, "/p").childCount());
    for (int i = 0; i < n; i++) {
      assertEquals(i % 2 == 1, store.head().find(ZnodePath.of("/p/child-" + i)) != null);
    }
    for (int i = 1; i < n; i += 2) {
      store.delete(ZnodePath.of("/p/child-" + i), 3L * n);
    }
    assertEquals(0, find(store.head(), "/p").childCount());
    assertEquals(2, store.head().nodeCount());
    find(store.head(), "/p").children().forEach((name, at, length, child) -> assertTrue(false));
  }

  @Test
  void deepPaths() {
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < 1_500; i++) {
      create(path.append("/d").toString(), i + 1);
    }
    TreeView deep = store.seal(1_500);
    assertEquals(1_500, find(deep, path.toString()).czxid());
    assertNull(deep.find(ZnodePath.of(path + "/d")));
    assertNull(deep.find(ZnodePath.of(path + "/")));
  }
}
