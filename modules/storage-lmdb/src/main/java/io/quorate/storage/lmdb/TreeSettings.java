package io.quorate.storage.lmdb;

import io.quorate.api.EphemeralOwner;

/**
 * How a tree is kept.
 *
 * @param seed of the hash of paths in layers, drawn at random so that nobody can predict collisions
 * @param encoding how owner fields are read
 * @param digests whether the tree digest is kept
 * @param layerBytes about how much memory the changes take before they are written to the file;
 *     twice as much is taken at most, and as much again for what readers of the state before need
 * @param mapBytes how large a file may get before its map has to grow, at first
 * @param sync false leaves out every fsync
 * @param settleMs changes are written when there was none for this time, and five times as long
 *     after the first of them at the latest (when the next one comes), so that a start has little
 *     to replay
 */
record TreeSettings(
    int seed,
    EphemeralOwner.Encoding encoding,
    boolean digests,
    long layerBytes,
    long mapBytes,
    boolean sync,
    long settleMs) {
  private static final long SETTLE_MS = 2000;

  /** With the usual pace. */
  TreeSettings(
      int seed,
      EphemeralOwner.Encoding encoding,
      boolean digests,
      long layerBytes,
      long mapBytes,
      boolean sync) {
    this(seed, encoding, digests, layerBytes, mapBytes, sync, SETTLE_MS);
  }
}
