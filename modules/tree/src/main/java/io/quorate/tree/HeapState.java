package io.quorate.tree;

import io.quorate.api.Acl;
import io.quorate.api.TreeView;
import io.quorate.api.ZnodePath;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** The roots and counts of one state on the heap; the store's head changes its own in place. */
final class HeapState implements TreeView {
  final int seed;
  long zxid;
  HeapZnode root;
  long nodes = 1;
  long dataSize;
  long digest;
  int ephemerals;
  int sessions;
  @Nullable Object sessionTrie;
  @Nullable Object ownerTrie;
  @Nullable Object containerTrie;
  @Nullable Object ttlTrie;

  /** All lists that znodes ever had; null if they were too many. */
  @Nullable List<Acl> acls;

  HeapState(int seed, HeapZnode root) {
    this.seed = seed;
    this.root = root;
  }

  HeapState copy() {
    HeapState s = new HeapState(seed, root);
    s.zxid = zxid;
    s.nodes = nodes;
    s.dataSize = dataSize;
    s.digest = digest;
    s.ephemerals = ephemerals;
    s.sessions = sessions;
    s.sessionTrie = sessionTrie;
    s.ownerTrie = ownerTrie;
    s.containerTrie = containerTrie;
    s.ttlTrie = ttlTrie;
    s.acls = acls;
    return s;
  }

  @Override
  public long zxid() {
    return zxid;
  }

  @Override
  public @Nullable HeapZnode find(ZnodePath path) {
    return find(path.bytes(), path.length());
  }

  /** The znode whose path is the first {@code n} bytes. */
  @Nullable HeapZnode find(byte[] p, int n) {
    if (n == 0) {
      return root;
    }
    if (p[0] != '/') {
      return null;
    }
    if (n == 1) {
      return root;
    }
    HeapZnode at = root;
    int start = 1;
    while (true) {
      int end = start;
      while (end < n && p[end] != '/') {
        end++;
      }
      Family f = at.family;
      if (f == null) {
        return null;
      }
      HeapZnode child = f.find(Trie.hash(seed, p, start, end - start), p, start, end - start);
      if (child == null || end == n) {
        return child;
      }
      at = child;
      start = end + 1;
    }
  }

  /** The child of this znode whose name is the path from {@code nameAt} on. */
  @Nullable HeapZnode child(HeapZnode parent, byte[] path, int nameAt) {
    Family f = parent.family;
    int length = path.length - nameAt;
    return f == null ? null : f.find(Trie.hash(seed, path, nameAt, length), path, nameAt, length);
  }

  @Override
  public long nodeCount() {
    return nodes;
  }

  @Override
  public long dataSize() {
    return dataSize;
  }

  @Override
  public long digest() {
    return digest;
  }

  @Override
  public int ephemeralCount() {
    return ephemerals;
  }

  @Override
  public void ephemerals(long sessionId, Consumer<ZnodePath> each) {
    byte[] key = Entries.key(sessionId);
    Entries.Owner owner =
        (Entries.Owner) Trie.find(ownerTrie, Trie.hash(seed, key, 0, 8), key, 0, 8);
    if (owner != null) {
      Trie.forEach(owner.paths, e -> each.accept(((Entries.Path) e).path));
    }
  }

  @Override
  public void ephemeralOwners(LongConsumer each) {
    Trie.forEach(ownerTrie, e -> each.accept(((Entries.Owner) e).sessionId));
  }

  @Override
  public void containers(Consumer<ZnodePath> each) {
    Trie.forEach(containerTrie, e -> each.accept(((Entries.Path) e).path));
  }

  @Override
  public void ttlNodes(Consumer<ZnodePath> each) {
    Trie.forEach(ttlTrie, e -> each.accept(((Entries.Path) e).path));
  }

  @Override
  public boolean acls(Consumer<Acl> each) {
    List<Acl> known = acls;
    if (known != null) {
      known.forEach(each);
    }
    return known != null;
  }

  @Override
  public int sessionCount() {
    return sessions;
  }

  @Override
  public void sessions(SessionVisitor each) {
    Trie.forEach(
        sessionTrie,
        e -> each.session(((Entries.Session) e).sessionId, ((Entries.Session) e).timeoutMs));
  }
}
