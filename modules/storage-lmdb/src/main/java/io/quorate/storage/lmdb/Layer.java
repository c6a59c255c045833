package io.quorate.storage.lmdb;

import io.quorate.api.ZnodePath;
import org.jspecify.annotations.Nullable;

/**
 * Differences to the state below, each saying what is, not what changed: putting a layer over a
 * state that has it already changes nothing. The store's head changes its own in place; all others
 * stay as they are.
 */
final class Layer {
  /** 64 kB: of 100,000 znodes one in 11 that it does not have seems to be there. */
  private static final int SKETCH_LOG = 19;

  /** By path: {@link NodeEntry}. */
  @Nullable Object nodes;

  /** Of all {@link #nodes} and perhaps of others; the owner adds to it, copies share it. */
  @Nullable Sketch sketch;

  /** By owner: {@link MarksEntry} of paths. */
  @Nullable Object owned;

  /** By session: {@link SessionEntry}. */
  @Nullable Object sessions;

  /** About how much memory it takes, in bytes. */
  long bytes;

  /** About how much a start has to replay for it: one for a change, six for a znode made. */
  long work;

  /** A znode, or that there is none with this path. */
  static final class NodeEntry extends Hamt.Entry {
    final ZnodePath path;
    final @Nullable Node node;

    /** Which children came and went; set before others see the entry. */
    @Nullable Kin kin;

    NodeEntry(int hash, ZnodePath path, @Nullable Node node) {
      super(hash);
      this.path = path;
      this.node = node;
    }

    @Override
    byte[] key() {
      return path.bytes();
    }
  }

  /** Which items of a group (an owner's znodes, a parent's children) are there and which not. */
  static final class MarksEntry extends Hamt.Entry {
    private final byte[] key;
    final Object marks;

    MarksEntry(int hash, byte[] key, Object marks) {
      super(hash);
      this.key = key;
      this.marks = marks;
    }

    @Override
    byte[] key() {
      return key;
    }
  }

  /** One item of a group. */
  static class Mark extends Hamt.Entry {
    private final byte[] item;
    final boolean present;

    Mark(int hash, byte[] item, boolean present) {
      super(hash);
      this.item = item;
      this.present = present;
    }

    @Override
    byte[] key() {
      return item;
    }

    /** What is known beside that it is there. */
    int number() {
      return 0;
    }
  }

  /** A session with its timeout, or that there is none with this id. */
  static final class SessionEntry extends Mark {
    static final int GONE = -1;
    final int timeoutMs;

    SessionEntry(int hash, byte[] id, int timeoutMs) {
      super(hash, id, timeoutMs != GONE);
      this.timeoutMs = timeoutMs;
    }

    @Override
    int number() {
      return timeoutMs;
    }
  }

  void addToSketch(int hash) {
    Sketch s = sketch;
    if (s == null) {
      s = new Sketch(SKETCH_LOG);
      sketch = s;
    }
    s.add(hash);
  }

  Layer copy() {
    Layer l = new Layer();
    l.nodes = nodes;
    l.sketch = sketch;
    l.owned = owned;
    l.sessions = sessions;
    l.bytes = bytes;
    l.work = work;
    return l;
  }

  boolean isEmpty() {
    return nodes == null && sessions == null;
  }

  /** Whether it is the very same, part by part. */
  @SuppressWarnings("ReferenceEquality") // roots are compared, not what they hold
  boolean isSame(Layer other) {
    return nodes == other.nodes && owned == other.owned && sessions == other.sessions;
  }

  @Nullable NodeEntry node(int hash, byte[] path) {
    Sketch s = sketch;
    return s == null || !s.mayHave(hash)
        ? null
        : (NodeEntry) Hamt.find(nodes, hash, path, 0, path.length);
  }

  /** Which children of a znode came and went, or null if none did. */
  @Nullable Kin kin(int hash, byte[] parent) {
    NodeEntry e = node(hash, parent);
    return e == null ? null : e.kin;
  }

  @Nullable SessionEntry session(int hash, byte[] id) {
    return sessions == null ? null : (SessionEntry) Hamt.find(sessions, hash, id, 0, id.length);
  }

  /** The marks of a group's items, or null if it says nothing of the group. */
  static @Nullable Object marks(@Nullable Object groups, int hash, byte[] key) {
    if (groups == null) {
      return null;
    }
    MarksEntry e = (MarksEntry) Hamt.find(groups, hash, key, 0, key.length);
    return e == null ? null : e.marks;
  }
}
