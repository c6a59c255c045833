package io.quorate.api;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.zip.CRC32;

/**
 * A znode's part of the tree digest: CRC-32 over path, data and metadata; znodes below /zookeeper
 * have none (reference section 4.4, digest version 2). Not thread-safe.
 */
public final class NodeDigest {
  /** The version that is written beside digests. */
  public static final int VERSION = 2;

  private static final byte[] SYSTEM = {'/', 'z', 'o', 'o', 'k', 'e', 'e', 'p', 'e', 'r', '/'};

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

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
    LONG.set(stat, 0, znode.czxid());
    LONG.set(stat, 8, znode.mzxid());
    LONG.set(stat, 16, znode.pzxid());
    LONG.set(stat, 24, znode.ctime());
    LONG.set(stat, 32, znode.mtime());
    INT.set(stat, 40, znode.version());
    INT.set(stat, 44, znode.createdChildren());
    INT.set(stat, 48, znode.aversion());
    LONG.set(stat, 52, znode.ephemeralOwner());
    crc.update(stat, 0, 60);
    return crc.getValue();
  }
}
