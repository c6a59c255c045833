package io.quorate.storage.lmdb;

import java.util.Arrays;

/**
 * Tells of most paths that no znode in the file has them: who makes znodes need not have LMDB look
 * for each. It has the file's znodes and those that were deleted since it was made, and grows by
 * parts. One thread at a time adds; any thread asks.
 */
final class FileSketch {
  private static final int FIRST_LOG = 19;
  private static final int LAST_LOG = 31;

  /** What it may take of the heap at most, in bytes. */
  static final long MAX_BYTES = Runtime.getRuntime().maxMemory() / 16;

  private final long maxBytes;
  private volatile Sketch[] parts = {new Sketch(FIRST_LOG)};
  private int left = parts[0].keys();
  private long added;
  private boolean full;

  /** Nothing, with room for what this many bytes can tell apart. */
  FileSketch(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** Whether it may have room for this many znodes. */
  static boolean hasRoom(long maxBytes, long znodes) {
    return 2 * znodes * Sketch.BITS_PER_KEY / Byte.SIZE <= maxBytes;
  }

  /** All znodes of a generation, which is the newest and stays so meanwhile. */
  static FileSketch of(Base base, int seed, long maxBytes) {
    FileSketch sketch = new FileSketch(maxBytes);
    Slot slot = base.take();
    if (slot == null) {
      throw new IllegalStateException("not the newest generation");
    }
    try {
      sketch.read(slot, seed);
    } finally {
      slot.giveBack();
    }
    return sketch;
  }

  private void read(Slot slot, int seed) {
    byte[] last = slot.keyBytes;
    last[0] = Keys.META + 1;
    boolean more = slot.seek(1);
    while (more) {
      Leaf leaf = slot.leaf();
      byte[] page = leaf.array();
      int length;
      do {
        int at = leaf.keyAt();
        length = leaf.keyLength();
        if ((page[at] & 0xff) > Keys.MAX_DEPTH_TAG) {
          return;
        }
        add(Hamt.hash(seed, page, at + 1, length - 1));
        System.arraycopy(page, at, last, 0, length);
      } while (leaf.next());
      more = slot.seek(length) && slot.next();
    }
  }

  /** Adds the path with this hash, unless it is a long one. */
  void add(int hash) {
    added++;
    if (left-- == 0) {
      grow();
    }
    Sketch[] all = parts;
    all[all.length - 1].add(hash);
  }

  private void grow() {
    Sketch[] all = parts;
    int log = Math.min(LAST_LOG, FIRST_LOG + all.length);
    if (full || (1L << log) / Byte.SIZE > maxBytes / 2) {
      full = true; // it gets worse, and stays right
      left = Integer.MAX_VALUE;
      return;
    }
    Sketch more = new Sketch(log);
    left = more.keys() - 1;
    all = Arrays.copyOf(all, all.length + 1);
    all[all.length - 1] = more;
    parts = all;
  }

  /** What it takes of the heap. */
  long bytes() {
    long bytes = 0;
    for (Sketch part : parts) {
      bytes += part.bytes();
    }
    return bytes;
  }

  /** Whether most of what it has is gone: it should be made anew. */
  boolean isStale(long znodes) {
    return added > 4 * znodes + (1 << 20);
  }

  /** False if no znode has the path with this hash; of long paths nothing is known. */
  boolean mayHave(int hash) {
    for (Sketch part : parts) {
      if (part.mayHave(hash)) {
        return true;
      }
    }
    return false;
  }
}
