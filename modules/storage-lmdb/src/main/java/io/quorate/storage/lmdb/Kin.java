package io.quorate.storage.lmdb;

import io.quorate.api.ZnodePath;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A parent's last child that came or went, with those before it: a chain, since most parents are
 * never listed while a layer holds their changes. Who lists makes {@link #marks} of it. The chain
 * is cut where it gets longer than the list would be. Immutable.
 */
final class Kin {
  /** Links that are not worth being put together, however few children there are. */
  private static final int FEW = 16;

  /** Parts of tries that {@link #marks} makes; those in layers have numbers above 0. */
  private static final long OWN_EDIT = -1;

  private final ZnodePath child;
  private final boolean present;
  private final @Nullable Kin before;
  private final int links;

  /** What is known of the children before the first link. */
  private final @Nullable Object earlier;

  private Kin(
      ZnodePath child, boolean present, @Nullable Kin before, @Nullable Object earlier, int links) {
    this.child = child;
    this.present = present;
    this.before = before;
    this.earlier = earlier;
    this.links = links;
  }

  /**
   * Adds a child that came or went.
   *
   * @param children how many the parent has now
   * @param edit of the layer that this is in
   */
  static Kin add(
      @Nullable Kin before,
      ZnodePath child,
      boolean present,
      int children,
      int seed,
      Hamt.Edit edit) {
    if (before == null) {
      return new Kin(child, present, null, null, 1);
    }
    if (before.links < FEW + children / 2) {
      return new Kin(child, present, before, before.earlier, before.links + 1);
    }
    return new Kin(child, present, null, before.marks(seed, edit), 1);
  }

  /** How long the chain is. */
  int links() {
    return links;
  }

  /** What this says: a trie of {@link Layer.Mark} by name. */
  Object marks(int seed) {
    Hamt.Edit edit = new Hamt.Edit();
    edit.id = OWN_EDIT;
    return marks(seed, edit);
  }

  private Object marks(int seed, Hamt.Edit edit) {
    Kin[] chain = new Kin[links];
    int n = links;
    for (Kin kin = this; kin != null; kin = kin.before) {
      chain[--n] = kin;
    }
    Object marks = earlier;
    for (Kin kin : chain) {
      byte[] path = kin.child.bytes();
      byte[] name = Arrays.copyOfRange(path, kin.child.nameOffset(), path.length);
      int hash = Hamt.hash(seed, name, 0, name.length);
      marks = Hamt.put(marks, new Layer.Mark(hash, name, kin.present), edit);
    }
    return java.util.Objects.requireNonNull(marks);
  }
}
