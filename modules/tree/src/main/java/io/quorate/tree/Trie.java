package io.quorate.tree;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A persistent hash trie keyed by bytes. Old roots stay as they are, except that parts made in the
 * current {@link Edit} are changed in place; so a batch of changes copies each part once.
 *
 * <p>Leaves are buckets of up to 32 entries with their hashes beside them: about 12 bytes an entry,
 * and a look-up touches one entry. A bucket at the end of the hash grows without limit; the hash is
 * seeded so that nobody can fill one on purpose.
 */
final class Trie {
  private static final int BUCKET_MAX = 32;
  private static final int BITS = 2;
  private static final int FANOUT = 1 << BITS;
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private Trie() {}

  /** Something with a key. */
  abstract static class Keyed {
    /** The array that starts with the key. */
    abstract byte[] key();

    /** The key's length. */
    abstract int keyLength();
  }

  /** The right to change parts in place, and what the last operation met. */
  static final class Edit {
    /**
     * Parts with this number are this edit's own. A long, because numbers must not come again: old
     * parts would then be changed under those who hold them.
     */
    long id = 1;

    /** The entry that the last put replaced or the last remove took out. */
    @Nullable Keyed previous;
  }

  private static final class Bucket {
    final long edit;
    int size;
    int[] hashes;
    Keyed[] entries;

    Bucket(long edit, int size, int[] hashes, Keyed[] entries) {
      this.edit = edit;
      this.size = size;
      this.hashes = hashes;
      this.entries = entries;
    }

    int indexOf(int hash, byte[] key, int offset, int length) {
      int[] h = hashes;
      for (int i = 0; i < size; i++) {
        if (h[i] == hash) {
          Keyed e = entries[i];
          if (e.keyLength() == length
              && Arrays.equals(e.key(), 0, length, key, offset, offset + length)) {
            return i;
          }
        }
      }
      return -1;
    }

    Bucket own(long edit, int room) {
      if (this.edit == edit) {
        return this;
      }
      int capacity = (size + room + 3) & ~3;
      return new Bucket(
          edit, size, Arrays.copyOf(hashes, capacity), Arrays.copyOf(entries, capacity));
    }

    void add(int hash, Keyed entry) {
      if (size == hashes.length) {
        int capacity = size < 8 ? size + 4 : size + 8;
        hashes = Arrays.copyOf(hashes, capacity);
        entries = Arrays.copyOf(entries, capacity);
      }
      hashes[size] = hash;
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
    int h = seed ^ length * 0x9e3779b1;
    int i = offset;
    int end = offset + length;
    for (; i + 4 <= end; i += 4) {
      h = (h ^ (int) INT.get(b, i)) * 0x85ebca6b;
      h ^= h >>> 15;
    }
    for (; i < end; i++) {
      h = (h ^ b[i]) * 0x01000193;
    }
    h ^= h >>> 16;
    h *= 0x7feb352d;
    h ^= h >>> 15;
    h *= 0x846ca68b;
    return h ^ h >>> 16;
  }

  /** The entry with this key, or null. */
  static @Nullable Keyed find(@Nullable Object root, int hash, byte[] key, int offset, int length) {
    Object at = root;
    int shift = 0;
    while (at instanceof Branch branch) {
      at = branch.slots[hash >>> shift & FANOUT - 1];
      shift += BITS;
    }
    if (at == null) {
      return null;
    }
    Bucket bucket = (Bucket) at;
    int i = bucket.indexOf(hash, key, offset, length);
    return i < 0 ? null : bucket.entries[i];
  }

  /** Adds or replaces; {@link Edit#previous} tells which. Returns the new root. */
  static Object put(@Nullable Object root, int hash, Keyed entry, Edit edit) {
    edit.previous = null;
    return put(root, 0, hash, entry, edit);
  }

  private static Object put(@Nullable Object at, int shift, int hash, Keyed entry, Edit edit) {
    if (at == null) {
      int[] hashes = {hash, 0, 0, 0};
      Keyed[] entries = new Keyed[4];
      entries[0] = entry;
      return new Bucket(edit.id, 1, hashes, entries);
    }
    if (at instanceof Branch branch) {
      int slot = hash >>> shift & FANOUT - 1;
      Object before = branch.slots[slot];
      Object after = put(before, shift + BITS, hash, entry, edit);
      return after == before ? branch : with(branch, slot, after, edit);
    }
    Bucket bucket = (Bucket) at;
    int i = bucket.indexOf(hash, entry.key(), 0, entry.keyLength());
    if (i >= 0) {
      Bucket own = bucket.own(edit.id, 0);
      edit.previous = own.entries[i];
      own.entries[i] = entry;
      return own;
    }
    if (bucket.size >= BUCKET_MAX && shift < Integer.SIZE) {
      return put(split(bucket, shift, edit.id), shift, hash, entry, edit);
    }
    Bucket own = bucket.own(edit.id, 1);
    own.add(hash, entry);
    return own;
  }

  private static Branch split(Bucket bucket, int shift, long edit) {
    Bucket[] parts = new Bucket[FANOUT];
    for (int i = 0; i < bucket.size; i++) {
      int slot = bucket.hashes[i] >>> shift & FANOUT - 1;
      if (parts[slot] == null) {
        parts[slot] = new Bucket(edit, 0, new int[8], new Keyed[8]);
      }
      parts[slot].add(bucket.hashes[i], bucket.entries[i]);
    }
    @Nullable Object[] slots = new @Nullable Object[FANOUT];
    System.arraycopy(parts, 0, slots, 0, FANOUT);
    return new Branch(edit, slots);
  }

  /** Removes; {@link Edit#previous} is what was removed, or null. Returns the new root. */
  static @Nullable Object remove(
      @Nullable Object root, int hash, byte[] key, int offset, int length, Edit edit) {
    edit.previous = null;
    return remove(root, 0, hash, key, offset, length, edit);
  }

  private static @Nullable Object remove(
      @Nullable Object at, int shift, int hash, byte[] key, int offset, int length, Edit edit) {
    if (at == null) {
      return null;
    }
    if (at instanceof Branch branch) {
      int slot = hash >>> shift & FANOUT - 1;
      Object before = branch.slots[slot];
      Object after = remove(before, shift + BITS, hash, key, offset, length, edit);
      return after == before ? branch : with(branch, slot, after, edit);
    }
    Bucket bucket = (Bucket) at;
    int i = bucket.indexOf(hash, key, offset, length);
    if (i < 0) {
      return bucket;
    }
    edit.previous = bucket.entries[i];
    if (bucket.size == 1) {
      return null;
    }
    Bucket own = bucket.own(edit.id, 0);
    int last = --own.size;
    own.hashes[i] = own.hashes[last];
    own.entries[i] = own.entries[last];
    clear(own.entries, last);
    return own;
  }

  @SuppressWarnings("NullAway") // the slots behind the size hold null and are not read
  private static void clear(Keyed[] entries, int i) {
    entries[i] = null;
  }

  private static Object with(Branch branch, int slot, @Nullable Object value, Edit edit) {
    if (branch.edit == edit.id) {
      branch.slots[slot] = value;
      return branch;
    }
    @Nullable Object[] slots = branch.slots.clone();
    slots[slot] = value;
    return new Branch(edit.id, slots);
  }

  /** Calls for each entry. */
  static void forEach(@Nullable Object root, Consumer<Keyed> each) {
    if (root instanceof Branch branch) {
      for (Object slot : branch.slots) {
        forEach(slot, each);
      }
    } else if (root instanceof Bucket bucket) {
      for (int i = 0; i < bucket.size; i++) {
        each.accept(bucket.entries[i]);
      }
    }
  }
}
