package io.quorate.tree;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.quorate.api.Acl;
import io.quorate.api.TreeView;
import io.quorate.api.Znode;
import io.quorate.api.ZnodePath;
import java.util.List;
import org.junit.jupiter.api.Test;

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
}
