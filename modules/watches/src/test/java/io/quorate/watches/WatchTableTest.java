package io.quorate.watches;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.api.WatchKind;
import io.quorate.api.WatcherType;
import io.quorate.api.ZnodePath;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What each kind of watch hears, one case each. */
class WatchTableTest {
  private static final ZnodePath A = ZnodePath.of("/a");
  private static final ZnodePath AB = ZnodePath.of("/a/b");
  private static final ZnodePath ABC = ZnodePath.of("/a/b/c");

  private final WatchTable table = new WatchTable();
  private final One w = new One("w");
  private final List<String> heard = new ArrayList<>();
  private final WatchTable.Sink sink =
      (watcher, type, path) -> heard.add(((One) watcher).name + " " + type + " " + path);

  private static final class One extends Watcher {
    private final String name;

    One(String name) {
      this.name = name;
    }
  }

  private List<String> created(ZnodePath path) {
    heard.clear();
    table.created(path, path.parent(), sink, sink);
    return List.copyOf(heard);
  }

  private List<String> deleted(ZnodePath path) {
    heard.clear();
    table.deleted(path, path.parent(), sink, sink);
    return List.copyOf(heard);
  }

  private List<String> changed(ZnodePath path) {
    heard.clear();
    table.dataChanged(path, sink);
    return List.copyOf(heard);
  }

  @Test
  void memoryIsCountedByWatcherAndPath() {
    One v = new One("v");
    table.add(w, A, WatchKind.DATA);
    long one = table.bytes();
    assertTrue(one > A.length());
    table.add(w, A, WatchKind.CHILD);
    table.add(w, A, WatchKind.PERSISTENT);
    assertEquals(one, table.bytes());
    table.add(v, ABC, WatchKind.DATA);
    table.add(v, A, WatchKind.DATA);
    assertEquals(one + ABC.length() - A.length() + one + one, table.bytes());
    assertEquals(one, w.watchedBytes());
    assertEquals(2, table.watchers());
    changed(ABC);
    assertEquals(one, v.watchedBytes());
    changed(A);
    assertEquals(0, v.watchedBytes());
    assertEquals(1, table.watchers());
    assertEquals(one, table.bytes());
    table.removeAll(w);
    assertEquals(0, table.bytes());
    assertEquals(0, w.watchedBytes());
    assertEquals(0, table.watchers());
  }

  @Test
  void oneShotsFireOnce() {
    table.add(w, AB, WatchKind.DATA);
    table.add(w, AB, WatchKind.DATA);
    table.add(w, A, WatchKind.CHILD);
    assertEquals(2, table.size());
    assertEquals(List.of("w NODE_CREATED /a/b", "w NODE_CHILDREN_CHANGED /a"), created(AB));
    assertEquals(List.of(), changed(AB));
    assertEquals(List.of(), deleted(AB));
    assertEquals(0, table.size());
    assertEquals(0, w.watchedPaths());
  }

  /** WAT-2: nobody hears of a deletion twice, and the child watch is gone all the same. */
  @Test
  void deletionIsToldOnce() {
    table.add(w, AB, WatchKind.DATA);
    table.add(w, AB, WatchKind.CHILD);
    assertEquals(List.of("w NODE_DELETED /a/b"), deleted(AB));
    assertEquals(0, table.size());
    table.add(w, AB, WatchKind.CHILD);
    assertEquals(List.of("w NODE_DELETED /a/b"), deleted(AB), "by the child watch alone");
  }

  @Test
  void childWatchesDoNotHearOfData() {
    table.add(w, AB, WatchKind.CHILD);
    assertEquals(List.of(), changed(AB));
    assertEquals(List.of(), created(AB), "a child watch is of a znode that is there");
    assertEquals(List.of("w NODE_CHILDREN_CHANGED /a/b"), deleted(ABC));
  }

  @Test
  void persistentStays() {
    table.add(w, A, WatchKind.PERSISTENT);
    assertEquals(2, table.size());
    for (int i = 0; i < 2; i++) {
      assertEquals(List.of("w NODE_CREATED /a"), created(A));
      assertEquals(List.of("w NODE_DATA_CHANGED /a"), changed(A));
      assertEquals(List.of("w NODE_CHILDREN_CHANGED /a"), created(AB));
      assertEquals(List.of(), changed(AB));
      assertEquals(List.of(), created(ABC));
      assertEquals(List.of("w NODE_CHILDREN_CHANGED /a"), deleted(AB));
      assertEquals(List.of("w NODE_DELETED /a"), deleted(A));
    }
    assertEquals(2, table.size());
  }

  @Test
  void recursiveHearsOfAllBelowButNotOfChildren() {
    table.add(w, A, WatchKind.PERSISTENT_RECURSIVE);
    assertEquals(1, table.size());
    assertEquals(List.of("w NODE_CREATED /a"), created(A));
    assertEquals(List.of("w NODE_CREATED /a/b/c"), created(ABC));
    assertEquals(List.of("w NODE_DATA_CHANGED /a/b/c"), changed(ABC));
    assertEquals(List.of("w NODE_DELETED /a/b"), deleted(AB));
    assertEquals(List.of(), created(ZnodePath.of("/ab")));
    assertEquals(List.of(), changed(ZnodePath.ROOT));
  }

  @Test
  void recursiveOnTheRootHearsOfAll() {
    table.add(w, ZnodePath.ROOT, WatchKind.PERSISTENT_RECURSIVE);
    assertEquals(List.of("w NODE_CREATED /a"), created(A));
    assertEquals(List.of("w NODE_DATA_CHANGED /"), changed(ZnodePath.ROOT));
    assertEquals(List.of("w NODE_DELETED /a/b/c"), deleted(ABC));
  }

  /** WAT-6. */
  @Test
  void modesOnOnePathAreIndependent() {
    table.add(w, AB, WatchKind.DATA);
    table.add(w, AB, WatchKind.PERSISTENT);
    table.add(w, AB, WatchKind.PERSISTENT_RECURSIVE);
    table.add(w, A, WatchKind.PERSISTENT_RECURSIVE);
    assertEquals(List.of("w NODE_DATA_CHANGED /a/b"), changed(AB), "one event");
    assertFalse(table.has(w, AB, WatcherType.DATA));
    assertTrue(table.has(w, AB, WatcherType.PERSISTENT));
    assertTrue(table.remove(w, AB, WatcherType.PERSISTENT));
    assertEquals(List.of("w NODE_DATA_CHANGED /a/b"), changed(AB));
    assertTrue(table.remove(w, AB, WatcherType.PERSISTENT_RECURSIVE));
    assertEquals(List.of("w NODE_DATA_CHANGED /a/b"), changed(AB), "by the one above");
    assertTrue(table.remove(w, A, WatcherType.ANY));
    assertEquals(List.of(), changed(AB));
    assertEquals(0, table.size());
    assertFalse(table.remove(w, A, WatcherType.ANY));
  }

  @Test
  void everyWatcherHearsInTheOrderOfComing() {
    One v = new One("v");
    One u = new One("u");
    table.add(v, A, WatchKind.DATA);
    table.add(w, A, WatchKind.PERSISTENT);
    table.add(u, A, WatchKind.DATA);
    assertEquals(
        List.of("v NODE_DATA_CHANGED /a", "w NODE_DATA_CHANGED /a", "u NODE_DATA_CHANGED /a"),
        changed(A));
    assertEquals(List.of("w NODE_DATA_CHANGED /a"), changed(A));
  }

  @Test
  void manyWatchersOfOnePath() {
    List<One> many = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      One one = new One("w" + i);
      many.add(one);
      table.add(one, A, i % 2 == 0 ? WatchKind.DATA : WatchKind.PERSISTENT);
    }
    assertEquals(10_000, changed(A).size());
    assertEquals(5_000, changed(A).size());
    assertEquals(5_000, table.dataSize());
    assertEquals(1, table.dataPaths());
    many.forEach(table::removeAll);
    assertEquals(0, table.size());
  }
}
