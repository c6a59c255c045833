package io.quorate.storage.lmdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.api.TreeStore;
import io.quorate.api.ZnodePath;
import java.io.IOException;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FileSketchTest extends LmdbDirectory {
  private static final int MANY = 300_000;
  private static final String LONG_NAME = "x".repeat(600);

  private static boolean lacks(LmdbStorage storage, String path) {
    State head = (State) store(storage).head();
    ZnodePath p = path(path);
    return newest(storage).lacks(head.hash(p), p);
  }

  private static Base newest(LmdbStorage storage) {
    return Objects.requireNonNull(storage.checkpoints().done()).base();
  }

  @Test
  void itGrowsAndKnowsAllThatWasAdded() {
    FileSketch sketch = new FileSketch(64 * MB);
    int[] hashes = new Random(1).ints(MANY).toArray();
    assertFalse(sketch.mayHave(hashes[0]));
    for (int hash : hashes) {
      sketch.add(hash);
    }
    for (int hash : hashes) {
      assertTrue(sketch.mayHave(hash));
    }
    long wrong = new Random(2).ints(MANY).filter(sketch::mayHave).count();
    assertTrue(wrong < MANY / 10, wrong + " of " + MANY);
  }

  /** Then it tells less, but nothing wrong. */
  @Test
  void itStaysInItsMemory() {
    FileSketch sketch = new FileSketch(MB);
    Random random = new Random(3);
    for (int i = 0; i < 20 * MANY; i++) {
      sketch.add(random.nextInt());
    }
    assertTrue(sketch.bytes() <= MB, sketch.bytes() + " bytes");
    int last = random.nextInt();
    sketch.add(last);
    assertTrue(sketch.mayHave(last));
    assertTrue(FileSketch.hasRoom(MB, 300_000));
    assertFalse(FileSketch.hasRoom(MB, 400_000));
  }

  @Test
  void aNewFileIsKnownFromTheStart() throws IOException {
    fill();
    try (LmdbStorage storage = open()) {
      TreeStore store = store(storage);
      storage.snapshots().load(store);
      storage.checkpoints().checkBehind(); // as when the log has been replayed
      assertNull(newest(storage).sketch());
      assertFalse(lacks(storage, "/nowhere"), "nothing is known yet");
      make(store, "/a/" + LONG_NAME, null, 0, 4);
      make(store, "/n", null, 0, 4);
      storage.snapshots().write(publish(store, 4));
      assertNotNull(newest(storage).sketch());
      for (String there : new String[] {"/", "/a", "/a/e", "/c", "/t", "/n", "/a/" + LONG_NAME}) {
        assertFalse(lacks(storage, there), there);
      }
      assertTrue(lacks(storage, "/nowhere"));
      assertFalse(lacks(storage, "/" + LONG_NAME), "long paths are not in it");
      store.clear(); // goes on in a new file
      make(store, "/other", null, 0, 5);
      storage.snapshots().write(publish(store, 5));
      assertTrue(lacks(storage, "/a"));
      assertFalse(lacks(storage, "/other"));
      assertFalse(lacks(storage, "/"));
    }
  }

  @Test
  void whatIsAddedAndDeletedLaterIsFoundOrNot() throws IOException {
    fill();
    try (LmdbStorage storage = open()) {
      TreeStore store = store(storage);
      storage.snapshots().load(store);
      storage.checkpoints().checkBehind(); // as when the log has been replayed
      for (int round = 0; round < 6; round++) {
        long zxid = 4 + 2L * round;
        for (int i = 0; i < 3000; i++) {
          make(store, "/r" + round + "n" + i, null, 0, zxid);
          if (round > 0) {
            store.delete(path("/r" + (round - 1) + "n" + i), zxid);
          }
        }
        storage.snapshots().write(publish(store, zxid));
        publish(store, zxid + 1); // takes over what was written
        assertNotNull(store.head().find(path("/r" + round + "n" + round)));
        assertNull(store.head().find(path("/r" + (round - 1) + "n7")));
        assertNull(store.head().find(path("/r" + (round + 1) + "n7")));
        assertEquals(3005, store.head().nodeCount());
      }
      make(store, "/r0n1", null, 0, 30);
      storage.snapshots().write(publish(store, 30));
      publish(store, 31);
      assertNotNull(store.head().find(path("/r0n1")));
    }
  }

  @Test
  void itIsMadeAnewWhenMostOfItIsGone() throws IOException {
    fill();
    try (LmdbStorage storage = open()) {
      TreeStore store = store(storage);
      storage.snapshots().load(store);
      storage.checkpoints().checkBehind(); // as when the log has been replayed
      make(store, "/n", null, 0, 4);
      storage.snapshots().write(publish(store, 4));
      FileSketch first = Objects.requireNonNull(newest(storage).sketch());
      make(store, "/m", null, 0, 5);
      storage.snapshots().write(publish(store, 5));
      assertSame(first, newest(storage).sketch());
      Random random = new Random(4);
      for (int i = 0; i < 2_000_000; i++) {
        first.add(random.nextInt());
      }
      make(store, "/o", null, 0, 6);
      storage.snapshots().write(publish(store, 6));
      assertNotSame(first, newest(storage).sketch());
      for (String there : new String[] {"/", "/a", "/a/e", "/n", "/m", "/o"}) {
        assertFalse(lacks(storage, there), there);
      }
      assertTrue(lacks(storage, "/nowhere"));
    }
  }
}
