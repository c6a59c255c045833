package io.quorate.server;

/** The requests of one connection that the core has not answered, oldest first. */
final class InFlight {
  private long[] startNanos = new long[16];
  private int[] bytes = new int[16]; // negative for a write
  private int head;
  private int size;
  private int writes;

  int size() {
    return size;
  }

  int writes() {
    return writes;
  }

  void add(long nowNanos, int length, boolean write) {
    if (size == startNanos.length) {
      grow();
    }
    int at = head + size & startNanos.length - 1;
    startNanos[at] = nowNanos;
    bytes[at] = write ? ~length : length;
    size++;
    if (write) {
      writes++;
    }
  }

  private void grow() {
    int n = startNanos.length;
    long[] s = new long[n * 2];
    int[] b = new int[n * 2];
    for (int i = 0; i < n; i++) {
      s[i] = startNanos[head + i & n - 1];
      b[i] = bytes[head + i & n - 1];
    }
    startNanos = s;
    bytes = b;
    head = 0;
  }

  long firstStartNanos() {
    return startNanos[head];
  }

  /** Takes out the oldest; returns its length. */
  int remove() {
    if (size == 0) {
      throw new IllegalStateException("an answer to nothing");
    }
    int b = bytes[head];
    head = head + 1 & startNanos.length - 1;
    size--;
    if (b < 0) {
      writes--;
    }
    return b < 0 ? ~b : b;
  }
}
