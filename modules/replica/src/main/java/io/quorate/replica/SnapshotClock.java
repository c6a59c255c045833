package io.quorate.replica;

/**
 * Says when a snapshot is due: after a random number of transactions or log bytes between half and
 * all of the limit, so that servers of an ensemble do not all write at once.
 */
final class SnapshotClock {
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
  boolean committed(int count) {
    transactions += count;
    if (transactions < dueTransactions && bytes < dueBytes) {
      return false;
    }
    draw();
    return true;
  }
}
