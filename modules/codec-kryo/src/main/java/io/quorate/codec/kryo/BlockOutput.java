package io.quorate.codec.kryo;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** Writes the blocks of a state, as {@link StateFormat} says. Closing it does nothing. */
final class BlockOutput extends OutputStream {
  private final OutputStream out;
  private final CRC32C sum = new CRC32C();

  /** Length, content and checksum of the block that is being filled. */
  private final ByteBuffer block =
      ByteBuffer.allocate(Integer.BYTES + StateFormat.BLOCK_BYTES + Integer.BYTES);

  BlockOutput(OutputStream out) throws IOException {
    this.out = out;
    ByteBuffer header = ByteBuffer.allocate(StateFormat.HEADER_BYTES);
    header.put(StateFormat.MARK).putInt(StateFormat.VERSION);
    sum.update(header.array());
    out.write(header.array());
    block.position(Integer.BYTES);
  }

  private int room() {
    return Integer.BYTES + StateFormat.BLOCK_BYTES - block.position();
  }

  @Override
  public void write(int b) throws IOException {
    if (room() == 0) {
      endBlock();
    }
    block.put((byte) b);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    int done = 0;
    while (done < length) {
      if (room() == 0) {
        endBlock();
      }
      int n = Math.min(room(), length - done);
      block.put(bytes, offset + done, n);
      done += n;
    }
  }

  private void endBlock() throws IOException {
    int end = block.position();
    block.putInt(0, end - Integer.BYTES);
    sum.update(block.array(), 0, end);
    block.putInt((int) sum.getValue());
    sum.update(block.array(), end, Integer.BYTES);
    out.write(block.array(), 0, block.position());
    block.position(Integer.BYTES);
  }

  /** Writes what is left and the end, and flushes the stream behind. */
  void finish() throws IOException {
    if (block.position() > Integer.BYTES) {
      endBlock();
    }
    endBlock();
    out.write(StateFormat.TRAILER);
    out.flush();
  }
}
