package io.quorate.jmh.backends;

import io.quorate.api.ZnodePath;
import java.util.Random;

/**
 * The znodes to measure on: parents below {@code /bench} with the same number of children each. A
 * znode has 100 bytes of data, one of 1024 random texts, so that a back-end that compresses finds
 * no more than in a server.
 */
record Znodes(int znodes, int children) {
  private static final int DATA_BYTES = 100;
  private static final byte[][] DATA = new byte[1024][DATA_BYTES];

  static {
    Random random = new Random(42);
    for (byte[] data : DATA) {
      random.nextBytes(data);
    }
  }

  /** At least one, so that there may be more znodes than asked for. */
  int parents() {
    return Math.max(1, znodes / children);
  }

  ZnodePath parent(int p) {
    return ZnodePath.of("/bench/parent-" + (10_000_000 + p));
  }

  ZnodePath path(int i) {
    return parent(i / children).child("znode-" + (1_000_000_000 + i));
  }

  ZnodePath missing(int i) {
    return parent(i / children).child("znode-" + (1_000_000_000 + i) + "x");
  }

  static byte[] data(long seed) {
    return DATA[(int) (seed & 1023)];
  }
}
