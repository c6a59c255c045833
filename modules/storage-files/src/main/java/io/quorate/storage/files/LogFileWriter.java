package io.quorate.storage.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.zip.Adler32;

/**
 * Writes one log file. Records are gathered in a buffer and go to the file in as few writes as
 * possible, in front of zeros that were written before: overwriting is twice as fast to fsync as
 * growing a file, since the file system has no metadata to put away (measured, reference build.md
 * section 7). One thread.
 *
 * <p>After any exception the file's content behind the last {@link #force} is unknown.
 */
final class LogFileWriter {
  /**
   * How far zeros are written ahead in one step. A larger configured step is taken in pieces of
   * this size, so that no single fsync has much to write.
   */
  static final int MAX_ZERO_STEP_BYTES = 1 << 20;

  private final Disk disk;
  private final Path directory;
  private final DiskFile file;
  private final ByteBuffer buffer;
  private final ByteBuffer zeros;
  private final int zeroStep;
  private final Adler32 adler = new Adler32();

  private long written; // what of the records is in the file
  private long allocated; // the file's length
  private boolean changed; // something was written since the last force
  private boolean entryIsDurable;

  /**
   * Creates the file and puts its header into the buffer.
   *
   * @param buffer for this writer until it is ended; empty
   * @param zeros a read-only piece of zeros, or an empty buffer for no preallocation
   */
  LogFileWriter(
      Disk disk, Path directory, String name, ByteBuffer buffer, ByteBuffer zeros, int zeroStep)
      throws IOException {
    this.disk = disk;
    this.directory = directory;
    this.buffer = buffer;
    this.zeros = zeros;
    this.zeroStep = zeroStep;
    this.file = disk.create(directory.resolve(name));
    buffer.putInt(LogFormat.MAGIC).putInt(LogFormat.VERSION).putLong(0);
  }

  /** Adds a record; it is in the buffer or, where that is too small for it, partly in the file. */
  void append(byte[] record) throws IOException {
    adler.reset();
    adler.update(record, 0, record.length);
    need(LogFormat.PREFIX_BYTES);
    buffer.putLong(adler.getValue()).putInt(record.length);
    for (int done = 0; done < record.length; ) {
      need(1);
      int n = Math.min(buffer.remaining(), record.length - done);
      buffer.put(record, done, n);
      done += n;
    }
    need(1);
    buffer.put(LogFormat.END);
  }

  /** Puts everything on stable storage, the file's directory entry included. */
  void force() throws IOException {
    flush();
    if (!changed) {
      return;
    }
    if (written >= allocated && zeroStep > 0) {
      writeZeros();
    }
    file.force();
    if (!entryIsDurable) {
      disk.syncDirectory(directory);
      entryIsDurable = true;
    }
    changed = false;
  }

  /** How long the file is without the zeros at its end. */
  long size() {
    return written + buffer.position();
  }

  /** Cuts the zeros at the end and closes the file; what is still in the buffer is dropped. */
  void end() throws IOException {
    try (file) {
      if (allocated > written) {
        file.truncate(written);
      }
    }
  }

  /** Closes the file as it is. */
  void abandon() throws IOException {
    file.close();
  }

  private void need(int bytes) throws IOException {
    if (buffer.remaining() < bytes) {
      flush();
    }
  }

  private void flush() throws IOException {
    if (buffer.position() == 0) {
      return;
    }
    buffer.flip();
    int n = buffer.remaining();
    changed = true;
    file.write(buffer, written);
    buffer.clear();
    written += n;
    allocated = Math.max(allocated, written);
  }

  private void writeZeros() throws IOException {
    // To a block boundary, so that later writes fill whole blocks.
    long end = (written + zeroStep + 4095) & ~4095L;
    while (allocated < end) {
      ByteBuffer piece = zeros.duplicate();
      piece.limit((int) Math.min(piece.capacity(), end - allocated));
      int n = piece.remaining();
      file.write(piece, allocated);
      allocated += n;
    }
  }
}
