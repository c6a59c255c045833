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
  private final Records records = new Records();
  private final Room room;
  private final byte[] keyBytes = new byte[Keys.MAX_BYTES + 1];

  /** A changed znode and its key. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Change(byte[] key, Layer.NodeEntry entry) {}

  /**
   * For the layers of a state.
   *
   * @param frozenToo whether its frozen layer is not in the file yet
   */
  CheckpointWriter(TreeFile file, State state, boolean frozenToo) {
    this.file = file;
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
    for (Change change : changes) {
      write(txn, change, reverse);
    }
    sessions(txn, reverse);
    if (meta != null) {
      byte[] k = Keys.meta();
      System.arraycopy(k, 0, keyBytes, 0, k.length);
      records.bytes(meta.encode(), keyBytes, k.length);
      put(txn, k.length);
    }
    reverse.complete();
    return reverse;
  }

  /** In the order of keys: neighbours are on one page. */
  private List<Change> changes() {
    List<Change> changes = new ArrayList<>();
    Hamt.forEach(state.active.nodes, e -> add(changes, (Layer.NodeEntry) e));
    Layer frozen = state.frozen;
    if (frozen != null && frozenToo) {
      Hamt.forEach(
          frozen.nodes,
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

  private void write(Txn txn, Change change, Reverse reverse) {
    ZnodePath path = change.entry.path;
    int n = change.key.length;
    System.arraycopy(change.key, 0, keyBytes, 0, n);
    byte[] old = get(txn, n);
    Node after = change.entry.node;
    if (old == null && after == null) {
      return;
    }
    reverse.znode(change.entry, old);
    if (after == null) {
      txn.delete(room);
    } else {
      records.znode(after, path, keyBytes, n);
      put(txn, n);
    }
    long ownerBefore = old == null ? 0 : Records.owner(old);
    long ownerAfter = after == null ? 0 : after.owner();
    if (ownerBefore != ownerAfter) {
      owner(txn, path, ownerBefore, false, reverse);
      owner(txn, path, ownerAfter, true, reverse);
    }
  }

  private void owner(Txn txn, ZnodePath path, long owner, boolean present, Reverse reverse) {
    if (owner == 0) {
      return;
    }
    reverse.owned(owner, path, !present);
    int n = Keys.owned(owner, path, keyBytes);
    if (present) {
      records.bytes(Keys.isLong(path) ? path.bytes() : new byte[0], keyBytes, n);
      put(txn, n);
    } else {
      txn.delete(room.key(keyBytes, n));
    }
  }

  private void sessions(Txn txn, Reverse reverse) {
    Hamt.forEach(state.active.sessions, e -> session(txn, (Layer.SessionEntry) e, reverse));
    Layer frozen = state.frozen;
    if (frozen != null && frozenToo) {
      Hamt.forEach(
          frozen.sessions,
          e -> {
            if (state.active.session(e.hash, e.key()) == null) {
              session(txn, (Layer.SessionEntry) e, reverse);
            }
          });
    }
  }

  private void session(Txn txn, Layer.SessionEntry entry, Reverse reverse) {
    byte[] id = entry.key();
    int n = Keys.session(id, keyBytes);
    byte[] old = get(txn, n);
    int before = old == null ? Layer.SessionEntry.GONE : Records.number(old);
    if (before == entry.timeoutMs) {
      return;
    }
    reverse.session(id, before);
    if (entry.present) {
      records.number(entry.timeoutMs, keyBytes, n);
      put(txn, n);
    } else {
      txn.delete(room);
    }
  }

  private byte @Nullable [] get(Txn txn, int keyLength) {
    if (!txn.get(room.key(keyBytes, keyLength))) {
      return null;
    }
    byte[] value = new byte[Math.toIntExact(room.valueLength())];
    Memory.copyOut(room.valueAddress(), value, 0, value.length);
    records.check(value, keyBytes, keyLength);
    return value;
  }

  private void put(Txn txn, int keyLength) {
    txn.reserve(room.key(keyBytes, keyLength), records.length());
    Memory.copyIn(records.buffer(), 0, records.length(), room.valueAddress());
  }
}
