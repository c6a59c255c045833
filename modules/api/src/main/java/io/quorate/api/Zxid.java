package io.quorate.api;

/**
 * A transaction id: epoch in the high 32 bits, counter in the low 32 bits. Carried as a plain
 * {@code long} because it is on every hot path; this class holds its arithmetic.
 *
 * <p>Source: the Zab paper, section 3; ZooKeeper orders all writes by it.
 */
public final class Zxid {
  private Zxid() {}

  /** The epoch of {@code zxid}. */
  public static long epoch(long zxid) {
    return zxid >>> 32;
  }

  /** The counter of {@code zxid}, 0 to 2^32-1. */
  public static long counter(long zxid) {
    return zxid & 0xffff_ffffL;
  }

  /** The zxid with this epoch and counter; only the low 32 bits of each are used. */
  public static long of(long epoch, long counter) {
    return epoch << 32 | (counter & 0xffff_ffffL);
  }

  /** Lower-case hex without padding or prefix, as in file names. */
  public static String toHex(long zxid) {
    return Long.toHexString(zxid);
  }
}
