package io.quorate.storage.files;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.compression.Snappy;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Objects;

/**
 * Reads the stream format of snappy-java's {@code SnappyOutputStream}; see {@link SnappyOutput}.
 * Streams that follow one another are read as one, as snappy-java does. Takes no more memory than a
 * few blocks, whatever lengths the bytes claim.
 */
final class SnappyInput extends InputStream {
  /** Apache writes blocks of 32 KiB; a larger block than this is taken for damage. */
  private static final int MAX_BLOCK_BYTES = 1 << 20;

  /** What incompressible data may grow to: a little more than the block. */
  private static final int MAX_COMPRESSED_BYTES = 32 + MAX_BLOCK_BYTES + MAX_BLOCK_BYTES / 6;

  private final InputStream in;
  private final Snappy snappy = new Snappy();
  private final ByteBuf block = Unpooled.buffer(2 * SnappyOutput.BLOCK_BYTES, MAX_BLOCK_BYTES);

  SnappyInput(InputStream in) throws IOException {
    this.in = in;
    byte[] header = in.readNBytes(SnappyOutput.HEADER.length);
    checkHeader(header);
  }

  @Override
  public int read() throws IOException {
    return fill() ? block.readByte() & 0xff : -1;
  }

  @Override
  public int read(byte[] array, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, array.length);
    if (length == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int n = Math.min(length, block.readableBytes());
    block.readBytes(array, offset, n);
    return n;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  /** Whether there is at least one byte to read. */
  private boolean fill() throws IOException {
    while (!block.isReadable()) {
      byte[] prefix = in.readNBytes(Integer.BYTES);
      if (prefix.length == 0) {
        return false;
      }
      if (prefix.length < Integer.BYTES) {
        throw new EOFException("A snappy block's length is cut off");
      }
      if (Arrays.equals(prefix, 0, Integer.BYTES, SnappyOutput.HEADER, 0, Integer.BYTES)) {
        byte[] header = Arrays.copyOf(prefix, SnappyOutput.HEADER.length);
        int rest = in.readNBytes(header, Integer.BYTES, header.length - Integer.BYTES);
        checkHeader(Arrays.copyOf(header, Integer.BYTES + rest));
      } else {
        readBlock(LogFormat.intAt(prefix, 0));
      }
    }
    return true;
  }

  private void readBlock(int length) throws IOException {
    if (length <= 0 || length > MAX_COMPRESSED_BYTES) {
      throw new IOException("A snappy block's length is " + length);
    }
    byte[] compressed = in.readNBytes(length);
    if (compressed.length < length) {
      throw new EOFException("A snappy block of " + length + " bytes is cut off");
    }
    block.clear();
    snappy.reset();
    int expected = preamble(compressed);
    try {
      snappy.decode(Unpooled.wrappedBuffer(compressed), block);
    } catch (RuntimeException e) {
      // Netty's DecompressionException, or an index beyond the bounds that the block has.
      throw new IOException("A snappy block is damaged: " + e.getMessage(), e);
    }
    if (block.readableBytes() != expected) {
      throw new IOException(
          "A snappy block has " + block.readableBytes() + " bytes and says " + expected);
    }
  }

  /** The decompressed length that the block says it has: a varint of up to 32 bits. */
  private static int preamble(byte[] compressed) throws IOException {
    long n = 0;
    for (int i = 0; i < 5 && i < compressed.length; i++) {
      n |= (long) (compressed[i] & 0x7f) << 7 * i;
      if (compressed[i] >= 0) {
        if (n > MAX_BLOCK_BYTES) {
          throw new IOException("A snappy block says it has " + n + " bytes");
        }
        return (int) n;
      }
    }
    throw new IOException("A snappy block does not say how long it is");
  }

  private static void checkHeader(byte[] header) throws IOException {
    // Both versions have been 1 ever since; only the second decides whether it can be read.
    if (header.length < SnappyOutput.HEADER.length
        || !Arrays.equals(header, 0, 8, SnappyOutput.HEADER, 0, 8)
        || LogFormat.intAt(header, 12) > 1) {
      throw new IOException("Not the header of a snappy stream");
    }
  }
}
