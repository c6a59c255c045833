package io.quorate.storage.lmdb;

import io.quorate.api.ZnodePath;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Some items of a scan over keys with one prefix: as many as are read while a slot is held, so that
 * a scan of a million children holds neither a slot nor memory for long. Goes on where it stopped,
 * also in a later generation.
 */
final class Batch {
  /** What is read of a key and its value. */
  enum Kind {
    /** A child's name, from the key. */
    NAME,
    /** A child's name, from the path in its record. */
    LONG_NAME,
    /** An owned znode's path, from the key or else from the value. */
    PATH,
    /** A session's id, with its timeout. */
    SESSION,
    /** An owner; the others of its keys are passed over. */
    OWNER
  }

  private static final int ITEMS = 512;
  private static final int BYTES = 1 << 15;
  private static final int FEW = 16;

  private final Kind kind;
  private final byte[] prefix;
  private int[] ends = new int[FEW];
  private int[] numbers = {};
  private byte[] bytes = {};
  private int count;
  private byte @Nullable [] position;
  private boolean ended;

  Batch(Kind kind, byte[] prefix) {
    this.kind = kind;
    this.prefix = prefix;
  }

  int count() {
    return count;
  }

  /** Whether there is nothing behind what was read. */
  boolean ended() {
    return ended;
  }

  /** The last key that was read, one behind all that have the prefix, or null. */
  byte @Nullable [] position() {
    return position;
  }

  /** The array that holds the items; never changed again. */
  byte[] bytes() {
    return bytes;
  }

  int start(int item) {
    return item == 0 ? 0 : ends[item - 1];
  }

  int end(int item) {
    return ends[item];
  }

  int number(int item) {
    return item < numbers.length ? numbers[item] : 0;
  }

  /** Reads the next items. */
  void read(Base base, Slot slot) {
    count = 0;
    bytes = new byte[Math.max(bytes.length, 256)];
    byte[] from = position;
    byte[] key = slot.keyBytes;
    byte[] start = from == null ? prefix : from;
    System.arraycopy(start, 0, key, 0, start.length);
    boolean more = slot.seek(start.length);
    int length = more ? Base.copyKey(slot.room, key) : 0;
    if (more && from != null && Arrays.equals(from, 0, from.length, key, 0, length)) {
      more = slot.next();
      length = more ? Base.copyKey(slot.room, key) : 0;
    }
    while (more && startsWithPrefix(key, length)) {
      if (kind == Kind.NAME) {
        length = addNames(slot, key);
      } else {
        add(base, slot, key, length);
      }
      if (isFull()) {
        position = Arrays.copyOf(key, length);
        return;
      }
      if (kind == Kind.NAME) {
        more = slot.seek(length) && slot.next(); // both within the page, so no search
      } else if (kind == Kind.OWNER) {
        key[9] = (byte) 0xff; // behind all keys of this owner
        more = slot.seek(10);
      } else {
        more = slot.next();
      }
      length = more ? Base.copyKey(slot.room, key) : 0;
    }
    ended = true;
    byte[] behind = prefix.clone();
    behind[behind.length - 1]++;
    position = behind;
  }

  private boolean isFull() {
    return count == ITEMS || start(count) > BYTES;
  }

  /**
   * Reads what the leaf has of the prefix, from where the cursor stands on.
   *
   * @param key gets the last key that was read
   * @return its length
   */
  private int addNames(Slot slot, byte[] key) {
    Leaf leaf = slot.leaf();
    byte[] page = leaf.array();
    int at;
    int length;
    do {
      at = leaf.keyAt();
      length = leaf.keyLength();
      append(page, at + prefix.length, length - prefix.length);
      count++;
    } while (!isFull() && leaf.next() && leaf.keyStartsWith(prefix));
    System.arraycopy(page, at, key, 0, length);
    return length;
  }

  private boolean startsWithPrefix(byte[] key, int length) {
    return length >= prefix.length
        && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
  }

  private void add(Base base, Slot slot, byte[] key, int length) {
    switch (kind) {
      case NAME -> append(key, prefix.length, length - prefix.length);
      case OWNER -> append(key, 1, 8);
      case SESSION -> {
        if (numbers.length <= count) {
          numbers = Arrays.copyOf(numbers, Math.max(FEW, 2 * count));
        }
        numbers[count] = Records.number(checked(base, slot, key, length));
        append(key, 1, 8);
      }
      case LONG_NAME -> {
        ZnodePath path = slot.records.path(checked(base, slot, key, length));
        if (path == null) {
          throw new Records.Damaged("a long path is missing");
        }
        append(path.bytes(), path.nameOffset(), path.length() - path.nameOffset());
      }
      case PATH -> {
        if ((key[9] & 0xff) == Keys.LONG) {
          byte[] path = Records.bytes(checked(base, slot, key, length));
          append(path, 0, path.length);
        } else {
          append(key, 10, length - 10);
        }
      }
    }
    count++;
  }

  private static byte[] checked(Base base, Slot slot, byte[] key, int length) {
    byte[] value = base.copyValue(slot.room);
    slot.records.check(value, key, length);
    return value;
  }

  private void append(byte[] from, int at, int n) {
    int start = start(count);
    if (bytes.length < start + n) {
      bytes = Arrays.copyOf(bytes, Math.max(start + n, 2 * bytes.length));
    }
    System.arraycopy(from, at, bytes, start, n);
    if (ends.length == count) {
      ends = Arrays.copyOf(ends, 2 * count);
    }
    ends[count] = start + n;
  }
}
