package io.quorate.storage.lmdb;

import io.quorate.api.Acl;
import io.quorate.api.ZnodePath;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Values of the database. Each begins with the CRC-32C of its key and all that follows, since LMDB
 * has no checksums: a flipped bit, or a value under another key, is found when it is read.
 *
 * <p>A znode's record: checksum 4, flags 1, czxid 8, ctime 8, then what the flags tell (mzxid 8,
 * mtime 8, version 4; pzxid 8, created children 4, children 4; owner 8; ACL version 4; ACL; path),
 * then the data. Znodes that were only created, the most of all, have 21 bytes before their data.
 * Numbers are little-endian.
 *
 * <p>Belongs to one thread at a time.
 */
final class Records {
  private static final int NULL_DATA = 1;
  private static final int OPEN_ACL = 2;
  private static final int NO_ACL = 4;
  private static final int CHANGED = 8;
  private static final int PARENT = 16;
  private static final int OWNED = 32;
  private static final int ACL_VERSION = 64;
  private static final int PATH = 128;
  private static final int CHECKSUM_BYTES = 4;
  private static final int FIXED_BYTES = 21;
  private static final int SMALLEST_BUFFER = 512;
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final CRC32C crc = new CRC32C();
  private byte[] buffer = {};
  private int length;
  private int at;

  /** A value that is not what was written. */
  static final class Damaged extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Damaged(String problem) {
      super(problem);
    }
  }

  /** The value that was written last: this many bytes of {@link #buffer}. */
  int length() {
    return length;
  }

  byte[] buffer() {
    return buffer;
  }

  /** Writes a znode's record into the buffer. */
  void znode(Node n, ZnodePath path, byte[] key, int keyLength) {
    int flags = flags(n) | (Keys.isLong(path) ? PATH : 0);
    reserve(128 + n.dataBytes() + path.length());
    at = CHECKSUM_BYTES;
    buffer[at++] = (byte) flags;
    put(n.czxid());
    put(n.ctime());
    if ((flags & CHANGED) != 0) {
      put(n.mzxid());
      put(n.mtime());
      put(n.version());
    }
    if ((flags & PARENT) != 0) {
      put(n.pzxid());
      put(n.createdChildren());
      put(n.childCount());
    }
    if ((flags & OWNED) != 0) {
      put(n.owner());
    }
    if ((flags & ACL_VERSION) != 0) {
      put(n.aversion());
    }
    if ((flags & (OPEN_ACL | NO_ACL)) == 0) {
      put(n.acl());
    }
    if ((flags & PATH) != 0) {
      put(path.bytes());
    }
    reserve(at + n.dataBytes());
    System.arraycopy(n.array(), n.offset(), buffer, at, n.dataBytes());
    at += n.dataBytes();
    finish(key, keyLength);
  }

  @SuppressWarnings("ReferenceEquality") // as Acl.NONE says
  private static int flags(Node n) {
    int flags = n.length() < 0 ? NULL_DATA : 0;
    flags |= n.acl() == Acl.NONE ? NO_ACL : n.acl().equals(Acl.OPEN) ? OPEN_ACL : 0;
    if (n.mzxid() != n.czxid() || n.mtime() != n.ctime() || n.version() != 0) {
      flags |= CHANGED;
    }
    if (n.pzxid() != n.czxid() || n.createdChildren() != 0 || n.childCount() != 0) {
      flags |= PARENT;
    }
    return flags | (n.owner() != 0 ? OWNED : 0) | (n.aversion() != 0 ? ACL_VERSION : 0);
  }

  /** Writes a value of one number. */
  void number(int value, byte[] key, int keyLength) {
    reserve(CHECKSUM_BYTES + 4);
    at = CHECKSUM_BYTES;
    put(value);
    finish(key, keyLength);
  }

  /** Writes a value of some bytes. */
  void bytes(byte[] bytes, byte[] key, int keyLength) {
    reserve(CHECKSUM_BYTES + bytes.length);
    System.arraycopy(bytes, 0, buffer, CHECKSUM_BYTES, bytes.length);
    at = CHECKSUM_BYTES + bytes.length;
    finish(key, keyLength);
  }

  private void finish(byte[] key, int keyLength) {
    length = at;
    INT.set(buffer, 0, checksum(buffer, length, key, keyLength));
  }

  private int checksum(byte[] value, int length, byte[] key, int keyLength) {
    crc.reset();
    crc.update(key, 0, keyLength);
    crc.update(value, CHECKSUM_BYTES, length - CHECKSUM_BYTES);
    return (int) crc.getValue();
  }

  /** Throws unless the value is what was written under this key. */
  void check(byte[] value, byte[] key, int keyLength) {
    if (value.length < CHECKSUM_BYTES
        || (int) INT.get(value, 0) != checksum(value, value.length, key, keyLength)) {
      throw new Damaged("a record's checksum does not match");
    }
  }

  /** The number of a checked value. */
  static int number(byte[] value) {
    if (value.length != CHECKSUM_BYTES + 4) {
      throw new Damaged("a number of " + value.length + " bytes");
    }
    return (int) INT.get(value, CHECKSUM_BYTES);
  }

  /** The bytes of a checked value. */
  static byte[] bytes(byte[] value) {
    return Arrays.copyOfRange(value, CHECKSUM_BYTES, value.length);
  }

  /** The znode of a checked value; it keeps the array. */
  Node znode(byte[] v) {
    if (v.length < FIXED_BYTES) {
      throw new Damaged("a znode of " + v.length + " bytes");
    }
    int flags = v[CHECKSUM_BYTES];
    at = CHECKSUM_BYTES + 1;
    long czxid = getLong(v);
    long ctime = getLong(v);
    boolean changed = (flags & CHANGED) != 0;
    long mzxid = changed ? getLong(v) : czxid;
    long mtime = changed ? getLong(v) : ctime;
    int version = changed ? getInt(v) : 0;
    boolean parent = (flags & PARENT) != 0;
    long pzxid = parent ? getLong(v) : czxid;
    int created = parent ? getInt(v) : 0;
    int children = parent ? getInt(v) : 0;
    long owner = (flags & OWNED) != 0 ? getLong(v) : 0;
    int aversion = (flags & ACL_VERSION) != 0 ? getInt(v) : 0;
    Acl acl = (flags & NO_ACL) != 0 ? Acl.NONE : (flags & OPEN_ACL) != 0 ? Acl.OPEN : getAcl(v);
    if ((flags & PATH) != 0) {
      int path = getInt(v); // moves on by itself
      at += path;
    }
    int length = (flags & NULL_DATA) != 0 ? -1 : v.length - at;
    return new Node(
        v, at, length, acl, owner, czxid, mzxid, pzxid, ctime, mtime, version, aversion, created,
        children);
  }

  /** The owner of a checked znode's record, or 0. */
  static long owner(byte[] v) {
    int flags = v[CHECKSUM_BYTES];
    if ((flags & OWNED) == 0) {
      return 0;
    }
    int at = FIXED_BYTES + ((flags & CHANGED) != 0 ? 20 : 0) + ((flags & PARENT) != 0 ? 16 : 0);
    return (long) LONG.get(v, at);
  }

  /** The path in a checked znode's record, or null if its key tells. */
  @Nullable ZnodePath path(byte[] v) {
    int flags = v[CHECKSUM_BYTES];
    if ((flags & PATH) == 0) {
      return null;
    }
    at = FIXED_BYTES + ((flags & CHANGED) != 0 ? 20 : 0) + ((flags & PARENT) != 0 ? 16 : 0);
    at += ((flags & OWNED) != 0 ? 8 : 0) + ((flags & ACL_VERSION) != 0 ? 4 : 0);
    if ((flags & (OPEN_ACL | NO_ACL)) == 0) {
      getAcl(v);
    }
    int n = getInt(v);
    return ZnodePath.copyOf(v, at, n);
  }

  private void reserve(int bytes) {
    if (buffer.length < bytes) {
      buffer = Arrays.copyOf(buffer, Math.max(Math.max(bytes, SMALLEST_BUFFER), 2 * buffer.length));
    }
  }

  private void put(int v) {
    INT.set(buffer, at, v);
    at += 4;
  }

  private void put(long v) {
    LONG.set(buffer, at, v);
    at += 8;
  }

  private void put(byte[] bytes) {
    reserve(at + 4 + bytes.length + 64);
    put(bytes.length);
    System.arraycopy(bytes, 0, buffer, at, bytes.length);
    at += bytes.length;
  }

  private void put(Acl acl) {
    reserve(at + 64);
    put(acl.entries().size());
    for (Acl.Entry e : acl.entries()) {
      put(e.perms());
      put(e.scheme().getBytes(StandardCharsets.UTF_8));
      put(e.id().getBytes(StandardCharsets.UTF_8));
    }
  }

  private int getInt(byte[] v) {
    int i = (int) INT.get(v, at);
    at += 4;
    return i;
  }

  private long getLong(byte[] v) {
    long l = (long) LONG.get(v, at);
    at += 8;
    return l;
  }

  private Acl getAcl(byte[] v) {
    int count = getInt(v);
    List<Acl.Entry> entries = new ArrayList<>(Math.min(count, 16));
    for (int i = 0; i < count; i++) {
      int perms = getInt(v);
      entries.add(new Acl.Entry(perms, getText(v), getText(v)));
    }
    return new Acl(entries);
  }

  private String getText(byte[] v) {
    int n = getInt(v);
    String text = new String(v, at, n, StandardCharsets.UTF_8);
    at += n;
    return text;
  }
}
