package io.quorate.storage.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What lies behind the last record that could be read. */
final class LogTail {
  private static final int SECTOR_BYTES = 512;
  private static final int CHUNK_BYTES = 1 << 16;
  private static final byte[] ZEROS = new byte[CHUNK_BYTES];

  private final FileChannel channel;
  private final long position;
  private final long size;
  private long contentEnd;
  private @Nullable BatchMark mark;

  /** Reads the file from {@code position} to {@code size}. */
  LogTail(FileChannel channel, long position, long size) throws IOException {
    this.channel = channel;
    this.position = position;
    this.size = size;
    this.contentEnd = position;
    byte[] chunk = new byte[CHUNK_BYTES];
    // From a block's start, so that a mark lies in one chunk.
    for (long at = position & -BatchMark.BLOCK_BYTES; at < size; at += CHUNK_BYTES) {
      int n = read(chunk, at);
      if (at < position) {
        Arrays.fill(chunk, 0, (int) Math.min(n, position - at), (byte) 0); // records
      }
      if (Arrays.mismatch(chunk, 0, n, ZEROS, 0, n) >= 0) {
        examine(chunk, n, at);
      }
    }
  }

  /** Whether there is nothing but zeros, and marks. */
  boolean isZero() {
    return contentEnd == position;
  }

  /** The mark of the last batch, or null. */
  @Nullable BatchMark mark() {
    return mark;
  }

  /**
   * Whether the records from here on may be missing because the power was cut before their fsync
   * was done; null if there is no mark, which would tell.
   */
  @Nullable Boolean isUnfinishedWrite(int recordBytes) throws IOException {
    BatchMark m = mark;
    if (m == null) {
      return null;
    }
    if (position >= m.end()) {
      return true; // behind the last durable batch
    }
    // Within the marked batch it may be so if nothing was written behind it, which would have had
    // to
    // wait, and a whole sector is missing, which shows as zeros.
    return position >= m.start()
        && contentEnd <= m.end()
        && hasMissingSector(m, Math.min(m.end(), position + recordBytes));
  }

  private boolean hasMissingSector(BatchMark m, long to) throws IOException {
    byte[] sector = new byte[SECTOR_BYTES];
    for (long at = position & -SECTOR_BYTES; at < to; at += SECTOR_BYTES) {
      long from = Math.max(at, m.start());
      int n = (int) (Math.min(Math.min(at + SECTOR_BYTES, m.end()), size) - from);
      if (n <= 0) {
        return true; // the file ends before the batch does
      }
      ByteBuffer target = ByteBuffer.wrap(sector, 0, n);
      while (target.hasRemaining() && channel.read(target, from + target.position()) >= 0) {}
      if (Arrays.mismatch(sector, 0, n, ZEROS, 0, n) < 0) {
        return true;
      }
    }
    return false;
  }

  private void examine(byte[] chunk, int n, long at) {
    for (int block = 0; block < n; block += BatchMark.BLOCK_BYTES) {
      int end = Math.min(n, block + BatchMark.BLOCK_BYTES);
      int index = end - BatchMark.BYTES;
      if (end - block == BatchMark.BLOCK_BYTES) {
        BatchMark found = BatchMark.read(chunk, index, at + index);
        if (found != null) {
          BatchMark m = mark;
          mark = m == null || found.end() > m.end() ? found : m;
          end = index;
        }
      }
      for (int i = end - 1; i >= block; i--) {
        if (chunk[i] != 0) {
          contentEnd = at + i + 1;
          break;
        }
      }
    }
  }

  private int read(byte[] chunk, long at) throws IOException {
    ByteBuffer target = ByteBuffer.wrap(chunk);
    while (target.hasRemaining()) {
      if (channel.read(target, at + target.position()) < 0) {
        break;
      }
    }
    return (int) Math.min(target.position(), size - at);
  }
}
