package io.quorate.storage.lmdb;

import io.quorate.api.ZnodePath;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A set of items that a view has: a parent's children, what an owner owns, the sessions. They are
 * in the file and in layers above it; this visits each that is there once, with memory for one
 * batch whatever their number.
 */
abstract class Group {
  /** Takes one item. */
  @FunctionalInterface
  interface Visitor {
    /** The item is {@code length} bytes from {@code offset} of an array that never changes. */
    void item(byte[] array, int offset, int length, int number);
  }

  /**
   * A layer's marks of the group, and from where on they count: a layer that came while the file
   * was being read says nothing new of what was read before.
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Source(@Nullable Object marks, byte @Nullable [] after) {}

  private final State state;
  private final List<Source> sources = new ArrayList<>(3);

  Group(State state) {
    this.state = state;
  }

  /** What a layer says of the group. */
  abstract @Nullable Object marks(Layer layer);

  /** What was written over of the group. */
  @Nullable Object marks(Reverse reverse) {
    return marks(reverse.sessionsAndOwners());
  }

  /** The scans of the file. */
  abstract List<Batch> scans();

  /** The key of an item; returns its length. */
  abstract int key(byte[] item, byte[] to);

  /** Visits all. Once. */
  void forEach(Visitor visitor) {
    source(marks(state.active), null);
    Layer frozen = state.frozen;
    if (frozen != null) {
      source(marks(frozen), null);
    }
    Base base = state.base;
    if (base != null) {
      byte[] position = null;
      for (Batch batch : scans()) {
        while (!batch.ended()) {
          base = read(base, batch, position);
          visit(batch, visitor);
          position = batch.position() == null ? position : batch.position();
        }
      }
    }
    for (int i = 0; i < sources.size(); i++) {
      visitLayer(i, visitor);
    }
  }

  private void source(@Nullable Object marks, byte @Nullable [] after) {
    if (marks != null) {
      sources.add(new Source(marks, after));
    }
  }

  /** Reads the next batch from the newest generation, which is returned. */
  private Base read(Base from, Batch batch, byte @Nullable [] position) {
    Base base = from;
    while (true) {
      Base.Link link = base.next();
      if (link == null) {
        Slot slot = base.take();
        if (slot != null) {
          try {
            batch.read(base, slot);
            return base;
          } catch (Records.Damaged | LmdbException e) {
            throw base.damaged(e);
          } finally {
            slot.giveBack();
          }
        }
        link = base.mustHaveNext();
      }
      source(marks(link.reverse()), position);
      base = link.base();
    }
  }

  private void visit(Batch batch, Visitor visitor) {
    byte[] bytes = batch.bytes();
    for (int i = 0; i < batch.count(); i++) {
      int start = batch.start(i);
      int length = batch.end(i) - start;
      if (sources.isEmpty() || !isMarked(sources.size(), bytes, start, length)) {
        visitor.item(bytes, start, length, batch.number(i));
      }
    }
  }

  /** Whether one of the first {@code count} layers says anything of this item. */
  private boolean isMarked(int count, byte[] item, int offset, int length) {
    int hash = Hamt.hash(state.seed, item, offset, length);
    for (int i = 0; i < count; i++) {
      if (Hamt.find(sources.get(i).marks, hash, item, offset, length) != null) {
        return true;
      }
    }
    return false;
  }

  private void visitLayer(int index, Visitor visitor) {
    Source source = sources.get(index);
    byte[] after = source.after;
    byte[] key = new byte[Keys.MAX_BYTES + 1];
    Hamt.forEach(
        source.marks,
        entry -> {
          Layer.Mark mark = (Layer.Mark) entry;
          byte[] item = mark.key();
          if (!mark.present || isMarked(index, item, 0, item.length)) {
            return;
          }
          if (after != null
              && Arrays.compareUnsigned(key, 0, key(item, key), after, 0, after.length) <= 0) {
            return;
          }
          visitor.item(item, 0, item.length, mark.number());
        });
  }

  /** The children of a znode, by name. */
  static Group children(State state, ZnodePath parent) {
    byte[] p = parent.bytes();
    int hash = Hamt.hash(state.seed, p, 0, p.length);
    return new Group(state) {
      @Override
      @Nullable Object marks(Layer layer) {
        return state.children(layer, hash, p);
      }

      @Override
      @Nullable Object marks(Reverse reverse) {
        return Layer.marks(reverse.families(), hash, p);
      }

      @Override
      List<Batch> scans() {
        List<Batch> scans = new ArrayList<>(2);
        byte[] prefix = new byte[Keys.MAX_BYTES + 1];
        int n = Keys.children(parent, prefix);
        if (n >= 0) {
          scans.add(new Batch(Batch.Kind.NAME, Arrays.copyOf(prefix, n)));
        }
        if (state.longPaths > 0) {
          n = Keys.longChildren(parent, prefix);
          scans.add(new Batch(Batch.Kind.LONG_NAME, Arrays.copyOf(prefix, n)));
        }
        return scans;
      }

      @Override
      int key(byte[] item, byte[] to) {
        return Keys.znode(parent.child(item, 0, item.length), to, 0);
      }
    };
  }

  /** What this owner owns, by path. */
  static Group owned(State state, long owner) {
    byte[] id = Keys.id(owner);
    int hash = Hamt.hash(state.seed, id, 0, id.length);
    return new Group(state) {
      @Override
      @Nullable Object marks(Layer layer) {
        return Layer.marks(layer.owned, hash, id);
      }

      @Override
      List<Batch> scans() {
        byte[] prefix = new byte[9];
        Keys.owner(owner, prefix);
        return List.of(new Batch(Batch.Kind.PATH, prefix));
      }

      @Override
      int key(byte[] item, byte[] to) {
        return Keys.owned(owner, ZnodePath.wrap(item), to);
      }
    };
  }

  /** The sessions, with their timeouts. */
  static Group sessions(State state) {
    return new Group(state) {
      @Override
      @Nullable Object marks(Layer layer) {
        return layer.sessions;
      }

      @Override
      List<Batch> scans() {
        return List.of(new Batch(Batch.Kind.SESSION, new byte[] {(byte) Keys.SESSION}));
      }

      @Override
      int key(byte[] item, byte[] to) {
        return Keys.session(item, to);
      }
    };
  }

  /** Owners of something; others may be among them that are gone. */
  static Group owners(State state) {
    return new Group(state) {
      @Override
      @Nullable Object marks(Layer layer) {
        return null; // asked of the layers by the caller
      }

      @Override
      List<Batch> scans() {
        return List.of(new Batch(Batch.Kind.OWNER, new byte[] {(byte) Keys.OWNER}));
      }

      @Override
      int key(byte[] item, byte[] to) {
        throw new IllegalStateException("there are no marks");
      }
    };
  }
}
