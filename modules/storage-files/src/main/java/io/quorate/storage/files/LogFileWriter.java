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
  private static final int BUFFER_BYTES = 1 << 20;
  private static final int ZEROS_BYTES = 1 << 18;

  /**
   * How far zeros are written ahead in one step. A larger configured step is taken in pieces of
   * this size, so that no single fsync has much to write.
   */
  static final int MAX_ZERO_STEP_BYTES = 1 << 20;

  /** A batch up to this size leaves the mark before it where it is. */
  private static final int MAX_ROOM_BYTES = 1 << 18;

  /** Unless there is this much between the records and a mark, Apache might read into it. */
  private static final int GAP_BYTES = 64;

  private final Disk disk;
  private final Path directory;
  private final DiskFile file;
  private final ByteBuffer buffer;
  private final ByteBuffer zeros;
  private final ByteBuffer mark;
  private final int zeroStep;
  private final int room;
  private final boolean marks;
  private final Adler32 adler = new Adler32();

  private long written; // what of the records is in the file
  private long forced; // what of them is durable
  private long allocated; // the file's length
  private long oldMark = -1; // where a mark is that is of no more use
  private boolean changed; // something was written since the last force
  private boolean entryIsDurable;

  /** What a log's files are written with. */
  static final class Settings {
    final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    final ByteBuffer zeros;
    final ByteBuffer mark = ByteBuffer.allocateDirect(BatchMark.BYTES);
    final byte[] header;
    final int zeroStep;
    final boolean marks;

    /**
     * Takes the memory.
     *
     * @param codec the name of the codec whose records are written
     * @param preallocateBytes how far zeros are written ahead; 0 or less turns it off
     * @param sync whether forcing does anything; without it there is nothing to mark
     */
    Settings(String codec, long preallocateBytes, boolean sync) {
      this.header = LogFormat.header(codec);
      long step = Math.clamp(preallocateBytes, 0, MAX_ZERO_STEP_BYTES);
      this.zeroStep = (int) blocks(step);
      this.zeros = ByteBuffer.allocateDirect(Math.min(zeroStep, ZEROS_BYTES)).asReadOnlyBuffer();
      this.marks = zeroStep > 0 && sync;
    }
  }

  /** Creates the file and puts its header into the buffer. */
  LogFileWriter(Disk disk, Path directory, String name, Settings settings) throws IOException {
    this.disk = disk;
    this.directory = directory;
    this.buffer = settings.buffer.clear();
    this.zeros = settings.zeros;
    this.mark = settings.mark;
    this.zeroStep = settings.zeroStep;
    this.room = Math.min(MAX_ROOM_BYTES, zeroStep / 4);
    this.marks = settings.marks;
    this.file = disk.create(directory.resolve(name));
    buffer.put(settings.header);
    if (marks) {
      try {
        force(); // so that the first batch has a durable mark before it
      } catch (Throwable t) {
        file.close();
        throw t;
      }
    }
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
    if (zeroStep > 0 && written + room + BatchMark.BLOCK_BYTES > allocated) {
      writeZeros();
    }
    if (marks) {
      long at = allocated - BatchMark.BYTES;
      BatchMark.write(mark, forced, written, at);
      file.write(mark, at);
    }
    file.force();
    if (!entryIsDurable) {
      disk.syncDirectory(directory);
      entryIsDurable = true;
    }
    forced = written;
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
    eraseOldMark();
    buffer.flip();
    int n = buffer.remaining();
    changed = true;
    file.write(buffer, written);
    buffer.clear();
    written += n;
    allocated = Math.max(allocated, written);
  }

  /**
   * Extends the file. The mark in its place at the old end stays until the next force, since the
   * one at the new end is not durable before this one is done; unless the records have come near
   * it.
   */
  private void writeZeros() throws IOException {
    if (marks && allocated > 0) {
      oldMark = allocated - BatchMark.BYTES;
      if (written + GAP_BYTES > oldMark) {
        eraseOldMark();
      }
    }
    long end = blocks(written + room + BatchMark.BLOCK_BYTES + zeroStep);
    while (allocated < end) {
      int n = (int) Math.min(zeros.capacity(), end - allocated);
      file.write(zeros.slice(0, n), allocated);
      allocated += n;
    }
  }

  private void eraseOldMark() throws IOException {
    if (oldMark < 0) {
      return;
    }
    long from = Math.max(oldMark, written);
    int n = (int) (oldMark + BatchMark.BYTES - from);
    if (n > 0) {
      file.write(zeros.slice(0, n), from);
    }
    oldMark = -1;
  }

  private static long blocks(long bytes) {
    return (bytes + BatchMark.BLOCK_BYTES - 1) & -BatchMark.BLOCK_BYTES;
  }
}
