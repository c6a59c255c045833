package io.quorate.tree;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * One array with all that every znode has. An array has no second object to point to, which halves
 * what the collector has to copy; and what few znodes have takes no room in the others.
 *
 * <pre>
 * int   length of the name, and four flags in its top bits
 * name
 * long  czxid
 * long  ctime
 * long  mzxid   \
 * long  mtime    } if CHANGED: else as at the creation, and version 0
 * int   version /
 * long  owner      if OWNED: else 0
 * int   aversion   if AVERSION: else 0
 * data
 * </pre>
 */
final class ZnodeRecord {
  /** Where the name begins. */
  static final int NAME = 4;

  private static final int NULL_DATA = 1 << 31;
  private static final int CHANGED = 1 << 30;
  private static final int OWNED = 1 << 29;
  private static final int AVERSION = 1 << 28;
  private static final int LENGTH = AVERSION - 1;

  private static final int CREATED_BYTES = 16;
  private static final int CHANGED_BYTES = 20;

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private ZnodeRecord() {}

  /**
   * A record whose name and data are copied out of these arrays.
   *
   * @param dataLength -1 for null data
   */
  static byte[] of(
      byte[] nameIn,
      int nameAt,
      int nameLength,
      byte @Nullable [] dataIn,
      int dataAt,
      int dataLength,
      long owner,
      int version,
      int aversion,
      long czxid,
      long mzxid,
      long ctime,
      long mtime) {
    int head = nameLength;
    if (dataLength < 0) {
      head |= NULL_DATA;
    }
    if (mzxid != czxid || mtime != ctime || version != 0) {
      head |= CHANGED;
    }
    if (owner != 0) {
      head |= OWNED;
    }
    if (aversion != 0) {
      head |= AVERSION;
    }
    int data = dataOffset(head);
    byte[] r = new byte[data + Math.max(0, dataLength)];
    INT.set(r, 0, head);
    System.arraycopy(nameIn, nameAt, r, NAME, nameLength);
    int at = NAME + nameLength;
    LONG.set(r, at, czxid);
    LONG.set(r, at + 8, ctime);
    if ((head & CHANGED) != 0) {
      LONG.set(r, at + 16, mzxid);
      LONG.set(r, at + 24, mtime);
      INT.set(r, at + 32, version);
    }
    if (owner != 0) {
      LONG.set(r, ownerOffset(head), owner);
    }
    if (aversion != 0) {
      INT.set(r, aversionOffset(head), aversion);
    }
    if (dataIn != null && dataLength > 0) {
      System.arraycopy(dataIn, dataAt, r, data, dataLength);
    }
    return r;
  }

  private static int head(byte[] r) {
    return (int) INT.get(r, 0);
  }

  private static int ownerOffset(int head) {
    int created = NAME + (head & LENGTH) + CREATED_BYTES;
    return (head & CHANGED) == 0 ? created : created + CHANGED_BYTES;
  }

  private static int aversionOffset(int head) {
    return ownerOffset(head) + ((head & OWNED) == 0 ? 0 : 8);
  }

  private static int dataOffset(int head) {
    return aversionOffset(head) + ((head & AVERSION) == 0 ? 0 : 4);
  }

  static int nameLength(byte[] r) {
    return head(r) & LENGTH;
  }

  static long czxid(byte[] r) {
    return (long) LONG.get(r, NAME + nameLength(r));
  }

  static long ctime(byte[] r) {
    return (long) LONG.get(r, NAME + nameLength(r) + 8);
  }

  static long mzxid(byte[] r) {
    int head = head(r);
    return (long) LONG.get(r, NAME + (head & LENGTH) + ((head & CHANGED) == 0 ? 0 : 16));
  }

  static long mtime(byte[] r) {
    int head = head(r);
    return (long) LONG.get(r, NAME + (head & LENGTH) + ((head & CHANGED) == 0 ? 8 : 24));
  }

  static int version(byte[] r) {
    int head = head(r);
    return (head & CHANGED) == 0 ? 0 : (int) INT.get(r, NAME + (head & LENGTH) + 32);
  }

  static long owner(byte[] r) {
    int head = head(r);
    return (head & OWNED) == 0 ? 0 : (long) LONG.get(r, ownerOffset(head));
  }

  static int aversion(byte[] r) {
    int head = head(r);
    return (head & AVERSION) == 0 ? 0 : (int) INT.get(r, aversionOffset(head));
  }

  static int dataOffset(byte[] r) {
    return dataOffset(head(r));
  }

  /** -1 for null data. */
  static int dataLength(byte[] r) {
    int head = head(r);
    return head < 0 ? -1 : r.length - dataOffset(head);
  }
}
