package io.quorate.storage.lmdb;

import io.quorate.api.ZnodePath;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts a state's layers into a file, in one transaction, and finds out what makes the state before
 * from it. Used once.
 */
final class CheckpointWriter {
  private final TreeFile file;
  private final State state;
  private final boolean frozenToo;
  private final @Nullable Layer inFile;
  private final @Nullable FileSketch sketch;
  private final Records records = new Records();
  private final Room room;
  private final byte[] keyBytes = new byte[Keys.MAX_BYTES + 1];
  private final List<Owned> owned = new ArrayList<>();

  /** A changed znode and its key. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Change(byte[] key, Layer.NodeEntry entry) {}

  /** An owner that got a znode, or lost it. */
  private record Owned(long owner, ZnodePath path, boolean present) {}

  /**
   * For the layers of a state.
   *
   * @param frozenToo whether its frozen layer is not in the file yet
   * @param inFile the upper layer of the state that is in the file, or null: what of it did not
   *     change since need not be written
   * @param sketch gets the znodes that are new in the file
   */
  CheckpointWriter(
      TreeFile file,
      State state,
      boolean frozenToo,
      @Nullable Layer inFile,
      @Nullable FileSketch sketch) {
    this.file = file;
    this.inFile = inFile;
    this.sketch = sketch;
    this.state = state;
    this.frozenToo = frozenToo;
    this.room = file.writeRoom();
  }

  /** About how much the file may have to grow. */
  static long estimateBytes(State state) {
    Layer frozen = state.frozen;
    return 3 * (state.active.bytes + (frozen == null ? 0 : frozen.bytes)) + (1 << 20);
  }

  /**
   * Writes; the caller commits.
   *
   * @return what makes the state before from the one that was written
   */
  Reverse write(Txn txn, @Nullable Meta meta) {
    List<Change> changes = changes();
    Reverse reverse = new Reverse(state.seed, changes.size());
    // One place for all: next to where the one before was, LMDB need not search from the top.
    try (Txn.Cursor at = txn.openCursor()) {
      for (Change change : changes) {
        write(at, change, reverse);
      }
      for (Owned change : owned) {
        owner(at, change, reverse);
      }
      sessions(at, reverse);
      if (meta != null) {
        byte[] k = Keys.meta();
        System.arraycopy(k, 0, keyBytes, 0, k.length);
        records.bytes(meta.encode(), keyBytes, k.length);
        put(at, k.length);
      }
    }
    reverse.complete();
    return reverse;
  }

  /** In the order of keys: neighbours are on one page. */
  private List<Change> changes() {
    List<Change> changes = new ArrayList<>();
    Object known = inFile == null ? null : inFile.nodes;
    Hamt.forEachNew(state.active.nodes, known, e -> add(changes, (Layer.NodeEntry) e));
    Layer frozen = state.frozen;
    if (frozen != null && frozenToo) {
      Hamt.forEachNew(
          frozen.nodes,
          known,
          e -> {
            Layer.NodeEntry entry = (Layer.NodeEntry) e;
            if (state.active.node(entry.hash, entry.path.bytes()) == null) {
              add(changes, entry);
            }
          });
    }
    changes.sort((a, b) -> Arrays.compareUnsigned(a.key, b.key));
    return changes;
  }

  private void add(List<Change> changes, Layer.NodeEntry entry) {
    int n = Keys.znode(entry.path, keyBytes, 0);
    if (n < 0) {
      throw new IllegalStateException("a znode with the path " + entry.path);
    }
    changes.add(new Change(Arrays.copyOf(keyBytes, n), entry));
  }

  private void write(Txn.Cursor at, Change change, Reverse reverse) {
    ZnodePath path = change.entry.path;
    int n = change.key.length;
    System.arraycopy(change.key, 0, keyBytes, 0, n);
    Node after = change.entry.node;
    byte[] old;
    if (after == null) {
      old = get(at, n);
      if (old == null) {
        return;
      }
      at.delete();
    } else if (isAsMade(after)) {
      old = putNew(at, after, path, n);
    } else {
      old = get(at, n);
      records.znode(after, path, keyBytes, n);
      put(at, n);
    }
    reverse.znode(change.entry, old);
    FileSketch s = sketch;
    if (old == null && s != null && !Keys.isLong(path)) {
      s.add(change.entry.hash);
    }
    long before = old == null ? 0 : Records.owner(old);
    long now = after == null ? 0 : after.owner();
    if (before != now) {
      if (before != 0) {
        owned.add(new Owned(before, path, false));
      }
      if (now != 0) {
        owned.add(new Owned(now, path, true));
      }
    }
  }

  /** Most such znodes are not in the file: they were made after it was written. */
  private static boolean isAsMade(Node n) {
    return n.mzxid() == n.czxid() && n.pzxid() == n.czxid();
  }

  /** Puts a znode with one search, if it is new; returns what there was. */
  private byte @Nullable [] putNew(Txn.Cursor at, Node node, ZnodePath path, int keyLength) {
    records.znode(node, path, keyBytes, keyLength);
    byte[] old = null;
    if (!at.reserveNew(room.key(keyBytes, keyLength), records.length())) {
      old = value(keyLength);
      at.reserve(room, records.length());
    }
    Memory.copyIn(records.buffer(), 0, records.length(), room.valueAddress());
    return old;
  }

  private void owner(Txn.Cursor at, Owned change, Reverse reverse) {
    ZnodePath path = change.path;
    reverse.owned(change.owner, path, !change.present);
    int n = Keys.owned(change.owner, path, keyBytes);
    if (change.present) {
      records.bytes(Keys.isLong(path) ? path.bytes() : new byte[0], keyBytes, n);
      put(at, n);
    } else if (at.move(room.key(keyBytes, n), Lmdb.SET)) {
      at.delete();
    }
  }

  private void sessions(Txn.Cursor at, Reverse reverse) {
    Hamt.forEach(state.active.sessions, e -> session(at, (Layer.SessionEntry) e, reverse));
    Layer frozen = state.frozen;
    if (frozen != null && frozenToo) {
      Hamt.forEach(
          frozen.sessions,
          e -> {
            if (state.active.session(e.hash, e.key()) == null) {
              session(at, (Layer.SessionEntry) e, reverse);
            }
          });
    }
  }

  private void session(Txn.Cursor at, Layer.SessionEntry entry, Reverse reverse) {
    byte[] id = entry.key();
    int n = Keys.session(id, keyBytes);
    byte[] old = get(at, n);
    int before = old == null ? Layer.SessionEntry.GONE : Records.number(old);
    if (before == entry.timeoutMs) {
      return;
    }
    reverse.session(id, before);
    if (entry.present) {
      records.number(entry.timeoutMs, keyBytes, n);
      put(at, n);
    } else {
      at.delete();
    }
  }

  private byte @Nullable [] get(Txn.Cursor at, int keyLength) {
    return at.move(room.key(keyBytes, keyLength), Lmdb.SET) ? value(keyLength) : null;
  }

  private byte[] value(int keyLength) {
    byte[] value = new byte[Math.toIntExact(room.valueLength())];
    Memory.copyOut(room.valueAddress(), value, 0, value.length);
    records.check(value, keyBytes, keyLength);
    return value;
  }

  private void put(Txn.Cursor at, int keyLength) {
    at.reserve(room.key(keyBytes, keyLength), records.length());
    Memory.copyIn(records.buffer(), 0, records.length(), room.valueAddress());
  }
}
