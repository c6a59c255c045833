package io.quorate.jute;

import io.quorate.spi.codec.CodecException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.Adler32;
import org.jspecify.annotations.Nullable;

/**
 * Reads Jute values from a stream and sums up what it has read. Refuses lengths beyond its limit,
 * and takes memory for long values only as their bytes arrive.
 */
final class StateInput {
  private static final int BUFFER_BYTES = 1 << 17;
  private static final int FIRST_CHUNK = 1 << 20;
  private static final byte[] NOTHING = {};

  private final InputStream in;
  private final int maxLength;
  private final Adler32 sum = new Adler32();
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int pos;
  private int limit;

  /** What lies before this in the buffer is in the sum. */
  private int summed;

  /** Offset in the stream of the buffer's first byte. */
  private long base;

  StateInput(InputStream in, int maxLength) {
    this.in = in;
    this.maxLength = maxLength;
  }

  /** Offset of the next byte, from where this began to read. */
  long offset() {
    return base + pos;
  }

  /** The Adler-32 of all bytes so far. */
  long checksum() {
    sumUp();
    return sum.getValue();
  }

  private void sumUp() {
    sum.update(buffer, summed, pos - summed);
    summed = pos;
  }

  /** Says what is wrong with what was just read. */
  CodecException bad(String problem, long offset) {
    return new CodecException("not a snapshot: " + problem + " at byte " + offset);
  }

  int readInt(String what) throws IOException {
    need(4, what);
    int v = BigEndian.getInt(buffer, pos);
    pos += 4;
    return v;
  }

  long readLong(String what) throws IOException {
    need(8, what);
    long v = BigEndian.getLong(buffer, pos);
    pos += 8;
    return v;
  }

  /** A buffer, or the bytes of a string; null for the length -1. */
  byte @Nullable [] readBuffer(String what) throws IOException {
    long at = offset();
    int n = readInt(what);
    if (n == -1) {
      return null;
    }
    if (n < 0 || n > maxLength) {
      throw bad(what + " of " + n + " bytes, where at most " + maxLength + " are allowed,", at);
    }
    return n == 0 ? NOTHING : readBytes(n, what);
  }

  private byte[] readBytes(int n, String what) throws IOException {
    if (n <= BUFFER_BYTES) {
      need(n, what);
      pos += n;
      return Arrays.copyOfRange(buffer, pos - n, pos);
    }
    byte[] bytes = new byte[Math.min(n, FIRST_CHUNK)];
    int have = 0;
    while (have < n) {
      if (have == bytes.length) {
        bytes = Arrays.copyOf(bytes, (int) Math.min(n, 2L * have));
      }
      need(1, what);
      int k = Math.min(limit - pos, bytes.length - have);
      System.arraycopy(buffer, pos, bytes, have, k);
      pos += k;
      have += k;
    }
    return bytes;
  }

  /** Reads on until the stream ends or {@code most} bytes are there; says how many are. */
  int available(int most) throws IOException {
    fill(most);
    return Math.min(limit - pos, most);
  }

  private void need(int n, String what) throws IOException {
    if (limit - pos < n) {
      fill(n);
      if (limit - pos < n) {
        throw bad("it ends within " + what, base + limit);
      }
    }
  }

  private void fill(int n) throws IOException {
    sumUp();
    System.arraycopy(buffer, pos, buffer, 0, limit - pos);
    base += pos;
    limit -= pos;
    pos = 0;
    summed = 0;
    while (limit < n) {
      int got = in.read(buffer, limit, buffer.length - limit);
      if (got < 0) {
        return;
      }
      limit += got;
    }
  }
}
