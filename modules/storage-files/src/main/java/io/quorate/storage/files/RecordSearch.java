package io.quorate.storage.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.Adler32;

/**
 * Looks behind damage in a log for whole records. If there is one, the damage is not the torn end
 * of the last write, and cutting there would lose records that were acknowledged.
 *
 * <p>Any offset may be a record's start, since the damage may have hit a length. Whoever can choose
 * data can make many places look like records, so the work is bounded; past the bound the answer is
 * yes, which refuses to cut.
 */
final class RecordSearch {
  private static final int WINDOW_BYTES = 4 << 20;

  /** How many bytes are checksummed at most; a torn write has next to none to check. */
  private static final long WORK_LIMIT_BYTES = 1L << 30;

  private final FileChannel channel;
  private final long size;
  private final int maxRecordBytes;
  private final Adler32 adler = new Adler32();
  private long work;

  private RecordSearch(FileChannel channel, int maxRecordBytes) throws IOException {
    this.channel = channel;
    this.size = channel.size();
    this.maxRecordBytes = maxRecordBytes;
  }

  /** Whether a whole record starts at {@code from} or anywhere behind it. */
  static boolean anyFrom(Path path, long from, int maxRecordBytes) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      return new RecordSearch(channel, maxRecordBytes).search(from);
    }
  }

  private boolean search(long from) throws IOException {
    long left = size - from;
    int longest = (int) Math.min(left, (long) maxRecordBytes + LogFormat.OVERHEAD_BYTES);
    byte[] window = new byte[(int) Math.min(left, (long) longest + WINDOW_BYTES)];
    for (long base = from; base < size; ) {
      int read = fill(window, base);
      boolean last = base + read >= size;
      int starts = last ? read - LogFormat.OVERHEAD_BYTES : read - longest;
      for (int i = 0; i < starts; i++) {
        if (isRecord(window, i, read)) {
          return true;
        }
      }
      if (last) {
        return false;
      }
      base += starts;
    }
    return false;
  }

  private int fill(byte[] window, long base) throws IOException {
    int n = 0;
    while (n < window.length) {
      int read = channel.read(ByteBuffer.wrap(window, n, window.length - n), base + n);
      if (read < 0) {
        break;
      }
      n += read;
    }
    return n;
  }

  private boolean isRecord(byte[] window, int at, int limit) {
    if (window[at] != 0 || LogFormat.intAt(window, at) != 0) {
      return false; // the checksum's upper half
    }
    int n = LogFormat.intAt(window, at + 8);
    if (n < 1
        || n > maxRecordBytes
        || n > limit - at - LogFormat.OVERHEAD_BYTES
        || window[at + LogFormat.PREFIX_BYTES + n] != LogFormat.END) {
      return false;
    }
    work += n;
    if (work > WORK_LIMIT_BYTES) {
      return true;
    }
    adler.reset();
    adler.update(window, at + LogFormat.PREFIX_BYTES, n);
    return adler.getValue() == LogFormat.longAt(window, at);
  }
}
