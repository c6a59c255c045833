package io.quorate.storage.lmdb;

/**
 * Tells of most keys that were not added that they were not, by their hashes: most look-ups ask a
 * layer for what it does not have, and its trie would be walked for nothing. One thread adds; any
 * thread asks for keys that were added before it got what it asks about.
 */
final class Sketch {
  /**
   * 64 kB: of 20,000 keys one in 180 that was not added seems to be there, of 100,000 one in 10.
   */
  private static final int BITS = 19;

  private static final int SECOND = 0x9e3779b9;

  private final long[] words = new long[1 << BITS - 6];

  void add(int hash) {
    set(hash >>> Integer.SIZE - BITS);
    set(hash * SECOND >>> Integer.SIZE - BITS);
  }

  private void set(int bit) {
    words[bit >> 6] |= 1L << bit;
  }

  /** False if the key with this hash was not added. */
  boolean mayHave(int hash) {
    return isSet(hash >>> Integer.SIZE - BITS) && isSet(hash * SECOND >>> Integer.SIZE - BITS);
  }

  private boolean isSet(int bit) {
    return (words[bit >> 6] & 1L << bit) != 0;
  }
}
