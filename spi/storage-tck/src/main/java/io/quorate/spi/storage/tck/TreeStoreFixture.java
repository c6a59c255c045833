package io.quorate.spi.storage.tck;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.api.Acl;
import io.quorate.api.EphemeralOwner.Encoding;
import io.quorate.api.TreeStore;
import io.quorate.api.TreeView;
import io.quorate.api.Znode;
import io.quorate.api.ZnodePath;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/** Opens and closes the tree store under test, and looks into it. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class TreeStoreFixture {
  static final Encoding ENCODING = Encoding.EXTENDED;

  private final Deque<TreeStore> opened = new ArrayDeque<>();

  /**
   * An empty store: nothing but the root, without data, and no session. Asked for once or more in
   * each test; each is closed after it.
   *
   * @param digests whether it keeps the tree digest
   */
  protected abstract TreeStore create(Encoding encoding, boolean digests);

  /**
   * Lets a store move what was published elsewhere, as from memory to disk; called at any point
   * between two operations. What views tell must not change by it.
   */
  protected void settle(TreeStore store) {
    // nothing to move
  }

  final TreeStore open(Encoding encoding, boolean digests) {
    TreeStore store = create(encoding, digests);
    opened.push(store);
    return store;
  }

  final TreeStore open() {
    return open(ENCODING, true);
  }

  /** Closes what the test opened. */
  @AfterEach
  public final void closeStores() {
    while (!opened.isEmpty()) {
      opened.pop().close();
    }
  }

  static ZnodePath path(String text) {
    return ZnodePath.of(text);
  }

  static Znode make(TreeStore store, String path, long zxid) {
    ZnodePath p = path(path);
    int created = find(store.head(), p.parent().toString()).createdChildren() + 1;
    return store.create(p, new byte[] {1}, Acl.OPEN, 0, zxid, zxid * 10, created);
  }

  static Znode find(TreeView view, String path) {
    Znode znode = view.find(path(path));
    assertNotNull(znode, path);
    if (znode == null) {
      throw new IllegalStateException("never: for the null checker");
    }
    return znode;
  }

  static TreeView publish(TreeStore store, long zxid) {
    TreeView view = store.seal(zxid);
    store.publish(view);
    return view;
  }

  static Set<String> children(TreeView view, String path) {
    Set<String> names = new TreeSet<>();
    find(view, path)
        .children()
        .forEach(
            (name, at, length, child) ->
                assertTrue(
                    names.add(new String(name, at, length, StandardCharsets.UTF_8)), "twice"));
    return names;
  }
}
