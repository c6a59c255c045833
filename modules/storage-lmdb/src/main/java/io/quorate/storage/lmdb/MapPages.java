package io.quorate.storage.lmdb;

import io.quorate.spi.storage.CorruptStorageException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The pages of an LMDB file, mapped and read without LMDB, and what its newer meta page says: where
 * the file ends and the descriptions of its two trees. Little-endian, 4096 bytes a page.
 */
final class MapPages implements AutoCloseable {
  static final int PAGE = 4096;
  static final long NO_PAGE = -1;
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final int MAGIC = 0xbeefc0de;
  private static final int META = 8;
  private static final int INTEGER_KEY = 8;
  private static final int NO_SUBDIR = 0x4000;

  private final Path path;
  private final Arena arena;
  private final MemorySegment map;
  private long lastPage;
  private Root freePages = Root.NONE;
  private Root main = Root.NONE;

  /**
   * What a meta page says of a tree.
   *
   * @param page its uppermost page, or {@link #NO_PAGE}
   * @param pages how many branches and leaves it has
   */
  record Root(long page, int depth, long pages, long entries) {
    static final Root NONE = new Root(NO_PAGE, 0, 0, 0);
  }

  private MapPages(Path path, Arena arena, MemorySegment map) {
    this.path = path;
    this.arena = arena;
    this.map = map;
  }

  /**
   * Maps a file and reads its newer meta page.
   *
   * @throws CorruptStorageException if the file is cut off, or something else
   */
  static MapPages of(Path path) throws IOException {
    Arena arena = Arena.ofShared();
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      MemorySegment map = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
      MapPages pages = new MapPages(path, arena, map);
      pages.readMeta();
      return pages;
    } catch (Throwable t) {
      arena.close();
      throw t;
    }
  }

  /** The last page in use. */
  long lastPage() {
    return lastPage;
  }

  /** The tree of free pages, as it was when the file was mapped. */
  Root freePages() {
    return freePages;
  }

  /** The tree of records, as it was when the file was mapped. */
  Root main() {
    return main;
  }

  @Override
  public void close() {
    arena.close();
  }

  private void readMeta() throws CorruptStorageException {
    if (map.byteSize() < 2 * PAGE) {
      throw bad(0, "it is cut off, or no LMDB file");
    }
    checkMeta(0);
    checkMeta(PAGE);
    long at = getLong(144) >= getLong(PAGE + 144) ? 0 : PAGE;
    lastPage = getLong(at + 136);
    if (lastPage < 1 || lastPage >= map.byteSize() / PAGE) {
      throw bad(at + 136, "it is cut off: it says that its last page is " + lastPage);
    }
    freePages = root(at + 40);
    main = root(at + 88);
  }

  private Root root(long at) {
    return new Root(
        getLong(at + 40), getShort(at + 6), getLong(at + 8) + getLong(at + 16), getLong(at + 32));
  }

  private void checkMeta(long at) throws CorruptStorageException {
    if (getInt(at + 16) != MAGIC || (getShort(at + 10) & META) == 0) {
      throw bad(at, "it is no LMDB file, or its first pages are damaged");
    }
    if (getInt(at + 20) != 1) {
      throw bad(at + 20, "LMDB format " + getInt(at + 20) + ", where this program reads format 1");
    }
    int flags = getShort(at + 44);
    if (getInt(at + 40) != PAGE
        || (flags & ~NO_SUBDIR) != INTEGER_KEY
        || getShort(at + 92) != 0
        || getLong(at + 32) < 0
        || getLong(at + 24) != 0) {
      throw bad(at, "its description is damaged");
    }
  }

  /** Copies a page. */
  void copy(long page, byte[] to) {
    MemorySegment.copy(map, ValueLayout.JAVA_BYTE, page * PAGE, to, 0, PAGE);
  }

  byte[] bytes(long at, int length) {
    byte[] bytes = new byte[length];
    MemorySegment.copy(map, ValueLayout.JAVA_BYTE, at, bytes, 0, length);
    return bytes;
  }

  int getShort(long at) {
    return map.get(SHORT, at) & 0xffff;
  }

  int getInt(long at) {
    return map.get(INT, at);
  }

  long getLong(long at) {
    return map.get(LONG, at);
  }

  CorruptStorageException bad(long at, @Nullable String problem) {
    return TreeFile.corrupt(path, "At offset " + at + ": " + problem);
  }
}
