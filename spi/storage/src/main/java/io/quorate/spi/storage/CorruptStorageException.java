package io.quorate.spi.storage;

import io.quorate.api.Stability;
import java.io.IOException;
import java.nio.file.Path;

/** Stored bytes that are damaged or do not fit together; the server must not start from them. */
@Stability.Stable
public final class CorruptStorageException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * Says where, what and what to do.
   *
   * @param offset byte offset in the file, or -1 if it concerns the whole file
   */
  public CorruptStorageException(Path file, long offset, String problem, String advice) {
    super(file + (offset >= 0 ? " at offset " + offset : "") + ": " + problem + ". " + advice);
  }
}
