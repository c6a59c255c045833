package io.quorate.storage.lmdb;

import io.quorate.spi.storage.CorruptStorageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads an LMDB file page by page, without LMDB, which trusts what it reads and takes the process
 * with it if a page is damaged. Format 1 of LMDB, 64 bits, little-endian: each page begins with its
 * number (8 bytes), two bytes that are unused, flags (2), and the borders of its free space (2, 2)
 * or the number of overflow pages (4); then offsets of nodes, each two sizes or halves of a page
 * number (2, 2), flags (2), the key's length (2), key and data.
 *
 * <p>A full check sees every page in use and the checksum of every record. A quick one leaves the
 * leaves of the tree out: it takes no time that grows with the tree, and nothing that it has seen
 * can lead LMDB out of the file.
 */
final class MapCheck {
  private static final int PAGE = MapPages.PAGE;
  private static final int HEADER = 16;
  private static final int NODE_HEADER = 8;
  private static final int BRANCH = 1;
  private static final int LEAF = 2;
  private static final int OVERFLOW = 4;
  private static final int BIG_DATA = 1;
  private static final int MAX_DEPTH = 32;

  private final boolean full;
  private final Records records = new Records();
  private final BitSet used = new BitSet();
  private final BitSet free = new BitSet();
  private final MapPages map;
  private BooleanSupplier stop = () -> false;
  private final byte[][] copies = new byte[MAX_DEPTH + 1][0];
  private long entries;
  private long pages;

  /** Nobody wants to know any more. */
  private static final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  /** One of the two trees of a file. */
  private enum Tree {
    FREE_PAGES,
    MAIN
  }

  private MapCheck(MapPages map, boolean full) {
    this.map = map;
    this.full = full;
  }

  /**
   * Prepares the check of a file's newest state. Nobody may change the file meanwhile, or a reader
   * must keep that state until the check is done.
   *
   * @param full whether records are checked too
   * @throws CorruptStorageException if the file is cut off, or something else
   */
  static MapCheck of(Path path, boolean full) throws IOException {
    return new MapCheck(MapPages.of(path), full);
  }

  /**
   * Checks. Once.
   *
   * @param stop whether to leave it
   * @return whether it went on to the end
   * @throws CorruptStorageException if the file is damaged
   */
  boolean run(BooleanSupplier stop) throws CorruptStorageException {
    try (map) {
      this.stop = stop;
      used.set(0, 2);
      tree(Tree.MAIN, map.main());
      tree(Tree.FREE_PAGES, map.freePages());
      if (free.intersects(used)) {
        throw bad(0, "pages in use are listed as free");
      }
      return true;
    } catch (Stopped e) {
      return false;
    }
  }

  private void tree(Tree tree, MapPages.Root said) throws CorruptStorageException {
    int depth = said.depth();
    entries = 0;
    pages = 0;
    if (said.page() == MapPages.NO_PAGE) {
      if (depth != 0 || said.entries() != 0) {
        throw bad(0, "a tree without a root");
      }
      return;
    }
    if (depth < 1 || depth > MAX_DEPTH) {
      throw bad(0, "a tree of " + depth + " levels");
    }
    page(tree, said.page(), depth, null, null);
    boolean all = full || tree == Tree.FREE_PAGES;
    if (all && entries != said.entries()) {
      throw bad(0, entries + " entries, where it says " + said.entries());
    }
    if (pages != said.pages()) {
      throw bad(0, pages + " pages, where it says " + said.pages());
    }
  }

  /** Checks a page and what is below it; its keys lie from {@code low} to before {@code high}. */
  private void page(Tree tree, long page, int level, byte @Nullable [] low, byte @Nullable [] high)
      throws CorruptStorageException {
    if (stop.getAsBoolean()) {
      throw new Stopped();
    }
    use(page, page * PAGE);
    pages++;
    if (level == 1 && !full && tree == Tree.MAIN) {
      return;
    }
    long at = page * PAGE;
    byte[] b = copyOf(page, level);
    int lower = shortAt(b, 12);
    int upper = shortAt(b, 14);
    int flags = shortAt(b, 10);
    if (longAt(b, 0) != page
        || flags != (level > 1 ? BRANCH : LEAF)
        || lower < HEADER
        || (lower & 1) != 0
        || lower > upper
        || upper > PAGE) {
      throw bad(at, "page " + page + " is damaged");
    }
    int count = (lower - HEADER) / 2;
    if (level > 1 && count < 2 && tree == Tree.MAIN && low == null && high == null) {
      throw bad(at, "page " + page + " leads nowhere");
    }
    if (level > 1) {
      branch(tree, at, b, count, level, low, high);
    } else {
      leaf(tree, at, b, count, low, high);
    }
  }

  private void branch(
      Tree tree,
      long at,
      byte[] b,
      int count,
      int level,
      byte @Nullable [] low,
      byte @Nullable [] high)
      throws CorruptStorageException {
    byte[] from = low;
    for (int i = 0; i < count; i++) {
      int node = node(at, b, i);
      if (i == 0) {
        key(at, b, node); // it means nothing, but LMDB may copy it
      }
      byte[] to = i + 1 < count ? key(at, b, node(at, b, i + 1)) : high;
      inOrder(tree, at, from, to, i == 0);
      long child = shortAt(b, node) | (long) shortAt(b, node + 2) << 16;
      page(tree, child | (long) shortAt(b, node + 4) << 32, level - 1, from, to);
      from = to;
    }
  }

  private void leaf(
      Tree tree, long at, byte[] b, int count, byte @Nullable [] low, byte @Nullable [] high)
      throws CorruptStorageException {
    byte[] previous = low;
    byte[] key = null;
    for (int i = 0; i < count; i++) {
      int node = node(at, b, i);
      key = key(at, b, node);
      inOrder(tree, at, previous, key, i == 0);
      previous = key;
      entry(tree, at, b, node, key);
      entries++;
    }
    inOrder(tree, at, key, high, false);
  }

  /** Where in a page a node is. */
  private int node(long at, byte[] b, int index) throws CorruptStorageException {
    int node = shortAt(b, HEADER + 2 * index);
    if (node < shortAt(b, 14) || node > PAGE - NODE_HEADER) {
      throw bad(at, "a node outside of page " + at / PAGE);
    }
    return node;
  }

  private void inOrder(
      Tree tree, long at, byte @Nullable [] a, byte @Nullable [] b, boolean mayBeSame)
      throws CorruptStorageException {
    if (a == null || b == null) {
      return;
    }
    int order =
        tree == Tree.FREE_PAGES
            ? Long.compareUnsigned(number(at, a), number(at, b))
            : Arrays.compareUnsigned(a, b);
    if (order > 0 || (order == 0 && !mayBeSame)) {
      throw bad(at, "keys of page " + at / PAGE + " are not in order");
    }
  }

  private long number(long at, byte[] key) throws CorruptStorageException {
    if (key.length != 8) {
      throw bad(at, "a key of " + key.length + " bytes in the list of free pages");
    }
    return longAt(key, 0);
  }

  private byte[] key(long at, byte[] b, int node) throws CorruptStorageException {
    int length = shortAt(b, node + 6);
    int from = node + NODE_HEADER;
    if (length > Keys.MAX_BYTES || from + length > PAGE) {
      throw bad(at + node, "a key outside of its page");
    }
    return Arrays.copyOfRange(b, from, from + length);
  }

  private void entry(Tree tree, long at, byte[] b, int node, byte[] key)
      throws CorruptStorageException {
    long size = shortAt(b, node) | (long) shortAt(b, node + 2) << 16;
    int flags = shortAt(b, node + 4);
    int inPage = node + NODE_HEADER + key.length;
    long data = at + inPage;
    if (flags == BIG_DATA) {
      if (inPage + 8 > PAGE) {
        throw bad(at + node, "a value outside of its page");
      }
      data = overflow(longAt(b, inPage), size);
    } else if (flags != 0 || inPage + size > PAGE) {
      throw bad(at + node, "a value outside of its page");
    }
    if (tree == Tree.FREE_PAGES) {
      listed(data, size);
      return;
    }
    if (size > Integer.MAX_VALUE - 64) {
      throw bad(at + node, "a value of " + size + " bytes");
    }
    try {
      records.check(map.bytes(data, (int) size), key, key.length);
    } catch (Records.Damaged e) {
      throw bad(data, e.getMessage());
    }
  }

  /** Takes the pages of a long value; returns where it begins. */
  private long overflow(long page, long size) throws CorruptStorageException {
    long count = (HEADER + size + PAGE - 1) / PAGE;
    if (page < 2 || page > map.lastPage() || page + count - 1 > map.lastPage()) {
      throw bad(page, "a value outside of the file");
    }
    long at = page * PAGE;
    if (map.getLong(at) != page
        || map.getShort(at + 10) != OVERFLOW
        || map.getInt(at + 12) != count) {
      throw bad(at, "page " + page + " is damaged");
    }
    for (long p = page; p < page + count; p++) {
      use(p, at);
    }
    return at + HEADER;
  }

  private void listed(long data, long size) throws CorruptStorageException {
    long count = size < 8 ? -1 : map.getLong(data);
    if (count < 0 || count > size / 8 - 1) {
      throw bad(data, "a list of free pages that is cut off");
    }
    for (long i = 1; i <= count; i++) {
      long page = map.getLong(data + 8 * i);
      if (page < 2 || page > map.lastPage() || free.get(Math.toIntExact(page))) {
        throw bad(data + 8 * i, "page " + page + " in the list of free pages");
      }
      free.set((int) page);
    }
  }

  private void use(long page, long at) throws CorruptStorageException {
    if (page < 2 || page > map.lastPage() || page > Integer.MAX_VALUE - 1 || used.get((int) page)) {
      throw bad(at, "page " + page + " where it does not belong");
    }
    used.set((int) page);
  }

  /**
   * A copy of a page, good until the next one of this level: a start reads pages before its code is
   * compiled, and an array takes that better than a memory segment.
   */
  private byte[] copyOf(long page, int level) {
    byte[] copy = copies[level];
    if (copy.length == 0) {
      copy = new byte[PAGE];
      copies[level] = copy;
    }
    map.copy(page, copy);
    return copy;
  }

  private static int shortAt(byte[] b, int at) {
    return b[at] & 0xff | (b[at + 1] & 0xff) << 8;
  }

  private static long longAt(byte[] b, int at) {
    long v = 0;
    for (int i = 7; i >= 0; i--) {
      v = v << 8 | b[at + i] & 0xff;
    }
    return v;
  }

  private CorruptStorageException bad(long at, @Nullable String problem) {
    return map.bad(at, problem);
  }
}
