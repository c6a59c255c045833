package io.quorate.spi.storage.tck;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.quorate.api.Acl;
import io.quorate.api.LoadedZnode;
import io.quorate.api.Stat;
import io.quorate.api.TreeReader;
import io.quorate.api.TreeStore;
import io.quorate.api.TreeView;
import io.quorate.api.Znode;
import io.quorate.api.ZnodePath;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The part of {@link TreeStoreContract} that is about head, views and what goes back. */
abstract class TreeStoreVersions extends TreeStoreFixture {
  // Rule 1: mutators change the head and nothing else

  @Test
  public void rule1AnswersStayAsTheyWere() {
    TreeStore store = open();
    Znode created = make(store, "/a", 1);
    Stat afterCreate = created.stat(ENCODING);
    make(store, "/a/b", 2);
    Znode set = store.setData(path("/a"), new byte[] {7}, 1, 3, 30);
    Stat afterSet = set.stat(ENCODING);
    Znode acl = store.setAcl(path("/a"), new Acl(List.of()), 1);
    Stat afterAcl = acl.stat(ENCODING);
    make(store, "/a/c", 4);
    store.delete(path("/a/b"), 5);
    store.setData(path("/a"), null, 2, 6, 60);
    store.setAcl(path("/a"), Acl.OPEN, 2);
    publish(store, 6);
    settle(store);
    make(store, "/a/d", 7);

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
  public void rule1ViewsStayAsTheyWere() {
    TreeStore store = open();
    make(store, "/a", 1);
    TreeView one = publish(store, 1);
    settle(store);
    store.setData(path("/a"), new byte[] {2}, 1, 2, 20);
    make(store, "/a/b", 3);
    TreeView two = publish(store, 3);
    settle(store);
    store.delete(path("/a/b"), 4);
    store.delete(path("/a"), 5);
    TreeView three = publish(store, 5);
    settle(store);
    make(store, "/z", 6);
    publish(store, 6);
    settle(store);

    assertArrayEquals(new byte[] {1}, find(one, "/a").data());
    assertEquals(0, find(one, "/a").childCount());
    assertEquals(Set.of("a"), children(one, "/"));
    assertArrayEquals(new byte[] {2}, find(two, "/a").data());
    assertEquals(Set.of("b"), children(two, "/a"));
    assertEquals(3, two.nodeCount());
    assertNull(three.find(path("/a")));
    assertEquals(Set.of(), children(three, "/"));
    assertEquals(1, one.zxid());
    assertEquals(3, two.zxid());
    assertEquals(5, three.zxid());
  }

  // Rule 2: publication

  @Test
  public void rule2ReadersSeeOnlyWhatIsPublished() {
    TreeStore store = open();
    TreeReader reader = store.reader();
    make(store, "/a", 1);
    assertNull(reader.latest().find(path("/a")));
    TreeView one = store.seal(1);
    assertNull(reader.latest().find(path("/a")), "sealed is not published");
    make(store, "/b", 2);
    TreeView two = store.seal(2);
    store.publish(one);
    assertEquals(1, reader.latest().zxid());
    assertNotNull(reader.latest().find(path("/a")));
    assertNull(reader.latest().find(path("/b")));
    assertNotNull(two.find(path("/b")));
    store.publish(two);
    assertEquals(2, reader.latest().zxid());
    assertEquals(2, store.reader().latest().zxid(), "a new reader too");
    assertEquals(2, store.head().zxid());
  }

  @Test
  public void rule2ViewsArePublishedInOrderAndOnce() {
    assertBug(
        s -> {
          s.seal(1);
          s.publish(s.seal(2));
        });
    assertBug(
        s -> {
          TreeView view = publish(s, 1);
          s.publish(view);
        });
    assertBug(
        s -> {
          TreeView dropped = s.seal(1);
          s.rollback();
          s.publish(dropped);
        });
  }

  // Rule 3: rollback and clear

  @Test
  public void rule3RollbackGoesBackToWhatIsPublished() {
    TreeStore store = open();
    make(store, "/a", 1);
    store.putSession(5, 1000);
    publish(store, 1);
    TreeModel expected = TreeModelReader.of(store.head(), ENCODING);
    make(store, "/b", 2);
    store.seal(2);
    store.setData(path("/a"), null, 1, 3, 30);
    store.removeSession(5);
    store.rollback();
    expected.assertSame(store.head(), true);
    make(store, "/c", 2);
    assertEquals(Set.of("a", "c"), children(publish(store, 2), "/"));
  }

  @Test
  public void rule3ClearLeavesTheRootAndWhatIsPublished() {
    TreeStore store = open();
    TreeReader reader = store.reader();
    store.setData(path("/"), new byte[] {1}, 1, 1, 1);
    make(store, "/a", 2);
    store.putSession(5, 1000);
    publish(store, 2);
    settle(store);
    make(store, "/b", 3);
    store.seal(3);
    store.clear();
    new TreeModel(ENCODING).assertSame(store.head(), false);
    assertEquals(Set.of("a"), children(reader.latest(), "/"));
    make(store, "/c", 4);
    publish(store, 4);
    settle(store);
    assertEquals(Set.of("c"), children(reader.latest(), "/"));
    assertNull(reader.latest().find(path("/a")));
    assertEquals(0, reader.latest().sessionCount());
  }

  @Test
  public void rule3ClearCanBeRolledBack() {
    TreeStore store = open();
    make(store, "/a", 1);
    publish(store, 1);
    settle(store);
    store.clear();
    make(store, "/b", 2);
    store.rollback();
    assertEquals(Set.of("a"), children(store.head(), "/"));
    assertEquals(2, store.head().nodeCount());
  }

  // Rule 4: bugs

  private void assertBug(Consumer<TreeStore> misuse) {
    TreeStore store = open();
    store.create(path("/a"), null, Acl.OPEN, 0, 1, 1, 1);
    store.create(path("/a/b"), null, Acl.OPEN, 0, 2, 1, 1);
    assertThrows(IllegalStateException.class, () -> misuse.accept(store));
  }

  @Test
  public void rule4BrokenAssumptionsAreBugs() {
    ZnodePath a = path("/a");
    ZnodePath no = path("/no");
    assertBug(s -> s.create(a, null, Acl.OPEN, 0, 3, 3, 2));
    assertBug(s -> s.create(path("/no/x"), null, Acl.OPEN, 0, 3, 3, 1));
    assertBug(s -> s.delete(a, 3));
    assertBug(s -> s.delete(no, 3));
    assertBug(s -> s.setData(no, null, 1, 3, 3));
    assertBug(s -> s.setAcl(no, Acl.OPEN, 1));
    assertBug(s -> s.overwriteData(no, new byte[0]));
    assertBug(s -> s.bumpParent(no, 1, 1));
    assertBug(s -> s.load(new LoadedZnode(a, null, Acl.OPEN, 1, 1, 1, 1, 1, 0, 0, 0, 0)));
    assertBug(
        s -> s.load(new LoadedZnode(path("/no/x"), null, Acl.OPEN, 1, 1, 1, 1, 1, 0, 0, 0, 0)));
    assertBug(TreeStore::undo);
  }

  // Rule 5: savepoints

  @Test
  public void rule5UndoGoesBackToTheSavepoint() {
    TreeStore store = open();
    make(store, "/a", 1);
    publish(store, 1);
    make(store, "/b", 2);
    store.savepoint();
    make(store, "/never", 3);
    store.savepoint();
    TreeModel expected = TreeModelReader.of(store.head(), ENCODING);
    make(store, "/c", 4);
    store.delete(path("/a"), 5);
    store.putSession(7, 1000);
    store.create(path("/e"), null, Acl.OPEN, 7, 6, 6, 9);
    store.undo();
    expected.assertSame(store.head(), false);
    make(store, "/a/x", 7);
    assertEquals(Set.of("a", "b", "never"), children(store.seal(7), "/"));
  }

  @Test
  public void rule5SavepointsEnd() {
    for (Consumer<TreeStore> end :
        List.<Consumer<TreeStore>>of(
            s -> s.seal(1), TreeStore::rollback, TreeStore::clear, TreeStore::undo)) {
      TreeStore store = open();
      store.savepoint();
      end.accept(store);
      assertThrows(IllegalStateException.class, store::undo);
    }
  }

  // Rule 6: counts and zxids move forward

  @Test
  public void rule6CreatedChildrenAndPzxidOnlyMoveForward() {
    TreeStore store = open();
    make(store, "/a", 10);
    ZnodePath a = path("/a");
    store.create(path("/a/x"), null, Acl.OPEN, 0, 20, 0, 5);
    store.create(path("/a/y"), null, Acl.OPEN, 0, 12, 0, 3);
    checkParent(store, 5, 20);
    store.delete(path("/a/y"), 15);
    checkParent(store, 5, 20);
    store.bumpParent(a, 4, 19);
    checkParent(store, 5, 20);
    store.bumpParent(a, 5, 21);
    checkParent(store, 5, 21);
    store.bumpParent(a, 6, 3);
    checkParent(store, 6, 21);
    store.delete(path("/a/x"), 30);
    checkParent(store, 6, 30);
  }

  private static void checkParent(TreeStore store, int created, long pzxid) {
    assertEquals(created, find(store.head(), "/a").createdChildren());
    assertEquals(pzxid, find(store.head(), "/a").pzxid());
  }

  @Test
  public void rule6TheCountGoesOnBelowZero() {
    TreeStore store = open();
    ZnodePath a = path("/a");
    store.load(new LoadedZnode(a, null, Acl.OPEN, 1, 1, 1, 1, 1, 0, Integer.MAX_VALUE, 0, 0));
    store.create(path("/a/x"), null, Acl.OPEN, 0, 2, 0, Integer.MIN_VALUE);
    checkParent(store, Integer.MIN_VALUE, 2);
    store.bumpParent(a, Integer.MAX_VALUE, 1);
    checkParent(store, Integer.MIN_VALUE, 2);
  }
}
