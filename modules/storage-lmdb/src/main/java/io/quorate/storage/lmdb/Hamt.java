package io.quorate.storage.lmdb;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A persistent hash trie of entries that are keyed by bytes. Old roots stay as they are, except
 * that parts made in the current {@link Edit} are changed in place; so a batch of changes copies
 * each part once. Safe for readers on other threads from the moment a root was handed to them.
 */
final class Hamt {
  private static final int BITS = 4;
  private static final int FANOUT = 1 << BITS;
  private static final int BUCKET_MAX = 8;
  private static final long MULTIPLIER = 0x9e3779b97f4a7c15L;
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private Hamt() {}

  /** An entry; what it says of its key never changes. */
  abstract static class Entry {
    final int hash;

    Entry(int hash) {
      this.hash = hash;
    }

    /** The key, all of the array. */
    abstract byte[] key();
  }

  /** The right to change parts in place, and what the last operation met. */
  static final class Edit {
    /** Parts with this number are this edit's own; numbers do not come again. */
    long id = 1;

    /** The entry that the last put replaced, or null. */
    @Nullable Entry previous;
  }

  /** The hashes stand beside the entries, since each entry that is looked at may be far away. */
  private static final class Bucket {
    final long edit;
    int size;
    int[] hashes;
    @Nullable Entry[] entries;

    Bucket(long edit, int size, int[] hashes, @Nullable Entry[] entries) {
      this.edit = edit;
      this.size = size;
      this.hashes = hashes;
      this.entries = entries;
    }

    /** With room for this many. */
    Bucket(long edit, int room) {
      this(edit, 0, new int[room], new @Nullable Entry[room]);
    }

    void add(Entry entry, int more) {
      if (size == entries.length) {
        hashes = Arrays.copyOf(hashes, size + more);
        entries = Arrays.copyOf(entries, size + more);
      }
      hashes[size] = entry.hash;
      entries[size++] = entry;
    }
  }

  private static final class Branch {
    final long edit;
    final @Nullable Object[] slots;

    Branch(long edit, @Nullable Object[] slots) {
      this.edit = edit;
      this.slots = slots;
    }
  }

  /** A seeded hash of these bytes. */
  static int hash(int seed, byte[] b, int offset, int length) {
    long h = seed ^ length * MULTIPLIER;
    int i = offset;
    int end = offset + length;
    for (; i + 8 <= end; i += 8) {
      h = (h ^ (long) LONG.get(b, i)) * MULTIPLIER;
      h ^= h >>> 32;
    }
    for (; i < end; i++) {
      h = (h ^ b[i]) * MULTIPLIER;
    }
    h ^= h >>> 29;
    h *= 0xbf58476d1ce4e5b9L;
    return (int) (h >>> 32);
  }

  /** The entry with this key, or null. */
  static @Nullable Entry find(@Nullable Object root, int hash, byte[] key, int offset, int length) {
    Object at = root;
    int shift = 0;
    while (at instanceof Branch branch) {
      at = branch.slots[hash >>> shift & FANOUT - 1];
      shift += BITS;
    }
    if (!(at instanceof Bucket bucket)) {
      return null;
    }
    int i = indexOf(bucket, hash, key, offset, length);
    return i < 0 ? null : bucket.entries[i];
  }

  private static int indexOf(Bucket bucket, int hash, byte[] key, int offset, int length) {
    for (int i = 0; i < bucket.size; i++) {
      Entry e = bucket.hashes[i] == hash ? bucket.entries[i] : null;
      if (e != null) {
        byte[] k = e.key();
        if (k.length == length && Arrays.equals(k, 0, length, key, offset, offset + length)) {
          return i;
        }
      }
    }
    return -1;
  }

  /** Adds or replaces; {@link Edit#previous} tells which. Returns the new root. */
  static Object put(@Nullable Object root, Entry entry, Edit edit) {
    edit.previous = null;
    return put(root, 0, entry, edit);
  }

  private static Object put(@Nullable Object at, int shift, Entry entry, Edit edit) {
    if (at == null) {
      Bucket first = new Bucket(edit.id, 2);
      first.add(entry, 0);
      return first;
    }
    if (at instanceof Branch branch) {
      int slot = entry.hash >>> shift & FANOUT - 1;
      Object before = branch.slots[slot];
      Object after = put(before, shift + BITS, entry, edit);
      return after == before ? branch : with(branch, slot, after, edit);
    }
    Bucket bucket = (Bucket) at;
    byte[] key = entry.key();
    int i = indexOf(bucket, entry.hash, key, 0, key.length);
    if (i >= 0) {
      Bucket own = own(bucket, edit.id, 0);
      edit.previous = own.entries[i];
      own.entries[i] = entry;
      return own;
    }
    if (bucket.size >= BUCKET_MAX && shift < Integer.SIZE) {
      return put(split(bucket, shift, edit.id), shift, entry, edit);
    }
    Bucket own = own(bucket, edit.id, 1);
    own.add(entry, 2);
    return own;
  }

  private static Bucket own(Bucket bucket, long edit, int room) {
    return bucket.edit == edit
        ? bucket
        : new Bucket(
            edit,
            bucket.size,
            Arrays.copyOf(bucket.hashes, bucket.size + room),
            Arrays.copyOf(bucket.entries, bucket.size + room));
  }

  private static Branch split(Bucket bucket, int shift, long edit) {
    @Nullable Object[] slots = new @Nullable Object[FANOUT];
    for (int i = 0; i < bucket.size; i++) {
      Entry e = bucket.entries[i];
      if (e == null) {
        throw new IllegalStateException("a bucket with a hole");
      }
      int slot = e.hash >>> shift & FANOUT - 1;
      Bucket part = (Bucket) slots[slot];
      if (part == null) {
        part = new Bucket(edit, 4);
        slots[slot] = part;
      }
      part.add(e, 4);
    }
    return new Branch(edit, slots);
  }

  private static Object with(Branch branch, int slot, Object value, Edit edit) {
    if (branch.edit == edit.id) {
      branch.slots[slot] = value;
      return branch;
    }
    @Nullable Object[] slots = branch.slots.clone();
    slots[slot] = value;
    return new Branch(edit.id, slots);
  }

  /** Calls for each entry that is not the very same in an earlier root of this trie. */
  @SuppressWarnings("ReferenceEquality") // the very same: no look at keys
  static void forEachNew(@Nullable Object root, @Nullable Object earlier, Consumer<Entry> each) {
    if (root == earlier) {
      return;
    }
    if (root instanceof Branch branch) {
      for (int i = 0; i < FANOUT; i++) {
        // What is a branch now can have been a bucket.
        Object before = earlier instanceof Branch e ? e.slots[i] : earlier;
        forEachNew(branch.slots[i], before, each);
      }
    } else if (root instanceof Bucket bucket) {
      for (int i = 0; i < bucket.size; i++) {
        Entry e = bucket.entries[i];
        if (e != null && !(earlier instanceof Bucket before && isIn(before, e))) {
          each.accept(e);
        }
      }
    }
  }

  @SuppressWarnings("ReferenceEquality") // the very entry
  private static boolean isIn(Bucket bucket, Entry entry) {
    for (int i = 0; i < bucket.size; i++) {
      if (bucket.entries[i] == entry) {
        return true;
      }
    }
    return false;
  }

  /** Calls for each entry, in an order that means nothing. */
  static void forEach(@Nullable Object root, Consumer<Entry> each) {
    if (root instanceof Branch branch) {
      for (Object slot : branch.slots) {
        forEach(slot, each);
      }
    } else if (root instanceof Bucket bucket) {
      for (int i = 0; i < bucket.size; i++) {
        Entry e = bucket.entries[i];
        if (e != null) {
          each.accept(e);
        }
      }
    }
  }
}
