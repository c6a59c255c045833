package io.quorate.storage.lmdb;

import io.quorate.api.ZnodePath;
import org.jspecify.annotations.Nullable;

/** Puts differences into a layer. One thread. */
final class LayerEditor {
  /** About what an entry takes beside path and data. */
  private static final int ENTRY_BYTES = 220;

  private static final int MARK_BYTES = 60;

  /**
   * What a znode that was made counts beside its own entry and its parent's. No later change saves
   * its write, so to wait for more of them makes a start after a kill longer and nothing quicker.
   */
  private static final int MADE_WORK = 4;

  private final int seed;
  private final Hamt.Edit edit = new Hamt.Edit();
  private Layer layer;

  LayerEditor(int seed, Layer layer) {
    this.seed = seed;
    this.layer = layer;
  }

  /** Goes on with another layer, or with the same one while what it held is kept by others. */
  void use(Layer layer) {
    this.layer = layer;
    edit.id++;
  }

  private int hash(byte[] key) {
    return Hamt.hash(seed, key, 0, key.length);
  }

  /** Puts a znode, or that there is none. */
  void node(int hash, ZnodePath path, @Nullable Node node) {
    put(hash, path, node);
  }

  /** Puts a parent whose child came or went. */
  void parent(int hash, ZnodePath path, Node node, ZnodePath child, boolean present) {
    Layer.NodeEntry entry = put(hash, path, node);
    entry.kin = Kin.add(entry.kin, child, present, node.childCount(), seed, edit);
    layer.bytes += MARK_BYTES;
  }

  private Layer.NodeEntry put(int hash, ZnodePath path, @Nullable Node node) {
    layer.work++;
    Layer.NodeEntry entry = new Layer.NodeEntry(hash, path, node);
    layer.nodes = Hamt.put(layer.nodes, entry, edit);
    layer.bytes += dataBytes(node);
    Layer.NodeEntry before = (Layer.NodeEntry) edit.previous;
    if (before == null) {
      layer.bytes += ENTRY_BYTES + path.length();
      layer.addToSketch(hash);
    } else {
      layer.bytes -= dataBytes(before.node);
      entry.kin = before.kin;
    }
    return entry;
  }

  /** A znode was made, not changed. */
  void made() {
    layer.work += MADE_WORK;
  }

  private static int dataBytes(@Nullable Node node) {
    return node == null ? 0 : node.dataBytes();
  }

  /** Puts whether an owner has a znode. */
  void owned(long owner, ZnodePath path, boolean present) {
    layer.owned = mark(layer.owned, Keys.id(owner), path.bytes(), present);
  }

  /** Puts an item's mark into groups by key; returns the groups. */
  Object mark(@Nullable Object groups, byte[] key, byte[] item, boolean present) {
    int hash = hash(key);
    Object before = Layer.marks(groups, hash, key);
    Object now = Hamt.put(before, new Layer.Mark(hash(item), item, present), edit);
    layer.bytes += edit.previous == null ? MARK_BYTES + item.length : 0;
    if (groups != null && now == before) {
      return groups;
    }
    Object put = Hamt.put(groups, new Layer.MarksEntry(hash, key, now), edit);
    layer.bytes += edit.previous == null ? MARK_BYTES + key.length : 0;
    return put;
  }

  /** Puts a session, or that it is gone. */
  void session(byte[] id, int timeoutMs) {
    layer.sessions =
        Hamt.put(layer.sessions, new Layer.SessionEntry(hash(id), id, timeoutMs), edit);
    layer.bytes += edit.previous == null ? MARK_BYTES : 0;
  }
}
