package io.quorate.tree;

import io.quorate.api.ChildList;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The children of a heap znode, and its metadata that changes with them. */
final class Family implements ChildList {
  /** Of znodes that never had a child. */
  static final Family NONE = new Family(0, 0);

  final long edit;
  int count;
  int created;
  long pzxid;
  private @Nullable Object root;

  Family(long edit, long pzxid) {
    this.edit = edit;
    this.pzxid = pzxid;
  }

  Family copy(long edit) {
    Family f = new Family(edit, pzxid);
    f.count = count;
    f.created = created;
    f.root = root;
    return f;
  }

  @Nullable HeapZnode find(int hash, byte[] path, int offset, int length) {
    return HeapZnode.ofEntry(Trie.find(root, hash, path, offset, length));
  }

  /** See {@link Trie#touch}. */
  int touch(int hash) {
    return Trie.touch(root, hash);
  }

  /** Adds a child or replaces the one with its name. */
  void put(int hash, HeapZnode child, Trie.Edit by) {
    root = Trie.put(root, hash, child.entry(), by);
    if (by.previous == null) {
      count++;
    }
  }

  void remove(int hash, byte[] path, int offset, int length, Trie.Edit by) {
    root = Trie.remove(root, hash, path, offset, length, by);
    if (by.previous != null && --count == 0) {
      root = null;
    }
  }

  @Override
  public int size() {
    return count;
  }

  @Override
  public void forEach(Visitor visitor) {
    Trie.forEach(
        root,
        e -> {
          HeapZnode znode = Objects.requireNonNull(HeapZnode.ofEntry(e));
          visitor.child(znode.key(), znode.keyOffset(), znode.keyLength(), znode);
        });
  }
}
