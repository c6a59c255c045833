package io.quorate.tree;

import io.quorate.api.ZnodePath;
import java.util.Arrays;
import java.util.List;

/**
 * Fetches the places of znodes that are looked up soon. First all hashes are computed, then all
 * places are read: with nothing between two reads the processor waits for several at once, where
 * look-ups one after the other wait for each alone. A third of the time of a replay into some
 * 800,000 znodes went there.
 */
final class Expectation {
  private final HeapState state;
  private final int seed;

  Expectation(HeapState state, int seed) {
    this.state = state;
    this.seed = seed;
  }

  /** Reads the places; the sum of what was read keeps the reads from being optimised away. */
  int touch(List<ZnodePath> paths) {
    int n = 0;
    int[] hashes = new int[paths.size()];
    Family[] families = new Family[hashes.length];
    byte[] before = {};
    int parent = -1; // length of the parent's path in the path before
    Family family = null;
    for (ZnodePath path : paths) {
      byte[] p = path.bytes();
      int nameAt = path.nameOffset();
      if (nameAt <= 0) {
        continue; // the root, or no path
      }
      if (parent != nameAt - 1 || !Arrays.equals(p, 0, parent, before, 0, parent)) {
        parent = nameAt - 1;
        HeapZnode above = state.find(p, parent);
        family = above == null ? null : above.family;
      }
      before = p;
      if (family != null) {
        families[n] = family;
        hashes[n++] = Trie.hash(seed, p, nameAt, p.length - nameAt);
      }
    }
    int sum = 0;
    for (int i = 0; i < n; i++) {
      sum += families[i].touch(hashes[i]);
    }
    return sum;
  }
}
