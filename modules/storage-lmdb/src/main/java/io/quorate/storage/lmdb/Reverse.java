package io.quorate.storage.lmdb;

import io.quorate.api.ZnodePath;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a checkpoint wrote over: it makes the state before from the one after, for those who still
 * have a view of it. Made at each checkpoint and seldom looked at for long, so it keeps of a znode
 * what was found in the file and no more. Any thread.
 */
final class Reverse {
  private static final byte[] ABSENT = {};

  private final int seed;
  private Layer.NodeEntry[] written;
  private byte[][] before;
  private int count;
  private int[] places = {};
  private final Layer rest = new Layer();
  private final LayerEditor editor;
  private boolean hasFamilies; // guarded by this
  private @Nullable Object families; // guarded by this

  /**
   * Nothing yet.
   *
   * @param size how many znodes it is for at most
   */
  Reverse(int seed, int size) {
    this.seed = seed;
    this.written = new Layer.NodeEntry[size];
    this.before = new byte[size][];
    this.editor = new LayerEditor(seed, rest);
  }

  /** A znode was written; it had this checked record before, or was not there. */
  void znode(Layer.NodeEntry now, byte @Nullable [] record) {
    written[count] = now;
    before[count++] = record == null ? ABSENT : record;
  }

  /** A session's timeout was written; it was this before. */
  void session(byte[] id, int timeoutMs) {
    editor.session(id, timeoutMs);
  }

  /** An owner got a znode or lost it; it had it before or not. */
  void owned(long owner, ZnodePath path, boolean present) {
    editor.owned(owner, path, present);
  }

  /** There is nothing more to come; before others see it. */
  void complete() {
    written = Arrays.copyOf(written, count);
    before = Arrays.copyOf(before, count);
    places = new int[Integer.highestOneBit(Math.max(4, count)) * 4];
    for (int i = 0; i < count; i++) {
      int place = first(written[i].hash);
      while (places[place] != 0) {
        place = place + 1 & places.length - 1;
      }
      places[place] = i + 1;
    }
  }

  private int first(int hash) {
    return (hash ^ hash >>> 16) & places.length - 1;
  }

  /** Where the znode is among those that were written, or -1. */
  int indexOf(int hash, byte[] path) {
    for (int place = first(hash); places[place] != 0; place = place + 1 & places.length - 1) {
      int i = places[place] - 1;
      Layer.NodeEntry entry = written[i];
      if (entry.hash == hash && Arrays.equals(entry.key(), path)) {
        return i;
      }
    }
    return -1;
  }

  /** What was stored of a znode before, or null if it was not there. */
  @Nullable Node before(int index) {
    byte[] record = before[index];
    return record.length == 0 ? null : new Records().znode(record);
  }

  /** Sessions and what owners own, as they were. */
  Layer sessionsAndOwners() {
    return rest;
  }

  /** The children of each parent that were not there before, or are there no longer. */
  synchronized @Nullable Object families() {
    if (!hasFamilies) {
      for (int i = 0; i < count; i++) {
        Layer.NodeEntry entry = written[i];
        boolean wasThere = before[i].length > 0;
        if (wasThere != (entry.node != null) && !entry.path.isRoot()) {
          byte[] path = entry.key();
          byte[] name = Arrays.copyOfRange(path, entry.path.nameOffset(), path.length);
          byte[] parent = State.key(entry.path.parent()).bytes();
          families = editor.mark(families, parent, name, wasThere);
        }
      }
      hasFamilies = true;
    }
    return families;
  }
}
