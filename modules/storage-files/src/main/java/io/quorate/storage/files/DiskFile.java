package io.quorate.storage.files;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** An open file of a {@link Disk}. */
interface DiskFile extends Closeable {
  /** Writes all that remains in {@code source} from {@code position} on. */
  void write(ByteBuffer source, long position) throws IOException;

  /** Puts what was written, and the length, on stable storage. */
  void force() throws IOException;

  /** Cuts the file. Durable after {@link #force}. */
  void truncate(long size) throws IOException;
}
