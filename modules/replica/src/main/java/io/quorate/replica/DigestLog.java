package io.quorate.replica;

/** The tree digest at each zxid that is a multiple of 128, the last 1024 of them (section 4.4). */
public final class DigestLog {
  private static final int EVERY = 128;
  private static final int KEPT = 1024;

  private final long[] zxids = new long[KEPT];
  private final long[] digests = new long[KEPT];
  private int next;
  private int size;

  void note(long zxid, long digest) {
    if (zxid % EVERY == 0) {
      zxids[next] = zxid;
      digests[next] = digest;
      next = (next + 1) % KEPT;
      size = Math.min(size + 1, KEPT);
    }
  }

  /** A copy: pairs of zxid and digest, oldest first. Core's thread. */
  public long[][] entries() {
    long[][] copy = new long[size][];
    for (int i = 0; i < size; i++) {
      int at = (next - size + i + KEPT) % KEPT;
      copy[i] = new long[] {zxids[at], digests[at]};
    }
    return copy;
  }
}
