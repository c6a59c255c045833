package io.quorate.storage.lmdb;

import io.quorate.api.ZnodePath;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The keys of the one database. The first byte tells the kind:
 *
 * <ul>
 *   <li>{@link #META}: what the state says of itself.
 *   <li>1 to {@link #MAX_DEPTH_TAG}: a znode; the byte is its depth and 1, and its path follows. So
 *       one point read finds a znode, and the children of one are next to each other, in order.
 *   <li>{@link #LONG}: a znode whose path would not fit into a key: hash of its parent's path, hash
 *       of its name. Its record holds the path.
 *   <li>{@link #OWNER}: an owner and the key of a znode that it owns; container and TTL owners too.
 *   <li>{@link #SESSION}: a session's id.
 * </ul>
 *
 * <p>Hashes are the first bytes of SHA-256, so that two paths with one key can not be found.
 */
final class Keys {
  static final int META = 0;
  static final int MAX_DEPTH_TAG = 251;
  static final int LONG = 0xfc;
  static final int OWNER = 0xfd;
  static final int SESSION = 0xfe;

  /** What LMDB allows. */
  static final int MAX_BYTES = 511;

  /** The longest path that is a key; with tag and owner it just fits. */
  static final int MAX_DIRECT = MAX_BYTES - 10;

  private static final int HASH_BYTES = 24;

  private Keys() {}

  static byte[] meta() {
    return new byte[] {META};
  }

  /** Whether the path is in the record, not in the key. */
  static boolean isLong(ZnodePath path) {
    return path.length() > MAX_DIRECT;
  }

  /**
   * Writes the key of a znode.
   *
   * @return its end in {@code to}, or -1 if no znode can have this path
   */
  static int znode(ZnodePath path, byte[] to, int at) {
    if (path.isRoot()) {
      to[at] = 1;
      to[at + 1] = '/';
      return at + 2;
    }
    byte[] p = path.bytes();
    if (p[0] != '/') {
      return -1;
    }
    if (p.length > MAX_DIRECT) {
      int name = path.nameOffset();
      to[at] = (byte) LONG;
      hash(p, 0, name <= 1 ? 1 : name - 1, to, at + 1);
      hash(p, name, p.length - name, to, at + 1 + HASH_BYTES);
      return at + 1 + 2 * HASH_BYTES;
    }
    int depth = slashes(p);
    if (depth >= MAX_DEPTH_TAG) {
      return -1; // there would be names without a letter
    }
    to[at] = (byte) (depth + 1);
    System.arraycopy(p, 0, to, at + 1, p.length);
    return at + 1 + p.length;
  }

  /** How the keys of a znode's children begin, but for those with long paths; -1 if none can be. */
  static int children(ZnodePath parent, byte[] to) {
    if (parent.isRoot()) {
      to[0] = 2;
      to[1] = '/';
      return 2;
    }
    byte[] p = parent.bytes();
    int depth = slashes(p);
    if (p.length + 2 > MAX_DIRECT || depth + 1 >= MAX_DEPTH_TAG) {
      return -1;
    }
    to[0] = (byte) (depth + 2);
    System.arraycopy(p, 0, to, 1, p.length);
    to[p.length + 1] = '/';
    return p.length + 2;
  }

  /** How the keys of a znode's children with long paths begin. */
  static int longChildren(ZnodePath parent, byte[] to) {
    to[0] = (byte) LONG;
    byte[] p = parent.isRoot() ? ZnodePath.ROOT.bytes() : parent.bytes();
    hash(p, 0, p.length, to, 1);
    return 1 + HASH_BYTES;
  }

  /** How the keys of what this owner owns begin. */
  static int owner(long owner, byte[] to) {
    to[0] = (byte) OWNER;
    putLong(owner, to, 1);
    return 9;
  }

  /** The key of one znode of an owner; -1 if no znode can have this path. */
  static int owned(long owner, ZnodePath path, byte[] to) {
    return znode(path, to, owner(owner, to));
  }

  static int session(byte[] id, byte[] to) {
    to[0] = (byte) SESSION;
    System.arraycopy(id, 0, to, 1, 8);
    return 9;
  }

  static byte[] id(long id) {
    byte[] b = new byte[8];
    putLong(id, b, 0);
    return b;
  }

  static void putLong(long v, byte[] to, int at) {
    for (int i = 0; i < 8; i++) {
      to[at + i] = (byte) (v >>> 56 - 8 * i);
    }
  }

  static long getLong(byte[] from, int at) {
    long v = 0;
    for (int i = 0; i < 8; i++) {
      v = v << 8 | from[at + i] & 0xff;
    }
    return v;
  }

  private static int slashes(byte[] p) {
    int n = 0;
    for (byte b : p) {
      if (b == '/') {
        n++;
      }
    }
    return n;
  }

  private static void hash(byte[] b, int offset, int length, byte[] to, int at) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      sha.update(b, offset, length);
      System.arraycopy(sha.digest(), 0, to, at, HASH_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has it", e);
    }
  }
}
