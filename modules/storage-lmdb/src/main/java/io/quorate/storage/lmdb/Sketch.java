package io.quorate.storage.lmdb;

/**
 * Tells of most keys that were not added that they were not, by their hashes: most look-ups ask a
 * layer, and many ask the file, for what it does not have, and would search for nothing. One thread
 * adds; any thread asks for keys that were added before it got what it asks about.
 */
final class Sketch {
  /** Of as many keys as this is made for, one in 80 that was not added seems to be there. */
  static final int BITS_PER_KEY = 12;

  private static final int SECOND = 0x9e3779b9;
  private static final int THIRD = 0x85ebca6b;

  private final long[] words;
  private final int shift;

  /**
   * With this many bits.
   *
   * @param log their number's logarithm, 6 to 31
   */
  Sketch(int log) {
    words = new long[1 << log - 6];
    shift = Integer.SIZE - log;
  }

  /** How many keys it is made for. */
  int keys() {
    return (int) (bytes() * Byte.SIZE / BITS_PER_KEY);
  }

  /** What it takes of the heap. */
  long bytes() {
    return (long) words.length * Long.BYTES;
  }

  void add(int hash) {
    set(hash >>> shift);
    set(hash * SECOND >>> shift);
    set(hash * THIRD >>> shift);
  }

  private void set(int bit) {
    words[bit >> 6] |= 1L << bit;
  }

  /** False if the key with this hash was not added. */
  boolean mayHave(int hash) {
    return isSet(hash >>> shift) && isSet(hash * SECOND >>> shift) && isSet(hash * THIRD >>> shift);
  }

  private boolean isSet(int bit) {
    return (words[bit >> 6] & 1L << bit) != 0;
  }
}
