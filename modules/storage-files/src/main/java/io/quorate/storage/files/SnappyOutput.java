package io.quorate.storage.files;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.compression.Snappy;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;

/**
 * Writes the stream format of snappy-java's {@code SnappyOutputStream}, which Apache uses: a
 * header, then blocks, each with its compressed length as a big-endian int before it. (It is not
 * the framing format of the Snappy project.)
 */
final class SnappyOutput extends OutputStream {
  /** 0x82, "SNAPPY", 0; the version; the oldest version that can read it. */
  static final byte[] HEADER = {
    (byte) 0x82, 'S', 'N', 'A', 'P', 'P', 'Y', 0, 0, 0, 0, 1, 0, 0, 0, 1
  };

  /** How much is compressed at a time; what snappy-java does by default. */
  static final int BLOCK_BYTES = 32 << 10;

  private final OutputStream out;
  private final Snappy snappy = new Snappy();
  private final byte[] block = new byte[BLOCK_BYTES];
  private final ByteBuf compressed = Unpooled.buffer(2 * BLOCK_BYTES);
  private int filled;
  private boolean closed;

  SnappyOutput(OutputStream out) throws IOException {
    this.out = out;
    out.write(HEADER);
  }

  @Override
  public void write(int b) throws IOException {
    if (filled == block.length) {
      writeBlock();
    }
    block[filled++] = (byte) b;
  }

  @Override
  public void write(byte[] array, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, array.length);
    for (int done = 0; done < length; ) {
      if (filled == block.length) {
        writeBlock();
      }
      int n = Math.min(block.length - filled, length - done);
      System.arraycopy(array, offset + done, block, filled, n);
      filled += n;
      done += n;
    }
  }

  /** Does not end the block that is being filled, so that flushing often costs no compression. */
  @Override
  public void flush() throws IOException {
    out.flush();
  }

  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try (out) {
      writeBlock();
    }
  }

  private void writeBlock() throws IOException {
    if (filled == 0) {
      return;
    }
    compressed.clear().writeInt(0);
    snappy.reset();
    snappy.encode(Unpooled.wrappedBuffer(block, 0, filled), compressed, filled);
    compressed.setInt(0, compressed.readableBytes() - Integer.BYTES);
    compressed.readBytes(out, compressed.readableBytes());
    filled = 0;
  }
}
