package io.quorate.api;

import java.util.zip.CRC32;

/**
 * A znode's part of the tree digest: CRC-32 over path, data and metadata; znodes below /zookeeper
 * have none (reference section 4.4, digest version 2). Not thread-safe.
 */
public final class NodeDigest {
  /** The version that is written beside digests. */
  public static final int VERSION = 2;

  private static final byte[] SYSTEM = {'/', 'z', 'o', 'o', 'k', 'e', 'e', 'p', 'e', 'r', '/'};

  private final CRC32 crc = new CRC32();
  private final byte[] stat = new byte[60];

  /** The digest of {@code znode} at the path in the first {@code length} bytes. */
  public long of(byte[] path, int length, Znode znode) {
    int n = length == 1 ? 0 : length; // "/" counts as ""
    if (n >= SYSTEM.length
        && java.util.Arrays.equals(path, 0, SYSTEM.length, SYSTEM, 0, SYSTEM.length)) {
      return 0;
    }
    crc.reset();
    crc.update(path, 0, n);
    int data = znode.dataLength();
    if (data > 0) {
      crc.update(znode.dataArray(), znode.dataOffset(), data);
    }
    putLong(0, znode.czxid());
    putLong(8, znode.mzxid());
    putLong(16, znode.pzxid());
    putLong(24, znode.ctime());
    putLong(32, znode.mtime());
    putInt(40, znode.version());
    putInt(44, znode.createdChildren());
    putInt(48, znode.aversion());
    putLong(52, znode.ephemeralOwner());
    crc.update(stat, 0, 60);
    return crc.getValue();
  }

  private void putLong(int at, long v) {
    putInt(at, (int) (v >>> 32));
    putInt(at + 4, (int) v);
  }

  private void putInt(int at, int v) {
    stat[at] = (byte) (v >>> 24);
    stat[at + 1] = (byte) (v >>> 16);
    stat[at + 2] = (byte) (v >>> 8);
    stat[at + 3] = (byte) v;
  }
}
