package io.quorate.storage.lmdb;

import io.quorate.api.EphemeralOwner;
import io.quorate.api.EphemeralOwner.Kind;
import io.quorate.api.TreeView;
import io.quorate.api.ZnodePath;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One state: what is in the file, the layer that is being written to it, and the layer of what came
 * after. Immutable but for the store's head, which changes its own in place. Any thread.
 */
final class State implements TreeView {
  final int seed;
  final EphemeralOwner.Encoding encoding;

  /** Counts how often the store was emptied: states of two lineages have nothing in common. */
  long lineage;

  /** Counts the seals. */
  long sequence;

  @Nullable Base base;
  @Nullable Layer frozen;

  /** The sequence of the view that froze its layer. */
  long frozenSequence;

  Layer active = new Layer();
  long zxid;
  long nodes;
  long dataSize;
  long digest;
  long longPaths;
  int ephemerals;
  int sessions;

  /** Of the store's head only. */
  @Nullable Recent recent;

  private volatile @Nullable Marked marked;

  /**
   * What was made of the chains of one parent; kept since a parent that changes is listed often.
   */
  private record Marked(Kin kin, Object marks) {}

  State(int seed, EphemeralOwner.Encoding encoding) {
    this.seed = seed;
    this.encoding = encoding;
  }

  State copy() {
    State s = new State(seed, encoding);
    s.lineage = lineage;
    s.sequence = sequence;
    s.base = base;
    s.frozen = frozen;
    s.frozenSequence = frozenSequence;
    s.active = active.copy();
    s.zxid = zxid;
    s.nodes = nodes;
    s.dataSize = dataSize;
    s.digest = digest;
    s.longPaths = longPaths;
    s.ephemerals = ephemerals;
    s.sessions = sessions;
    return s;
  }

  /** The same, when all of it is in a file. */
  State settled(Base file) {
    State s = copy();
    s.base = file;
    s.frozen = null;
    s.active = new Layer();
    return s;
  }

  /** The key of a path in layers: the root has one. */
  static ZnodePath key(ZnodePath path) {
    return path.isRoot() ? ZnodePath.ROOT : path;
  }

  int hash(ZnodePath path) {
    return Hamt.hash(seed, path.bytes(), 0, path.length());
  }

  /** What is stored of the znode with this key, or null. */
  @Nullable Node node(int hash, ZnodePath path) {
    Recent r = recent;
    return r == null ? search(hash, path) : r.node(this, hash, path);
  }

  /** As {@link #node}, and never from what is remembered. */
  @Nullable Node search(int hash, ZnodePath path) {
    Layer.NodeEntry entry = active.node(hash, path.bytes());
    if (entry == null) {
      Layer f = frozen;
      entry = f == null ? null : f.node(hash, path.bytes());
    }
    if (entry != null) {
      return entry.node;
    }
    Base b = base;
    return b == null || recent != null && b.lacks(hash, path) ? null : Base.find(b, hash, path);
  }

  /** The timeout of a session, or {@link Layer.SessionEntry#GONE}. */
  int sessionTimeout(byte[] id) {
    int hash = Hamt.hash(seed, id, 0, id.length);
    Layer.SessionEntry entry = active.session(hash, id);
    if (entry == null) {
      Layer f = frozen;
      entry = f == null ? null : f.session(hash, id);
    }
    if (entry != null) {
      return entry.timeoutMs;
    }
    Base b = base;
    return b == null ? Layer.SessionEntry.GONE : Base.sessionTimeout(b, hash, id);
  }

  /** Which children of a znode came and went by a layer; a trie of {@link Layer.Mark}. */
  @SuppressWarnings("ReferenceEquality") // the very chain
  @Nullable Object children(Layer layer, int hash, byte[] parent) {
    Kin kin = layer.kin(hash, parent);
    if (kin == null) {
      return null;
    }
    Marked m = marked;
    if (m == null || m.kin != kin) {
      m = new Marked(kin, kin.marks(seed));
      if (layer == active) {
        marked = m;
      }
    }
    return m.marks;
  }

  @Override
  public long zxid() {
    return zxid;
  }

  @Override
  public @Nullable ViewZnode find(ZnodePath asked) {
    ZnodePath path = key(asked);
    Node node = node(hash(path), path);
    return node == null ? null : new ViewZnode(this, path, node);
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
    if (EphemeralOwner.kind(sessionId, encoding) == Kind.EPHEMERAL) {
      owned(sessionId, each);
    }
  }

  private void owned(long owner, Consumer<ZnodePath> each) {
    Group.owned(this, owner)
        .forEach(
            (array, offset, length, number) ->
                each.accept(ZnodePath.copyOf(array, offset, length)));
  }

  @Override
  public void ephemeralOwners(LongConsumer each) {
    for (long owner : owners(Kind.EPHEMERAL)) {
      boolean[] any = new boolean[1];
      owned(owner, path -> any[0] = true);
      if (any[0]) {
        each.accept(owner);
      }
    }
  }

  @Override
  public void containers(Consumer<ZnodePath> each) {
    owned(EphemeralOwner.CONTAINER, each);
  }

  @Override
  public void ttlNodes(Consumer<ZnodePath> each) {
    for (long owner : owners(Kind.TTL)) {
      owned(owner, each);
    }
  }

  /** All owners of this kind that own something, and perhaps some that do no longer. */
  private TreeSet<Long> owners(Kind kind) {
    TreeSet<Long> owners = new TreeSet<>();
    Consumer<byte[]> add =
        id -> {
          long owner = Keys.getLong(id, 0);
          if (EphemeralOwner.kind(owner, encoding) == kind) {
            owners.add(owner);
          }
        };
    Hamt.forEach(active.owned, e -> add.accept(e.key()));
    Layer f = frozen;
    if (f != null) {
      Hamt.forEach(f.owned, e -> add.accept(e.key()));
    }
    Group.owners(this)
        .forEach(
            (array, offset, length, number) ->
                add.accept(java.util.Arrays.copyOfRange(array, offset, offset + length)));
    // Those that are only in earlier generations: the links tell, and are there by now.
    Base b = base;
    for (Base.Link link = b == null ? null : b.next(); link != null; link = link.base().next()) {
      Hamt.forEach(link.reverse().sessionsAndOwners().owned, e -> add.accept(e.key()));
    }
    return owners;
  }

  @Override
  public int sessionCount() {
    return sessions;
  }

  @Override
  public void sessions(SessionVisitor each) {
    Group.sessions(this)
        .forEach(
            (array, offset, length, number) -> each.session(Keys.getLong(array, offset), number));
  }
}
