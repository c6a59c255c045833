package io.quorate.storage.files;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * Writes a {@link DiskFile} from its start, through a buffer. It forces the file every few MiB: one
 * fsync of a large snapshot would hold up those of the log for as long as the disk takes for it.
 */
final class DiskOutput extends OutputStream {
  private static final int BUFFER_BYTES = 1 << 18;
  private static final int FORCE_EVERY_BYTES = 8 << 20;

  private final DiskFile file;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
  private long written;
  private long forced;

  DiskOutput(DiskFile file) {
    this.file = file;
  }

  @Override
  public void write(int b) throws IOException {
    if (!buffer.hasRemaining()) {
      drain();
    }
    buffer.put((byte) b);
  }

  @Override
  public void write(byte[] array, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, array.length);
    for (int done = 0; done < length; ) {
      if (!buffer.hasRemaining()) {
        drain();
      }
      int n = Math.min(buffer.remaining(), length - done);
      buffer.put(array, offset + done, n);
      done += n;
    }
  }

  /** Does nothing: {@link #close} and {@link #finish} write what is left. */
  @Override
  public void flush() {}

  /** Puts everything on stable storage. Returns the file's length. */
  long finish() throws IOException {
    drain();
    file.force();
    return written;
  }

  /** Leaves the file open, for {@link #finish}. */
  @Override
  public void close() throws IOException {
    drain();
  }

  private void drain() throws IOException {
    buffer.flip();
    int n = buffer.remaining();
    file.write(buffer, written);
    buffer.clear();
    written += n;
    if (written - forced >= FORCE_EVERY_BYTES) {
      file.force();
      forced = written;
    }
  }
}
