package io.quorate.storage.lmdb;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.quorate.api.TreeStore;
import io.quorate.api.TreeView;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Views of a state that the file has no longer. */
class ReverseTest extends LmdbDirectory {
  private static Set<String> children(TreeView view, String path) {
    Set<String> names = new TreeSet<>();
    view.find(path(path))
        .children()
        .forEach((array, offset, length, child) -> names.add(new String(array, offset, length)));
    return names;
  }

  @Test
  void whatWasWrittenOverIsStillSeen() throws IOException {
    fill();
    try (LmdbStorage storage = open()) {
      TreeStore store = store(storage);
      storage.snapshots().load(store);
      TreeView before = store.reader().latest();
      for (int round = 0; round < 3; round++) {
        long zxid = 4 + round;
        store.setData(path("/a"), new byte[] {(byte) round}, round + 1, zxid, zxid);
        for (int i = 0; i < 500; i++) {
          make(store, "/r" + round + "n" + i, null, 0, zxid);
        }
        if (round == 1) {
          store.delete(path("/a/e"), zxid);
          store.removeSession(5);
        }
        storage.snapshots().write(publish(store, zxid));
      }
      assertArrayEquals(new byte[5000], before.find(path("/a")).data());
      assertNotNull(before.find(path("/a/e")));
      assertNull(before.find(path("/r0n0")));
      assertNull(before.find(path("/r2n499")));
      assertNull(before.find(path("/nowhere")));
      assertEquals(Set.of("e"), children(before, "/a"));
      assertEquals(Set.of("a", "c", "t"), children(before, "/"));
      int[] count = new int[2];
      before.sessions((id, timeout) -> count[0] += timeout);
      before.ephemerals(5, path -> count[1]++);
      assertEquals(1000, count[0]);
      assertEquals(1, count[1]);
      TreeView now = store.head();
      assertEquals(Set.of(), children(now, "/a"));
      assertEquals(1503, children(now, "/").size());
    }
  }
}
