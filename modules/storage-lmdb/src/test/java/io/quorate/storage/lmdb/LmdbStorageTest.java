package io.quorate.storage.lmdb;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.api.Acl;
import io.quorate.api.EphemeralOwner.Encoding;
import io.quorate.api.LoadedZnode;
import io.quorate.api.TreeStore;
import io.quorate.api.TreeView;
import io.quorate.api.ZnodePath;
import io.quorate.spi.storage.Snapshots;
import io.quorate.tree.HeapTreeStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is particular to the map: starts, growth, damage, and the same trees as on the heap. */
class LmdbStorageTest extends LmdbDirectory {
  @Test
  void aStartGoesOnFromTheCheckpoint() throws IOException {
    fill();
    try (LmdbStorage storage = open()) {
      TreeStore store = store(storage);
      Snapshots.Loaded loaded = storage.snapshots().load(store);
      assertEquals(3, loaded.zxid());
      assertEquals(3, loaded.digestZxid());
      TreeView view = store.reader().latest();
      assertEquals(loaded.digest(), view.digest());
      assertEquals(5, view.nodeCount());
      assertEquals(1, view.sessionCount());
      assertEquals(1, view.ephemeralCount());
      assertEquals(5000, view.find(path("/a")).dataLength());
      make(store, "/b", null, 0, 4);
      store.rollback();
      assertNull(store.head().find(path("/b")));
      store.delete(path("/a/e"), 4);
      storage.snapshots().write(publish(store, 4));
    }
    try (LmdbStorage storage = open()) {
      assertEquals(4, storage.snapshots().load(store(storage)).zxid());
      TreeView view = store(storage).head();
      assertEquals(0, view.ephemeralCount());
      view.ephemeralOwners(
          id -> {
            throw new AssertionError("session " + id);
          });
    }
  }

  /** Who reads while nothing changes has one place to look, once the checkpoint is there. */
  @Test
  void readersGoToTheFileWhenAllIsInIt() throws IOException {
    fill();
    try (LmdbStorage storage = open()) {
      TreeStore store = store(storage);
      storage.snapshots().load(store);
      make(store, "/b", new byte[] {7}, 0, 4);
      store.delete(path("/a/e"), 4);
      TreeView before = publish(store, 4);
      storage.snapshots().write(before);
      State now = (State) store.reader().latest();
      assertTrue(now.active.isEmpty());
      assertNull(now.frozen);
      assertNull(now.base.next());
      for (TreeView view : List.of(before, now, store.head())) {
        assertArrayEquals(new byte[] {7}, view.find(path("/b")).data());
        assertNull(view.find(path("/a/e")));
        assertEquals(4, view.zxid());
        assertEquals(before.digest(), view.digest());
      }
      make(store, "/b/d", null, 0, 5);
      publish(store, 5);
      store.setData(path("/b"), new byte[] {8}, 1, 6, 6);
      store.rollback();
      assertArrayEquals(new byte[] {7}, store.head().find(path("/b")).data());
      assertEquals(1, store.head().find(path("/b")).childCount());
    }
  }

  @Test
  void otherSettingsAreFollowed() throws IOException {
    fill();
    long digest;
    try (LmdbStorage storage = open(Encoding.PLAIN, true, MB, MB)) {
      storage.snapshots().load(store(storage));
      TreeView view = store(storage).head();
      digest = view.digest();
      assertEquals(2, view.ephemeralCount(), "a TTL's owner is a session here");
      view.ttlNodes(
          path -> {
            throw new AssertionError(path.toString());
          });
    }
    try (LmdbStorage storage = open(Encoding.EXTENDED, false, MB, MB)) {
      Snapshots.Loaded loaded = storage.snapshots().load(store(storage));
      assertEquals(-1, loaded.digestZxid());
      assertEquals(0, store(storage).head().digest());
      make(store(storage), "/b", null, 0, 4);
      store(storage).delete(path("/b"), 5);
      store(storage).setData(path("/"), new byte[0], 1, 6, 6);
      storage.snapshots().write(publish(store(storage), 6));
    }
    try (LmdbStorage storage = open()) {
      storage.snapshots().load(store(storage));
      TreeStore heap = new HeapTreeStore(1, Encoding.EXTENDED, true);
      copy(store(storage).head(), ZnodePath.ROOT, heap);
      assertEquals(heap.head().digest(), store(storage).head().digest());
      assertFalse(heap.head().digest() == digest);
    }
  }

  private static void copy(TreeView from, ZnodePath path, TreeStore to) {
    var z = from.find(path);
    to.load(LoadedZnode.copyOf(path, z));
    z.children()
        .forEach((name, offset, length, child) -> copy(from, path.child(name, offset, length), to));
  }

  @Test
  void digestsAreThoseOfTheHeap() throws IOException {
    for (long seed = 1; seed <= 3; seed++) {
      directory = temp.resolve("digests-" + seed);
      Random random = new Random(seed);
      TreeStore heap = new HeapTreeStore((int) seed, Encoding.EXTENDED, true);
      try (LmdbStorage storage = open(Encoding.EXTENDED, true, 20_000, MB)) {
        TreeStore map = store(storage);
        for (int i = 1; i <= 3000; i++) {
          String name = "/n" + random.nextInt(40) + (random.nextBoolean() ? "" : "/m");
          int kind = random.nextInt(3);
          byte[] data = new byte[random.nextInt(300)];
          for (TreeStore store : List.of(heap, map)) {
            change(store, path(name), kind, data, i);
          }
          if (i % 10 == 0) {
            assertEquals(publish(heap, i).digest(), publish(map, i).digest(), "seed " + seed);
          }
        }
        assertEquals(heap.head().nodeCount(), map.head().nodeCount());
        assertEquals(heap.head().dataSize(), map.head().dataSize());
        assertTrue(storage.checkpoints().written() > 3, "layers were written");
      }
    }
  }

  private static void change(TreeStore store, ZnodePath path, int kind, byte[] data, long zxid) {
    var znode = store.head().find(path);
    var parent = store.head().find(path.parent());
    if (parent == null) {
      return;
    }
    if (znode == null) {
      store.create(path, data, Acl.OPEN, 0, zxid, zxid, parent.createdChildren() + 1);
    } else if (kind == 0 && znode.childCount() == 0) {
      store.delete(path, zxid);
    } else {
      store.setData(path, data, znode.version() + 1, zxid, zxid);
    }
  }

  @Test
  void theMapGrows() throws IOException {
    byte[] data = new byte[10_000];
    new Random(1).nextBytes(data);
    try (LmdbStorage storage = open(Encoding.EXTENDED, true, 64 * MB, MB)) {
      TreeStore store = store(storage);
      TreeView first = null;
      for (int i = 1; i <= 2000; i++) {
        make(store, "/n" + i, data, 0, i);
        if (i % 500 == 0) {
          TreeView view = publish(store, i);
          first = first == null ? view : first;
          storage.snapshots().write(view);
        }
      }
      assertArrayEquals(data, store.reader().latest().find(path("/n1")).data());
      assertArrayEquals(data, first.find(path("/n500")).data());
      assertNull(first.find(path("/n501")));
      assertEquals(501, first.nodeCount());
    }
    assertTrue(Files.size(treeFile()) > 20 * MB);
    try (LmdbStorage storage = open()) {
      assertEquals(2000, storage.snapshots().load(store(storage)).zxid());
      assertArrayEquals(data, store(storage).head().find(path("/n2000")).data());
    }
  }

  @Test
  void aStateLargerThanTheLayersIsLoaded() throws IOException {
    fill();
    try (LmdbStorage storage = open(Encoding.EXTENDED, true, 50_000, MB)) {
      TreeStore store = store(storage);
      storage.snapshots().load(store);
      TreeView before = store.reader().latest();
      store.clear();
      for (int i = 0; i < 5000; i++) {
        store.load(
            new LoadedZnode(path("/n" + i), new byte[50], Acl.OPEN, 9, 9, 9, 1, 1, 0, 0, 0, 0));
      }
      assertEquals(5001, store.head().nodeCount());
      assertNotNull(before.find(path("/a/e")), "what readers see stays until the publication");
      TreeView loaded = publish(store, 9);
      storage.snapshots().write(loaded);
      assertNotNull(before.find(path("/a/e")));
      assertNull(loaded.find(path("/a/e")));
    }
    treeFile(); // one
    try (LmdbStorage storage = open()) {
      assertEquals(9, storage.snapshots().load(store(storage)).zxid());
      assertEquals(5001, store(storage).head().nodeCount());
      assertNotNull(store(storage).head().find(path("/n4999")));
    }
  }

  @Test
  void aLoadThatWasNotFinishedIsNotSeen() throws IOException {
    fill();
    Path live = directory;
    try (LmdbStorage storage = open(Encoding.EXTENDED, true, 50_000, MB)) {
      TreeStore store = store(storage);
      storage.snapshots().load(store);
      store.clear();
      for (int i = 0; i < 2000; i++) {
        store.load(
            new LoadedZnode(path("/n" + i), new byte[50], Acl.OPEN, 9, 9, 9, 1, 1, 0, 0, 0, 0));
      }
      directory = temp.resolve("killed");
      Directories.copy(live, directory);
    }
    try (LmdbStorage storage = open()) {
      assertEquals(3, storage.snapshots().load(store(storage)).zxid());
      assertNotNull(store(storage).head().find(path("/a/e")));
    }
    treeFile();
  }

  @Test
  void propertiesAreChecked() {
    for (String bad : new String[] {"0", "-1", "x", "99999999999", ""}) {
      assertThrows(
          IllegalArgumentException.class,
          () ->
              new LmdbStorageProvider()
                  .open(Directories.configuration(directory, Map.of("overlayMb", bad))));
    }
  }
}
