package io.quorate.tree;

import io.quorate.api.ZnodePath;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Fetches the places of znodes that are looked up soon. First all hashes are computed, then all
 * places are read: with nothing between two reads the processor waits for several at once, where
 * look-ups one after the other wait for each alone. A third of the time of a replay into some
 * 800,000 znodes went there.
 */
final class Expectation {
  /** More reads than a processor has under way at a time; short loops are compiled sooner. */
  private static final int TOGETHER = 32;

  private final HeapState state;
  private final int seed;
  private final int[] hashes = new int[TOGETHER];
  private final Family[] families = new Family[TOGETHER];
  private byte[] before = {}; // the last path
  private int parentLength = -1; // how much of it is its parent's
  private @Nullable Family family; // of that parent

  Expectation(HeapState state, int seed) {
    this.state = state;
    this.seed = seed;
  }

  /** Reads the places; the sum of what was read keeps the reads from being optimised away. */
  int touch(List<ZnodePath> paths) {
    int sum = 0;
    for (int at = 0; at < paths.size(); at += TOGETHER) {
      sum += touch(paths, at, Math.min(paths.size(), at + TOGETHER));
    }
    return sum;
  }

  private int touch(List<ZnodePath> paths, int from, int to) {
    int n = 0;
    for (int i = from; i < to; i++) {
      ZnodePath path = paths.get(i);
      int nameAt = path.nameOffset();
      Family family = nameAt <= 0 ? null : familyOf(path.bytes(), nameAt - 1); // the root, no path
      if (family != null) {
        families[n] = family;
        hashes[n++] = Trie.hash(seed, path.bytes(), nameAt, path.length() - nameAt);
      }
    }
    int sum = 0;
    for (int i = 0; i < n; i++) {
      sum += families[i].touch(hashes[i]);
    }
    return sum;
  }

  /** The family of the znode at the first {@code length} bytes. */
  private @Nullable Family familyOf(byte[] path, int length) {
    if (parentLength != length || !Arrays.equals(path, 0, length, before, 0, length)) {
      HeapZnode parent = state.find(path, length);
      family = parent == null ? null : parent.family;
      parentLength = length;
    }
    before = path;
    return family;
  }
}
