package io.quorate.spi.storage.tck;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.api.Acl;
import io.quorate.api.EphemeralOwner;
import io.quorate.api.EphemeralOwner.Encoding;
import io.quorate.api.LoadedZnode;
import io.quorate.api.Stability;
import io.quorate.api.TreeStore;
import io.quorate.api.TreeView;
import io.quorate.api.ZnodePath;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What every tree store does. A store's test extends this and implements {@link #create}. The
 * numbers in the names are those of the rules of {@link io.quorate.api.TreeStore}.
 */
@Stability.Evolving
public abstract class TreeStoreContract extends TreeStoreVersions {
  private static final int RANDOM_STEPS = 1500;

  // Rules 7 to 10, and all together

  @Test
  public void rule7TheRootIsAZnode() {
    TreeStore store = open();
    TreeView before = publish(store, 0);
    settle(store);
    store.setData(path("/"), new byte[] {1, 2}, 1, 5, 50);
    store.setAcl(path(""), new Acl(List.of()), 1);
    make(store, "/a", 6);
    TreeView after = publish(store, 6);
    settle(store);
    assertEquals(0, find(before, "/").childCount());
    assertArrayEquals(new byte[0], find(before, "/").data());
    assertArrayEquals(new byte[] {1, 2}, find(after, "").data());
    assertEquals(1, find(after, "/").aversion());
    assertEquals(6, find(after, "/").pzxid());
    assertEquals(2 + 2 + 1, after.dataSize(), "the root's data, the path /a, its data");
  }

  @Test
  public void rule7WhatIsNoPathFindsNothing() {
    TreeStore store = open();
    make(store, "/a", 1);
    make(store, "/a/b", 2);
    TreeView view = publish(store, 2);
    for (int i = 0; i < 2; i++) {
      for (String no : new String[] {"a", "a/b", "//", "/a/", "/a//b", "//a", "/a/b/c", "/a/b/"}) {
        assertNull(view.find(path(no)), no);
      }
      assertNull(view.find(path("/".repeat(2000))));
      assertNull(view.find(path("/a" + "/b".repeat(3000))));
      assertNull(view.find(ZnodePath.wrap(new byte[] {'/', 0})));
      assertNull(view.find(ZnodePath.wrap(new byte[] {'/', (byte) 0xff, '/', 1})));
      settle(store);
    }
  }

  @Test
  public void rule7DeepPaths() {
    TreeStore store = open();
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < 1_500; i++) {
      make(store, path.append("/d").toString(), i + 1L);
    }
    TreeView deep = publish(store, 1_500);
    for (int i = 0; i < 2; i++) {
      assertEquals(1_500, find(deep, path.toString()).czxid());
      assertNull(deep.find(path(path + "/d")));
      assertEquals(Set.of("d"), children(deep, "/d".repeat(1_499)));
      assertEquals(Set.of("d"), children(deep, "/d".repeat(250)));
      settle(store);
      deep = store.reader().latest();
    }
  }

  @Test
  public void rule7AParentOfMany() {
    int n = 20_000;
    TreeStore store = open();
    make(store, "/p", 1);
    make(store, "/p2", 2); // what stands beside it is not among its children
    make(store, "/p2/x", 3);
    for (int i = 0; i < n; i++) {
      store.create(path("/p/child-" + i), null, Acl.OPEN, 0, i + 4L, 0, i + 1);
      if (i % 1000 == 0) {
        publish(store, i + 4L);
      }
      if (i % 7000 == 0) {
        settle(store);
      }
    }
    make(store, "/p/child-7/grandchild", n + 4L);
    TreeView full = publish(store, n + 4L);
    settle(store);
    assertEquals(n, find(full, "/p").childCount());
    assertEquals(n + 5, full.nodeCount());
    checkChildren(full, n, i -> true);
    store.delete(path("/p/child-7/grandchild"), n + 5L);
    for (int i = 0; i < n; i += 2) {
      store.delete(path("/p/child-" + i), n + 6L + i);
    }
    TreeView half = publish(store, 3L * n);
    checkChildren(half, n, i -> i % 2 == 1);
    settle(store);
    checkChildren(half, n, i -> i % 2 == 1);
    checkChildren(full, n, i -> true);
    for (int i = 1; i < n; i += 2) {
      store.delete(path("/p/child-" + i), 4L * n);
    }
    checkChildren(store.head(), n, i -> false);
    assertEquals(4, store.head().nodeCount());
  }

  private static void checkChildren(
      TreeView view, int n, java.util.function.IntPredicate expected) {
    BitSet seen = new BitSet(n);
    find(view, "/p")
        .children()
        .forEach(
            (name, at, length, child) -> {
              int i =
                  Integer.parseInt(new String(name, at + 6, length - 6, StandardCharsets.UTF_8));
              assertEquals(i + 4L, child.czxid());
              assertFalse(seen.get(i), "twice");
              seen.set(i);
            });
    for (int i = 0; i < n; i++) {
      assertEquals(expected.test(i), seen.get(i), "child " + i);
    }
    assertEquals(seen.cardinality(), find(view, "/p").childCount());
  }

  @Test
  public void rule8OwnersAreReadAsTheEncodingSays() {
    for (Encoding encoding : Encoding.values()) {
      TreeStore store = open(encoding, true);
      long[] owners = {0, 5, -1, EphemeralOwner.CONTAINER, 0xff00_0000_0000_0007L};
      for (int i = 0; i < owners.length; i++) {
        store.create(path("/z" + i), null, Acl.OPEN, owners[i], i + 1L, 0, i + 1);
      }
      TreeView view = publish(store, 9);
      for (int i = 0; i < 2; i++) {
        TreeModelReader.of(view, encoding).assertSame(view, true);
        int ttls = encoding == Encoding.PLAIN ? 0 : 2;
        assertEquals(3 - ttls, view.ephemeralCount(), encoding.name());
        settle(store);
      }
    }
  }

  @Test
  public void rule9DigestsCanBeOff() {
    TreeStore plain = open(ENCODING, false);
    make(plain, "/a", 1);
    plain.setData(path("/a"), new byte[9], 1, 2, 2);
    assertEquals(0, publish(plain, 2).digest());
    settle(plain);
    plain.delete(path("/a"), 3);
    assertEquals(0, plain.head().digest());
  }

  @Test
  public void rule10TheRootIsLoaded() {
    TreeStore store = open();
    store.load(new LoadedZnode(path(""), null, Acl.NONE, 0, 3, 9, 0, 4, 2, 5, 0, 0));
    store.load(new LoadedZnode(path("/a"), new byte[3], Acl.OPEN, 9, 9, 9, 1, 1, 0, 0, 0, 0));
    TreeModel model = new TreeModel(ENCODING);
    model.put(path("/"), new TreeModel.Node(null, Acl.NONE, 0, 0, 3, 9, 0, 4, 2, 5, 0));
    model.put(path("/a"), new TreeModel.Node(new byte[3], Acl.OPEN, 0, 9, 9, 9, 1, 1, 0, 0, 0));
    model.assertSame(store.head(), false);
    store.load(new LoadedZnode(path("/"), new byte[2], Acl.OPEN, 0, 4, 9, 0, 4, 3, 6, 1, 0));
    model.put(path("/"), new TreeModel.Node(new byte[2], Acl.OPEN, 0, 0, 4, 9, 0, 4, 3, 6, 1));
    model.assertSame(store.head(), false);
  }

  @Test
  public void rule10AListIsKnownByIdentity() {
    TreeStore store = open();
    store.create(path("/none"), null, Acl.NONE, 0, 1, 0, 1);
    store.create(path("/open"), null, Acl.OPEN, 0, 2, 0, 2);
    for (int i = 0; i < 2; i++) {
      TreeView view = publish(store, 2);
      settle(store);
      assertTrue(find(view, "/none").acl() == Acl.NONE, "stored as no list");
      assertTrue(find(view, "/open").acl() == Acl.OPEN);
    }
  }

  @Test
  public void rules1To9RandomWorkIsAsPlainMaps() {
    for (long seed = 1; seed <= 12; seed++) {
      Encoding encoding = Encoding.values()[(int) (seed % 3)];
      try {
        new TreeStoreRandom(seed, open(encoding, true), encoding, this::settle).run(RANDOM_STEPS);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
      }
    }
  }

  @Test
  public void rule10AllOfAStateIsLoaded() {
    for (long seed = 31; seed <= 33; seed++) {
      TreeStore store = open();
      TreeStoreRandom work = new TreeStoreRandom(seed, store, ENCODING, this::settle);
      work.run(RANDOM_STEPS);
      TreeStore other = open();
      TreeStoreRandom.load(work.model(), other);
      work.model().assertSame(other.head(), false);
      assertEquals(store.head().digest(), other.head().digest());
      settle(other);
      work.model().assertSame(other.head(), false);
      store.clear();
      new TreeModel(ENCODING).assertSame(store.head(), false);
      work.published().assertSame(store.reader().latest(), false);
      work.checkKept();
    }
  }

  // Rule 11: readers

  @Test
  public void rule11ReadersOnOtherThreadsSeeWholeStates() throws InterruptedException {
    TreeStore store = open();
    make(store, "/sum", 1);
    make(store, "/p", 2);
    publish(store, 2);
    TreeStoreReaders readers = new TreeStoreReaders(store, 3);
    readers.start();
    try {
      for (int i = 0; i < 3000 && readers.healthy(); i++) {
        long zxid = i + 3L;
        String name = "/p/n" + i % 50;
        if (store.head().find(path(name)) == null) {
          make(store, name, zxid);
        } else {
          store.delete(path(name), zxid);
        }
        int count = find(store.head(), "/p").childCount();
        store.setData(path("/sum"), new byte[count], i + 1, zxid, zxid);
        publish(store, zxid);
        if (i % 500 == 499) {
          settle(store);
          readers.awaitZxid(zxid);
        }
      }
    } finally {
      readers.end();
    }
  }

  // Rule 12: expectations

  @Test
  public void rule12ExpectingChangesNothing() {
    for (long seed = 51; seed <= 53; seed++) {
      TreeStore store = open();
      TreeStoreRandom work = new TreeStoreRandom(seed, store, ENCODING, this::settle);
      work.run(RANDOM_STEPS);
      List<ZnodePath> paths = new ArrayList<>();
      for (String p :
          List.of("", "/", "/none", "/none/below/it", "no path", "//", "/a//b", "/a/")) {
        paths.add(path(p));
      }
      paths.addAll(work.model().nodes.keySet());
      long digest = store.head().digest();
      store.expect(paths);
      store.expect(List.of());
      assertEquals(digest, store.head().digest());
      work.model().assertSame(store.head(), false);
      work.published().assertSame(store.reader().latest(), false);
      work.checkKept();
    }
  }
}
