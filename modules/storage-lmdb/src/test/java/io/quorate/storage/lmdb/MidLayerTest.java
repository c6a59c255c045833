package io.quorate.storage.lmdb;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.quorate.api.EphemeralOwner.Encoding;
import io.quorate.api.TreeStore;
import io.quorate.api.TreeView;
import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** States that are written while their layer goes on: what has not changed is not written again. */
class MidLayerTest extends LmdbDirectory {
  private static final int PATHS = 400;

  private static void change(TreeStore store, Random random, Map<String, byte[]> model, long zxid) {
    String path = "/n" + random.nextInt(PATHS);
    byte[] data = new byte[1 + random.nextInt(40)];
    random.nextBytes(data);
    if (!model.containsKey(path)) {
      make(store, path, data, 0, zxid);
      model.put(path, data);
    } else if (random.nextInt(3) == 0) {
      store.delete(path(path), zxid);
      model.remove(path);
    } else {
      store.setData(path(path), data, 1, zxid, zxid);
      model.put(path, data);
    }
  }

  private static void check(TreeView view, Map<String, byte[]> model) {
    for (int i = 0; i < PATHS; i++) {
      String path = "/n" + i;
      byte[] data = model.get(path);
      if (data == null) {
        assertNull(view.find(path(path)), path);
      } else {
        assertNotNull(view.find(path(path)), path);
        assertArrayEquals(data, view.find(path(path)).data(), path);
      }
    }
    Set<String> names = new HashSet<>();
    view.find(path("/"))
        .children()
        .forEach(
            (array, offset, length, child) -> names.add("/" + new String(array, offset, length)));
    assertEquals(model.keySet(), names);
  }

  @Test
  void theFileHasWhatTheStateHas() throws IOException {
    Random random = new Random(5);
    Map<String, byte[]> model = new TreeMap<>();
    long zxid = 0;
    TreeView oldest = null;
    Map<String, byte[]> then = Map.of();
    try (LmdbStorage storage = open(Encoding.EXTENDED, true, 1024 * MB, 64 * MB)) {
      TreeStore store = store(storage);
      storage.snapshots().load(store);
      for (int round = 0; round < 60; round++) {
        zxid++;
        for (int i = 0; i < 50; i++) {
          change(store, random, model, zxid);
        }
        TreeView view = publish(store, zxid);
        Map<String, byte[]> now = new TreeMap<>(model);
        if (oldest == null) {
          oldest = view;
          then = now;
        }
        zxid++;
        for (int i = 0; i < round % 7 * 3; i++) {
          change(store, random, model, zxid); // the layer goes on
        }
        if (round % 5 == 4) {
          store.rollback();
          model = new TreeMap<>(now);
        }
        if (round % 3 != 2) {
          storage.snapshots().write(view);
        }
        check(view, now);
        check(store.head(), model);
      }
      check(oldest, then);
      zxid++;
      storage.snapshots().write(publish(store, zxid));
    }
    try (LmdbStorage storage = open(Encoding.EXTENDED, true, 1024 * MB, 64 * MB)) {
      storage.snapshots().load(store(storage));
      check(store(storage).head(), model);
      assertEquals(model.size() + 1, store(storage).head().nodeCount());
    }
  }

  /** Which is what the room in the file shows: the second write changes one znode of many. */
  @Test
  void whatDidNotChangeIsNotWrittenAgain() throws IOException {
    try (LmdbStorage storage = open(Encoding.EXTENDED, true, 1024 * MB, 64 * MB)) {
      TreeStore store = store(storage);
      storage.snapshots().load(store);
      for (int i = 0; i < 2000; i++) {
        make(store, "/n" + i, new byte[1000], 0, 1);
      }
      TreeView first = publish(store, 1);
      store.setData(path("/n7"), new byte[] {7}, 1, 2, 2);
      storage.snapshots().write(first);
      long used = storage.checkpoints().usedBytes();
      TreeView second = publish(store, 2);
      store.setData(path("/n8"), new byte[] {8}, 1, 3, 3);
      storage.snapshots().write(second);
      assertEquals(1000, second.find(path("/n8")).dataLength());
      assertEquals(1, second.find(path("/n7")).dataLength());
      assertEquals(0, (storage.checkpoints().usedBytes() - used) / (100 << 10));
    }
  }
}
