package io.quorate.replica;

import io.quorate.api.TreeView;

/**
 * Says when a snapshot is due: after a random number of transactions or log bytes between half and
 * all of the limit, so that servers of an ensemble do not all write at once. After a large snapshot
 * the log has to grow as long as that was: so snapshots write no more than twice what the log does,
 * and a restart reads hardly more log than snapshot. When nothing was written for a while, less log
 * is enough: a restart loads a snapshot in half of the time that the log takes.
 */
final class SnapshotClock {
  /** A state up to this size is written whenever the count says so. */
  private static final long SMALL_STATE_BYTES = 16L << 20;

  /** Without writes for so long, nobody is kept waiting by a snapshot. */
  static final long QUIET_MS = 5000;

  /** A log up to this length is left alone then: it is replayed in a tenth of a second. */
  private static final long SHORT_LOG_BYTES = 8L << 20;

  /** So many times the log is written at most by snapshots in quiet times. */
  private static final int QUIET_FACTOR = 4;

  /** What a znode takes in a snapshot beside its path and data, roughly. */
  private static final int ZNODE_BYTES = 80;

  private final ReplicaSettings settings;
  private long random;
  private long transactions;
  private long bytes;
  private long dueTransactions;
  private long dueBytes;
  private long snapshotBytes;
  private long quietMs;

  SnapshotClock(ReplicaSettings settings, Recovered recovered, long nowMs) {
    this.settings = settings;
    this.random = settings.seed();
    draw(recovered.snapshotBytes());
    transactions = recovered.transactions();
    bytes = recovered.logBytes();
    quietMs = nowMs + QUIET_MS;
  }

  private void draw(long stateBytes) {
    snapshotBytes = stateBytes;
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
  boolean committed(int count, long stateBytes, long nowMs) {
    transactions += count;
    quietMs = nowMs + QUIET_MS;
    long floor = snapshotBytes <= SMALL_STATE_BYTES ? 0 : snapshotBytes;
    boolean due = transactions >= dueTransactions && bytes >= floor;
    if (!due && bytes < dueBytes) {
      return false;
    }
    draw(stateBytes);
    return true;
  }

  /** Whether a snapshot is due because nothing was committed for long; starts the next count. */
  boolean quiet(long stateBytes, long nowMs) {
    if (nowMs < nextMs()) {
      return false;
    }
    draw(stateBytes);
    return true;
  }

  /** When {@link #quiet} is worth asking, in monotonic ms. */
  long nextMs() {
    boolean worth = bytes >= Math.max(SHORT_LOG_BYTES, snapshotBytes / QUIET_FACTOR);
    return worth ? quietMs : Long.MAX_VALUE;
  }

  /** About as long as the snapshot of this state will be. */
  static long sizeOf(TreeView state) {
    return state.dataSize() + ZNODE_BYTES * state.nodeCount();
  }
}
