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
 * and a look-up touches one entry. Branches have 16 slots; a bucket can be in several slots of one
 * branch, and a full one is halved (extendible hashing, Fagin et al. 1979): buckets stay well
 * filled while a look-up among a million entries passes four branches. A bucket at the end of the
 * hash grows without limit; the hash is seeded so that nobody can fill one on purpose.
 */
final class Trie {
  private static final int BUCKET_MAX = 32;
  private static final int MERGED_MAX = BUCKET_MAX / 2; // far from full, or it would be halved soon
  private static final int BITS = 4;
  private static final int FANOUT = 1 << BITS;
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private Trie() {}

  /** An entry with a key; a {@link ZnodeRecord} by itself is an entry, too: its name is the key. */
  abstract static class Keyed {
    /** The array that holds the key. */
    abstract byte[] key();

    /** Where in the array the key begins. */
    int keyOffset() {
      return 0;
    }

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
    @Nullable Object previous;
  }

  private static final class Bucket {
    final long edit;
    final int depth; // so many low bits of the hash are the same in all entries
    int size;
    int[] hashes;
    Object[] entries;

    Bucket(long edit, int depth, int size, int[] hashes, Object[] entries) {
      this.edit = edit;
      this.depth = depth;
      this.size = size;
      this.hashes = hashes;
      this.entries = entries;
    }

    static Bucket empty(long edit, int depth, int room) {
      return new Bucket(edit, depth, 0, new int[room], new Object[room]);
    }

    int indexOf(int hash, byte[] key, int offset, int length) {
      int[] h = hashes;
      for (int i = 0; i < size; i++) {
        if (h[i] == hash && hasKey(entries[i], key, offset, length)) {
          return i;
        }
      }
      return -1;
    }

    int indexOf(int hash, Object entry) {
      return entry instanceof byte[] record
          ? indexOf(hash, record, ZnodeRecord.NAME, ZnodeRecord.nameLength(record))
          : indexOf(hash, (Keyed) entry);
    }

    private int indexOf(int hash, Keyed entry) {
      return indexOf(hash, entry.key(), entry.keyOffset(), entry.keyLength());
    }

    private static boolean hasKey(Object entry, byte[] key, int offset, int length) {
      if (entry instanceof byte[] record) {
        return ZnodeRecord.nameLength(record) == length
            && equal(record, ZnodeRecord.NAME, key, offset, length);
      }
      Keyed e = (Keyed) entry;
      return e.keyLength() == length && equal(e.key(), e.keyOffset(), key, offset, length);
    }

    private static boolean equal(byte[] a, int at, byte[] b, int offset, int length) {
      return Arrays.equals(a, at, at + length, b, offset, offset + length);
    }

    Bucket own(long edit, int room) {
      if (this.edit == edit) {
        return this;
      }
      int capacity = (size + room + 3) & ~3;
      return new Bucket(
          edit, depth, size, Arrays.copyOf(hashes, capacity), Arrays.copyOf(entries, capacity));
    }

    void add(int hash, Object entry) {
      if (size == hashes.length) {
        int capacity = size < 8 ? size + 4 : size + 8;
        hashes = Arrays.copyOf(hashes, capacity);
        entries = Arrays.copyOf(entries, capacity);
      }
      hashes[size] = hash;
      entries[size++] = entry;
    }

    void addAll(Bucket other) {
      for (int i = 0; i < other.size; i++) {
        add(other.hashes[i], other.entries[i]);
      }
    }
  }

  /** A bucket of depth {@code d} under a branch at bit {@code s} is in every 2^(d-s)th slot. */
  private static final class Branch {
    final long edit;
    final Object[] slots;

    Branch(long edit, Object[] slots) {
      this.edit = edit;
      this.slots = slots;
    }

    /** A branch with nothing but this bucket, to be halved at once. */
    static Branch of(Bucket bucket, long edit) {
      Object[] slots = new Object[FANOUT];
      Arrays.fill(slots, bucket);
      return new Branch(edit, slots);
    }

    Branch own(long edit) {
      return this.edit == edit ? this : new Branch(edit, slots.clone());
    }

    void set(int shift, int hash, Bucket bucket) {
      int step = 1 << bucket.depth - shift;
      for (int i = hash >>> shift & step - 1; i < FANOUT; i += step) {
        slots[i] = bucket;
      }
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
  static @Nullable Object find(
      @Nullable Object root, int hash, byte[] key, int offset, int length) {
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

  /**
   * Reads what a look-up or a put of this hash reads first, and gives a number made of it. These do
   * not wait for each other's cache misses, as look-ups with all their steps between do.
   */
  static int touch(@Nullable Object root, int hash) {
    Object at = root;
    int shift = 0;
    while (at instanceof Branch branch) {
      at = branch.slots[hash >>> shift & FANOUT - 1];
      shift += BITS;
    }
    if (!(at instanceof Bucket bucket) || bucket.size == 0) {
      return 0;
    }
    int last = bucket.size - 1;
    int[] h = bucket.hashes; // up to three cache lines
    return h[0] + h[last / 2] + h[last] + (bucket.entries[last] == null ? 0 : 1);
  }

  /** Adds or replaces; {@link Edit#previous} tells which. Returns the new root. */
  static Object put(@Nullable Object root, int hash, Object entry, Edit edit) {
    edit.previous = null;
    return put(root == null ? Bucket.empty(edit.id, 0, 4) : root, 0, hash, entry, edit);
  }

  private static Object put(Object at, int shift, int hash, Object entry, Edit edit) {
    if (at instanceof Branch branch) {
      return putBelow(branch, shift, hash, entry, edit);
    }
    Bucket bucket = (Bucket) at;
    int i = bucket.indexOf(hash, entry);
    if (i >= 0) {
      Bucket own = bucket.own(edit.id, 0);
      edit.previous = own.entries[i];
      own.entries[i] = entry;
      return own;
    }
    if (bucket.size >= BUCKET_MAX && shift < Integer.SIZE) {
      return putBelow(Branch.of(bucket, edit.id), shift, hash, entry, edit);
    }
    Bucket own = bucket.own(edit.id, 1);
    own.add(hash, entry);
    return own;
  }

  private static Branch putBelow(Branch branch, int shift, int hash, Object entry, Edit edit) {
    int slot = hash >>> shift & FANOUT - 1;
    Object before = branch.slots[slot];
    if (before instanceof Bucket bucket
        && bucket.size >= BUCKET_MAX
        && bucket.depth < shift + BITS
        && bucket.indexOf(hash, entry) < 0) {
      return putBelow(halved(branch, shift, bucket, edit.id), shift, hash, entry, edit);
    }
    Object after = put(before, shift + BITS, hash, entry, edit);
    return after == before ? branch : with(branch, shift, hash, after, edit.id);
  }

  private static Branch halved(Branch branch, int shift, Bucket bucket, long edit) {
    int bit = bucket.depth;
    int room = BUCKET_MAX / 2 + 4;
    Bucket zeros = Bucket.empty(edit, bit + 1, room);
    Bucket ones = Bucket.empty(edit, bit + 1, room);
    for (int i = 0; i < bucket.size; i++) {
      int hash = bucket.hashes[i];
      ((hash >>> bit & 1) == 0 ? zeros : ones).add(hash, bucket.entries[i]);
    }
    int common = bucket.hashes[0] & (1 << bit) - 1;
    Branch own = branch.own(edit);
    own.set(shift, common, zeros);
    own.set(shift, common | 1 << bit, ones);
    return own;
  }

  private static Branch with(Branch branch, int shift, int hash, Object part, long edit) {
    Branch own = branch.own(edit);
    if (part instanceof Bucket bucket) {
      own.set(shift, hash, bucket);
    } else {
      own.slots[hash >>> shift & FANOUT - 1] = part;
    }
    return own;
  }

  /** Removes; {@link Edit#previous} is what was removed, or null. Returns the new root. */
  static @Nullable Object remove(
      @Nullable Object root, int hash, byte[] key, int offset, int length, Edit edit) {
    edit.previous = null;
    if (root == null) {
      return null;
    }
    Object after = remove(root, 0, hash, key, offset, length, edit);
    return after instanceof Bucket bucket && bucket.size == 0 ? null : after;
  }

  private static Object remove(
      Object at, int shift, int hash, byte[] key, int offset, int length, Edit edit) {
    if (at instanceof Branch branch) {
      Object before = branch.slots[hash >>> shift & FANOUT - 1];
      Object after = remove(before, shift + BITS, hash, key, offset, length, edit);
      if (edit.previous == null) {
        return branch;
      }
      Branch now = after == before ? branch : with(branch, shift, hash, after, edit.id);
      return after instanceof Bucket bucket ? merged(now, shift, hash, bucket, edit.id) : now;
    }
    Bucket bucket = (Bucket) at;
    int i = bucket.indexOf(hash, key, offset, length);
    if (i < 0) {
      return bucket;
    }
    edit.previous = bucket.entries[i];
    Bucket own = bucket.own(edit.id, 0);
    int last = --own.size;
    own.hashes[i] = own.hashes[last];
    own.entries[i] = own.entries[last];
    clear(own.entries, last);
    return own;
  }

  /** Undoes halvings where little is left; a branch with one bucket becomes that bucket. */
  private static Object merged(Branch branch, int shift, int hash, Bucket bucket, long edit) {
    Branch at = branch;
    Bucket part = bucket;
    while (true) {
      int other = (hash >>> shift ^ 1 << part.depth - 1 - shift) & FANOUT - 1;
      if (!(at.slots[other] instanceof Bucket twin)
          || twin.depth != part.depth
          || part.size + twin.size > MERGED_MAX) {
        return at;
      }
      Bucket both = Bucket.empty(edit, part.depth - 1, (part.size + twin.size + 3) & ~3);
      both.addAll(part);
      both.addAll(twin);
      if (both.depth == shift) {
        return both;
      }
      part = both;
      at = with(at, shift, hash, both, edit);
    }
  }

  @SuppressWarnings("NullAway") // the slots behind the size hold null and are not read
  private static void clear(Object[] entries, int i) {
    entries[i] = null;
  }

  /** Calls for each entry. */
  static void forEach(@Nullable Object root, Consumer<Object> each) {
    forEach(root, 0, each);
  }

  private static void forEach(@Nullable Object at, int shift, Consumer<Object> each) {
    if (at instanceof Branch branch) {
      for (int i = 0; i < FANOUT; i++) {
        Object slot = branch.slots[i];
        if (!(slot instanceof Bucket bucket) || i < 1 << bucket.depth - shift) {
          forEach(slot, shift + BITS, each);
        }
      }
    } else if (at instanceof Bucket bucket) {
      for (int i = 0; i < bucket.size; i++) {
        each.accept(bucket.entries[i]);
      }
    }
  }
}
