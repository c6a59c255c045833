package io.quorate.replica;

import io.quorate.api.TreeView;

/**
 * Says when a snapshot is due: after a random number of transactions or log bytes between half and
 * all of the limit, so that servers of an ensemble do not all write at once. A large state waits
 * until the log since its last snapshot is as long as it is itself: then snapshots write no more
 * than the log does, and a restart reads at most twice the state.
 */
final class SnapshotClock {
  /** A state up to this size is written whenever the count says so. */
  private static final long SMALL_STATE_BYTES = 16L << 20;

  /** What a znode takes in a snapshot beside its path and data, roughly. */
  private static final int ZNODE_BYTES = 80;

  private final ReplicaSettings settings;
  private long random;
  private long transactions;
  private long bytes;
  private long dueTransactions;
  private long dueBytes;

  SnapshotClock(ReplicaSettings settings) {
    this.settings = settings;
    this.random = settings.seed();
    draw();
  }

  private void draw() {
    transactions = 0;
    bytes = 0;
    dueTransactions = between(settings.snapCount());
    dueBytes = settings.snapSizeBytes() <= 0 ? Long.MAX_VALUE : between(settings.snapSizeBytes());
  }

  /** From half of the limit to the limit; splitmix64 on the seed. */
  private long between(long limit) {
    random += 0x9e3779b97f4a7c15L;
    long z = (random ^ random >>> 30) * 0xbf58476d1ce4e5b9L;
    z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
    long half = Math.max(1, limit / 2);
    return half + ((z ^ z >>> 31) >>> 1) % half;
  }

  void appended(int length) {
    bytes += length;
  }

  /** Notes committed transactions; whether a snapshot is due now, which starts the next count. */
  boolean committed(int count, long stateBytes) {
    transactions += count;
    long floor = stateBytes <= SMALL_STATE_BYTES ? 0 : stateBytes;
    boolean due = transactions >= dueTransactions && bytes >= floor;
    if (!due && bytes < dueBytes) {
      return false;
    }
    draw();
    return true;
  }

  /** About as long as the snapshot of this state will be. */
  static long sizeOf(TreeView state) {
    return state.dataSize() + ZNODE_BYTES * state.nodeCount();
  }
}
