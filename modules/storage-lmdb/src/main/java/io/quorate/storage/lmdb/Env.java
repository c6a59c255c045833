package io.quorate.storage.lmdb;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.Charset;
import java.nio.file.Path;

/**
 * An LMDB file that is open. Threads as LMDB has it: transactions are begun by any, one at a time
 * writes, and {@link #setMapSize} and {@link #close} are called while there is none.
 */
final class Env implements AutoCloseable {
  private static final int INFO_BYTES = 40;
  private static final int INFO_LAST_PAGE = 16;
  private static final int FILE_MODE = 0600;

  private final long address;
  private final int dbi;

  private Env(long address) {
    this.address = address;
    this.dbi = openDbi(address);
  }

  /**
   * Opens the file, or makes it.
   *
   * @throws LmdbException if that fails
   */
  static Env open(Path path, long mapBytes, int maxReaders, int flags) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment out = arena.allocate(ValueLayout.JAVA_LONG);
      Lmdb.check(Lmdb.call(Lmdb.ENV_CREATE, out.address()));
      long env = out.get(ValueLayout.JAVA_LONG, 0);
      try {
        Lmdb.check(Lmdb.call(Lmdb.ENV_SET_MAPSIZE, env, mapBytes));
        Lmdb.check(Lmdb.call(Lmdb.ENV_SET_MAXREADERS, env, maxReaders));
        Lmdb.check(
            Lmdb.call(Lmdb.ENV_OPEN, env, cString(arena, path.toString()), flags, FILE_MODE));
        return new Env(env);
      } catch (RuntimeException e) {
        Lmdb.call(Lmdb.ENV_CLOSE, env);
        throw e;
      }
    }
  }

  /** As the JDK gives names of files to the system. */
  private static long cString(Arena arena, String text) {
    byte[] bytes = text.getBytes(Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8")));
    MemorySegment room = arena.allocate(bytes.length + 1L);
    MemorySegment.copy(bytes, 0, room, ValueLayout.JAVA_BYTE, 0, bytes.length);
    return room.address();
  }

  /** The handle of the one database, the one without a name. */
  private static int openDbi(long env) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment out = arena.allocate(ValueLayout.JAVA_LONG);
      long txn = begin(env, Lmdb.READ_ONLY);
      try {
        Lmdb.check(Lmdb.call(Lmdb.DBI_OPEN, txn, 0, 0, out.address()));
      } catch (RuntimeException e) {
        Lmdb.call(Lmdb.TXN_ABORT, txn);
        throw e;
      }
      Lmdb.check(Lmdb.call(Lmdb.TXN_COMMIT, txn));
      return out.get(ValueLayout.JAVA_INT, 0);
    }
  }

  private static long begin(long env, int flags) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment out = arena.allocate(ValueLayout.JAVA_LONG);
      Lmdb.check(Lmdb.call(Lmdb.TXN_BEGIN, env, 0, flags, out.address()));
      return out.get(ValueLayout.JAVA_LONG, 0);
    }
  }

  /** Begins to read the newest commit. */
  Txn read() {
    return new Txn(begin(address, Lmdb.READ_ONLY), dbi);
  }

  /** Begins to write. */
  Txn write() {
    return new Txn(begin(address, 0), dbi);
  }

  /** Number of the last page in use by the newest commit. */
  long lastPage() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment info = arena.allocate(INFO_BYTES, Long.BYTES);
      Lmdb.check(Lmdb.call(Lmdb.ENV_INFO, address, info.address()));
      return info.get(ValueLayout.JAVA_LONG, INFO_LAST_PAGE);
    }
  }

  void setMapSize(long bytes) {
    Lmdb.check(Lmdb.call(Lmdb.ENV_SET_MAPSIZE, address, bytes));
  }

  /** Once. */
  @Override
  public void close() {
    Lmdb.call(Lmdb.ENV_CLOSE, address);
  }
}
