package io.quorate.storage.lmdb;

import java.io.Serial;

/** A function of LMDB failed. */
final class LmdbException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  private final int code;

  LmdbException(int code, String message) {
    super(message + " (" + code + ")");
    this.code = code;
  }

  /** An error number of the system, or one of LMDB's own, which are negative. */
  int code() {
    return code;
  }

  /** Whether the file is none of LMDB's, or of another version of its format. */
  boolean isForeignFile() {
    return code == Lmdb.INVALID || code == Lmdb.VERSION_MISMATCH;
  }

  /** Whether a transaction needs more room than the map has. */
  boolean isMapFull() {
    return code == Lmdb.MAP_FULL;
  }
}
