package io.quorate.storage.lmdb;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * The functions of LMDB's library that this storage calls, with their numbers (lmdb.h of LMDB 0.9).
 *
 * <p>All are called in one shape, five 64-bit integers and one as the result: for each further
 * shape the JVM makes and compiles code at every start, which takes longer than opening the file.
 * That fits them all, since they take integers and addresses only, in registers, and read of each
 * what they declare; of a result the caller takes as many bits as the function declares.
 */
final class Lmdb {
  static final int KEY_EXISTS = -30799;
  static final int NOT_FOUND = -30798;
  static final int VERSION_MISMATCH = -30794;
  static final int INVALID = -30793;
  static final int MAP_FULL = -30792;

  static final int NO_SUBDIR = 0x4000;
  static final int NO_SYNC = 0x10000;
  static final int READ_ONLY = 0x20000;
  static final int NO_TLS = 0x200000;
  static final int RESERVE = 0x10000;
  static final int NO_OVERWRITE = 0x10;
  static final int NEXT = 8;
  static final int SET = 15;
  static final int SET_RANGE = 17;

  private static final MethodHandle CALL =
      Linker.nativeLinker()
          .downcallHandle(
              FunctionDescriptor.of(
                  ValueLayout.JAVA_LONG,
                  ValueLayout.JAVA_LONG,
                  ValueLayout.JAVA_LONG,
                  ValueLayout.JAVA_LONG,
                  ValueLayout.JAVA_LONG,
                  ValueLayout.JAVA_LONG));

  private static final SymbolLookup LIBRARY =
      SymbolLookup.libraryLookup(NativeLibrary.path(), Arena.global());

  static final MemorySegment ENV_CREATE = LIBRARY.findOrThrow("mdb_env_create");
  static final MemorySegment ENV_SET_MAPSIZE = LIBRARY.findOrThrow("mdb_env_set_mapsize");
  static final MemorySegment ENV_SET_MAXREADERS = LIBRARY.findOrThrow("mdb_env_set_maxreaders");
  static final MemorySegment ENV_OPEN = LIBRARY.findOrThrow("mdb_env_open");
  static final MemorySegment ENV_INFO = LIBRARY.findOrThrow("mdb_env_info");
  static final MemorySegment ENV_CLOSE = LIBRARY.findOrThrow("mdb_env_close");
  static final MemorySegment DBI_OPEN = LIBRARY.findOrThrow("mdb_dbi_open");
  static final MemorySegment TXN_BEGIN = LIBRARY.findOrThrow("mdb_txn_begin");
  static final MemorySegment TXN_COMMIT = LIBRARY.findOrThrow("mdb_txn_commit");
  static final MemorySegment TXN_ABORT = LIBRARY.findOrThrow("mdb_txn_abort");
  static final MemorySegment TXN_RESET = LIBRARY.findOrThrow("mdb_txn_reset");
  static final MemorySegment TXN_RENEW = LIBRARY.findOrThrow("mdb_txn_renew");
  static final MemorySegment GET = LIBRARY.findOrThrow("mdb_get");
  static final MemorySegment CURSOR_OPEN = LIBRARY.findOrThrow("mdb_cursor_open");
  static final MemorySegment CURSOR_GET = LIBRARY.findOrThrow("mdb_cursor_get");
  static final MemorySegment CURSOR_PUT = LIBRARY.findOrThrow("mdb_cursor_put");
  static final MemorySegment CURSOR_DELETE = LIBRARY.findOrThrow("mdb_cursor_del");
  static final MemorySegment CURSOR_RENEW = LIBRARY.findOrThrow("mdb_cursor_renew");
  static final MemorySegment CURSOR_CLOSE = LIBRARY.findOrThrow("mdb_cursor_close");
  private static final MemorySegment STRERROR = LIBRARY.findOrThrow("mdb_strerror");

  private static final int LONGEST_MESSAGE = 1024;

  private Lmdb() {}

  /** Returns when the library is loaded. */
  static void load() {
    // the fields above
  }

  private static long raw(MemorySegment function, long a, long b, long c, long d, long e) {
    try {
      return (long) CALL.invokeExact(function, a, b, c, d, e);
    } catch (RuntimeException | Error t) {
      throw t;
    } catch (Throwable t) {
      throw new IllegalStateException("a native function can not throw", t);
    }
  }

  /** Calls a function that returns an int, or nothing; then so does what this returns. */
  static int call(MemorySegment function, long a, long b, long c, long d, long e) {
    return (int) raw(function, a, b, c, d, e);
  }

  static int call(MemorySegment function, long a, long b, long c, long d) {
    return (int) raw(function, a, b, c, d, 0);
  }

  static int call(MemorySegment function, long a, long b, long c) {
    return (int) raw(function, a, b, c, 0, 0);
  }

  static int call(MemorySegment function, long a, long b) {
    return (int) raw(function, a, b, 0, 0, 0);
  }

  static int call(MemorySegment function, long a) {
    return (int) raw(function, a, 0, 0, 0, 0);
  }

  /**
   * Does nothing if a function said that it succeeded.
   *
   * @throws LmdbException if not
   */
  static void check(int result) {
    if (result != 0) {
      throw failure(result);
    }
  }

  /**
   * Whether there is what was asked for.
   *
   * @throws LmdbException if that can not be told
   */
  static boolean found(int result) {
    if (result == NOT_FOUND) {
      return false;
    }
    check(result);
    return true;
  }

  private static LmdbException failure(int code) {
    long text = raw(STRERROR, code, 0, 0, 0, 0);
    return new LmdbException(
        code, MemorySegment.ofAddress(text).reinterpret(LONGEST_MESSAGE).getString(0));
  }
}
