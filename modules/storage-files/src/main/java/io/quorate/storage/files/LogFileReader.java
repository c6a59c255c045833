package io.quorate.storage.files;

import io.quorate.spi.storage.CorruptStorageException;
import io.quorate.spi.storage.StorageConfiguration;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.zip.Adler32;
import org.jspecify.annotations.Nullable;

/**
 * Reads one log file, record by record, through one buffer that is as large as the largest record
 * met and at least {@link #BUFFER_BYTES}. One thread.
 *
 * <p>Reading ends at the first thing that is no record. It ended cleanly if nothing but zeros
 * follows, apart from marks; otherwise {@link #damage} says what is wrong at {@link #position}.
 */
final class LogFileReader implements Closeable {
  private static final int BUFFER_BYTES = 1 << 20;
  private static final int CHUNK_BYTES = 1 << 16;

  private final Path path;
  private final FileChannel channel;
  private final int maxRecordBytes;
  private final long size;
  private final Adler32 adler = new Adler32();

  private byte[] buffer;
  private int at; // of position() in the buffer
  private int limit; // of what was read into the buffer
  private long position;
  private long next;
  private int offset;
  private int length;
  private @Nullable String damage;
  private int damagedBytes = LogFormat.PREFIX_BYTES;
  private @Nullable LogTail tail;
  private boolean ended;

  /**
   * Opens a file.
   *
   * @throws CorruptStorageException if another codec wrote it
   */
  LogFileReader(Path path, StorageConfiguration configuration) throws IOException {
    this.path = path;
    this.maxRecordBytes = configuration.maxRecordBytes();
    this.channel = FileChannel.open(path, StandardOpenOption.READ);
    try {
      this.size = channel.size();
      this.buffer = new byte[(int) Math.clamp(size, LogFormat.HEADER_BYTES, BUFFER_BYTES)];
      readHeader(configuration.codec().name());
    } catch (Throwable t) {
      channel.close();
      throw t;
    }
  }

  /** Moves to the next record; false at the end of what can be read. */
  boolean next() throws IOException {
    if (ended) {
      return false;
    }
    advance();
    long left = size - position;
    if (left < LogFormat.PREFIX_BYTES) {
      return endUnlessZeros("a record's start is cut off");
    }
    require(LogFormat.PREFIX_BYTES);
    long checksum = LogFormat.longAt(buffer, at);
    int n = LogFormat.intAt(buffer, at + 8);
    if (n == 0) {
      return endUnlessZeros("a record of length 0 has something behind it");
    }
    if (n < 0 || n > maxRecordBytes) {
      refuseIfWhole(n, checksum);
      return damaged("a record's length is " + n + ", the limit is " + maxRecordBytes);
    }
    if (n > left - LogFormat.OVERHEAD_BYTES) {
      return damaged("a record of " + n + " bytes is cut off");
    }
    damagedBytes = n + LogFormat.OVERHEAD_BYTES;
    require(n + LogFormat.OVERHEAD_BYTES);
    offset = at + LogFormat.PREFIX_BYTES;
    length = n;
    adler.reset();
    adler.update(buffer, offset, n);
    if (adler.getValue() != checksum) {
      return damaged("a record's checksum does not match");
    }
    if (buffer[offset + n] != LogFormat.END) {
      return damaged("a record's end mark is missing");
    }
    damagedBytes = LogFormat.PREFIX_BYTES;
    next = position + n + LogFormat.OVERHEAD_BYTES;
    return true;
  }

  /** Holds the record. Valid until the next call of {@link #next}. */
  byte[] array() {
    return buffer;
  }

  /** Where in {@link #array} the record starts. */
  int offset() {
    return offset;
  }

  /** How long the record is. */
  int length() {
    return length;
  }

  /** Where in the file the current record starts, its prefix included; after the last, the end. */
  long position() {
    return position;
  }

  /** The file's length when it was opened. */
  long size() {
    return size;
  }

  /** What is wrong at {@link #position}, or null if nothing is or the end was not reached yet. */
  @Nullable String damage() {
    return damage;
  }

  /** What is behind the last record. Call it when {@link #next} has returned false. */
  LogTail tail() throws IOException {
    LogTail t = tail;
    if (t == null) {
      t = new LogTail(channel, position, size);
      tail = t;
    }
    return t;
  }

  /** How long the damaged record would be, as far as its start can tell. */
  int damagedBytes() {
    return damagedBytes;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private void readHeader(String codec) throws IOException {
    if (size < LogFormat.HEADER_BYTES) {
      endUnlessZeros("the file header is cut off");
      return;
    }
    require(LogFormat.HEADER_BYTES);
    byte[] header = Arrays.copyOf(buffer, LogFormat.HEADER_BYTES);
    OtherCodec.refuse(path, header, codec);
    if (Arrays.equals(header, LogFormat.header(codec))) {
      next = LogFormat.HEADER_BYTES;
    } else {
      endUnlessZeros("the file header is not that of a transaction log of codec " + codec);
    }
  }

  private void advance() {
    at += (int) (next - position);
    position = next;
  }

  /**
   * Sees to it that {@code n} bytes from {@link #position} are in the buffer; the file has them.
   */
  private void require(int n) throws IOException {
    if (limit - at >= n) {
      return;
    }
    if (n > buffer.length) {
      buffer = Arrays.copyOfRange(buffer, at, at + n);
    } else {
      System.arraycopy(buffer, at, buffer, 0, limit - at);
    }
    limit -= at;
    at = 0;
    while (limit < n) {
      int read =
          channel.read(ByteBuffer.wrap(buffer, limit, buffer.length - limit), position + limit);
      if (read < 0) {
        throw new IOException("The file became shorter while it was read, at " + position);
      }
      limit += read;
    }
  }

  /** A record that was written under a larger limit is no damage, and must not be cut off. */
  private void refuseIfWhole(int n, long checksum) throws IOException {
    if (n < 0 || n > size - position - LogFormat.OVERHEAD_BYTES) {
      return;
    }
    adler.reset();
    byte[] chunk = new byte[CHUNK_BYTES];
    long end = position + LogFormat.PREFIX_BYTES + n;
    for (long p = position + LogFormat.PREFIX_BYTES; p < end; ) {
      ByteBuffer target = ByteBuffer.wrap(chunk, 0, (int) Math.min(chunk.length, end - p));
      int read = channel.read(target, p);
      if (read < 0) {
        return;
      }
      adler.update(chunk, 0, read);
      p += read;
    }
    if (adler.getValue() == checksum) {
      throw new CorruptStorageException(
          path,
          position,
          "A whole record of " + n + " bytes is longer than the limit of " + maxRecordBytes,
          "It was written under a larger jute.maxbuffer: start with at least that one.");
    }
  }

  private boolean endUnlessZeros(String problem) throws IOException {
    return tail().isZero() ? end() : damaged(problem);
  }

  private boolean damaged(String problem) {
    damage = problem;
    return end();
  }

  private boolean end() {
    ended = true;
    return false;
  }
}
