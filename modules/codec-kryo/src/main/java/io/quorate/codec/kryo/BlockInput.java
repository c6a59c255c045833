package io.quorate.codec.kryo;

import io.quorate.spi.codec.CodecException;
import io.quorate.spi.codec.FormatMark;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Reads the blocks of a state, as {@link StateFormat} says, and gives their content; nothing of a
 * block is given before its checksum was found right. Ends with the last block.
 */
final class BlockInput extends InputStream {
  private final InputStream in;
  private final CRC32C sum = new CRC32C();
  private final byte[] block = new byte[StateFormat.BLOCK_BYTES];
  private final byte[] number = new byte[Integer.BYTES];
  private int at;
  private int length;
  private boolean ended;

  /** Offset of what is read next, and of the block that is in the buffer. */
  private long offset;

  private long blockOffset;

  BlockInput(InputStream in) throws IOException {
    this.in = in;
    byte[] mark = new byte[FormatMark.BYTES];
    fill(mark, mark.length, "the mark");
    if (!Arrays.equals(mark, StateFormat.MARK)) {
      String codec = FormatMark.codecOf(mark);
      throw bad("it was written by " + (codec == null ? "no codec" : "codec " + codec), 0);
    }
    sum.update(mark);
    int version = readNumber("the version");
    if (version != StateFormat.VERSION) {
      throw bad("version " + version + " of the format", mark.length);
    }
    sum.update(number);
  }

  /** Says what is wrong. */
  static CodecException bad(String problem, long offset) {
    return new CodecException("not a state of codec kryo: " + problem + " at byte " + offset);
  }

  /** Says what is wrong with what was given last. */
  CodecException bad(String problem, @Nullable Throwable cause) {
    CodecException e = bad(problem + " in the block", blockOffset);
    if (cause != null) {
      e.initCause(cause);
    }
    return e;
  }

  @Override
  public int read() throws IOException {
    return prepare() ? block[at++] & 0xff : -1;
  }

  @Override
  public int read(byte[] bytes, int from, int count) throws IOException {
    if (count == 0) {
      return 0;
    }
    if (!prepare()) {
      return -1;
    }
    int n = Math.min(count, length - at);
    System.arraycopy(block, at, bytes, from, n);
    at += n;
    return n;
  }

  /** Sees to it that there is content to give; false behind the last block. */
  private boolean prepare() throws IOException {
    if (at == length && !ended) {
      readBlock();
    }
    return at < length;
  }

  private void readBlock() throws IOException {
    blockOffset = offset;
    int n = readNumber("the length of a block");
    if (n < 0 || n > block.length) {
      throw bad("a block of " + Integer.toUnsignedString(n) + " bytes", blockOffset);
    }
    sum.update(number);
    fill(block, n, "a block");
    sum.update(block, 0, n);
    int recorded = readNumber("a checksum");
    int found = (int) sum.getValue();
    if (recorded != found) {
      throw bad(
          "checksum "
              + Integer.toHexString(recorded)
              + " where the bytes before it give "
              + Integer.toHexString(found)
              + ", for the block",
          blockOffset);
    }
    sum.update(number);
    at = 0;
    length = n;
    if (n == 0) {
      ended = true;
      checkTrailer();
    }
  }

  private void checkTrailer() throws IOException {
    long start = offset;
    byte[] trailer = new byte[StateFormat.TRAILER.length];
    fill(trailer, trailer.length, "its end");
    if (!Arrays.equals(trailer, StateFormat.TRAILER)) {
      throw bad("something else where its end should be", start);
    }
    if (in.read() >= 0) {
      throw bad("bytes behind its end", offset);
    }
  }

  private int readNumber(String what) throws IOException {
    fill(number, number.length, what);
    return ByteBuffer.wrap(number).getInt();
  }

  private void fill(byte[] into, int n, String what) throws IOException {
    int have = in.readNBytes(into, 0, n);
    offset += have;
    if (have < n) {
      throw bad("it ends within " + what, offset);
    }
  }
}
