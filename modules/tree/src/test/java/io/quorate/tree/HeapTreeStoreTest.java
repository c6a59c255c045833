package io.quorate.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.api.Acl;
import io.quorate.api.TreeView;
import io.quorate.api.Znode;
import io.quorate.api.ZnodePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the heap's store does beyond the contract. */
class HeapTreeStoreTest {
  private final HeapTreeStore store = new HeapTreeStore(42, Asker.ENCODING, true);

  private Znode find(String path) {
    Znode z = store.head().find(ZnodePath.of(path));
    assertNotNull(z, path);
    return z;
  }

  @Test
  void aViewIsTheOneThatWasSealed() {
    TreeView one = store.seal(1);
    store.publish(one);
    assertSame(one, store.reader().latest());
  }

  @Test
  void equalListsAreShared() {
    Acl one = new Acl(List.of(new Acl.Entry(1, "ip", "10.0.0.1")));
    Acl two = new Acl(List.of(new Acl.Entry(1, "ip", "10.0.0.1")));
    store.create(ZnodePath.of("/a"), null, one, 0, 1, 1, 1);
    store.create(ZnodePath.of("/b"), null, two, 0, 2, 1, 2);
    assertSame(find("/a").acl(), find("/b").acl());
  }

  /** Views keep what they told; a set of lists without end is not kept for the codecs. */
  @Test
  void viewsTellListsUntilThereAreTooMany() {
    TreeView before = store.seal(1);
    for (int i = 0; i < 255; i++) {
      Acl acl = new Acl(List.of(new Acl.Entry(1, "ip", "10.0.0." + i)));
      store.create(ZnodePath.of("/n" + i), null, acl, 0, 2, 1, i + 1);
    }
    TreeView many = store.seal(2);
    Acl last = new Acl(List.of(new Acl.Entry(1, "ip", "10.0.1.0")));
    store.setAcl(ZnodePath.of("/n0"), last, 1);
    TreeView tooMany = store.seal(3);
    List<Acl> told = new ArrayList<>();
    assertTrue(before.acls(told::add));
    assertEquals(List.of(Acl.OPEN), told);
    assertTrue(many.acls(told::add));
    assertEquals(1 + 256, told.size());
    assertFalse(tooMany.acls(told::add));
    assertEquals(1 + 256, told.size());
  }

  /** A list that came before the savepoint was given up may come again after it. */
  @Test
  void anUndoneChangeLeavesItsListTold() {
    Acl acl = new Acl(List.of(new Acl.Entry(1, "ip", "10.0.0.1")));
    store.savepoint();
    store.create(ZnodePath.of("/a"), null, acl, 0, 1, 1, 1);
    store.undo();
    store.create(ZnodePath.of("/b"), null, acl, 0, 1, 1, 1);
    List<Acl> told = new ArrayList<>();
    assertTrue(store.seal(1).acls(told::add));
    assertTrue(told.contains(acl));
  }

  @Test
  void anEmptySegmentIsNotLeftOutBelowARememberedParent() {
    store.create(ZnodePath.of("/a"), null, Acl.OPEN, 0, 1, 1, 1);
    store.create(ZnodePath.of("/a/b"), null, Acl.OPEN, 0, 2, 1, 1);
    for (String known : List.of("/", "/a", "/a/")) {
      store.head().find(ZnodePath.of(known));
      for (String path : List.of("//a", "/a//b", "//a/b", "a", "/a/b/")) {
        assertNull(store.head().find(ZnodePath.of(path)), path + " after " + known);
      }
    }
  }

  /** The head remembers look-ups: it has to tell what a view that looks anew tells. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void theHeadTellsWhatTheViewSealedFromItTells(long seed) {
    Random random = new Random(seed);
    List<String> names = List.of("/a", "/b", "/a/x", "/a/y", "/b/x", "/a/x/1", "/a/x/2", "/b/x/1");
    List<ZnodePath> paths = new ArrayList<>(names.stream().map(ZnodePath::of).toList());
    paths.add(ZnodePath.ROOT);
    for (long zxid = 1; zxid <= 3000; zxid++) {
      change(paths.get(random.nextInt(paths.size())), zxid, random);
      if (random.nextInt(5) == 0) {
        List<String> told = paths.stream().map(path -> tell(store.head(), path)).toList();
        TreeView view = store.seal(zxid);
        store.publish(view);
        assertEquals(paths.stream().map(path -> tell(view, path)).toList(), told, "at " + zxid);
      }
    }
  }

  private void change(ZnodePath path, long zxid, Random random) {
    Znode znode = store.head().find(path);
    Znode parent = store.head().find(path.parent());
    if (znode == null) {
      if (parent != null) {
        store.create(path, null, Acl.OPEN, 0, zxid, zxid, parent.createdChildren() + 1);
      }
    } else if (random.nextInt(3) == 0) {
      store.setData(path, new byte[random.nextInt(3)], znode.version() + 1, zxid, zxid);
    } else if (random.nextInt(3) == 0) {
      store.setAcl(path, random.nextBoolean() ? Acl.OPEN : Acl.NONE, znode.aversion() + 1);
    } else if (znode.childCount() == 0 && !path.isRoot()) {
      store.delete(path, zxid);
    } else {
      store.bumpParent(path, znode.createdChildren() + 1, zxid);
    }
  }

  private static String tell(TreeView view, ZnodePath path) {
    Znode z = view.find(path);
    return z == null
        ? path + " is not there"
        : "%s %d %d %d %d %d %d"
            .formatted(
                path,
                z.mzxid(),
                z.pzxid(),
                z.version(),
                z.aversion(),
                z.createdChildren(),
                z.childCount());
  }
}
