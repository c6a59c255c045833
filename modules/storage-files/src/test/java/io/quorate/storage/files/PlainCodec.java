package io.quorate.storage.files;

import io.quorate.api.TreeStore;
import io.quorate.api.TreeView;
import io.quorate.api.TxnRecord;
import io.quorate.spi.codec.Codec;
import io.quorate.spi.codec.CodecException;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;

/**
 * A codec for tests of storage alone: a record is its zxid and then anything; a state is its
 * sessions and a checksum.
 */
final class PlainCodec implements Codec {
  static byte[] record(long zxid, int length) {
    byte[] bytes = new byte[Math.max(length, Long.BYTES)];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (zxid * 31 + i * 7 | 1);
    }
    ByteBuffer.wrap(bytes).putLong(zxid);
    return bytes;
  }

  @Override
  public String name() {
    return "jute";
  }

  @Override
  public long zxidOf(byte[] bytes, int offset, int length) throws CodecException {
    if (length < Long.BYTES) {
      throw new CodecException("a record of " + length + " bytes");
    }
    return ByteBuffer.wrap(bytes, offset, length).getLong();
  }

  @Override
  public byte[] encode(TxnRecord record) {
    throw new UnsupportedOperationException();
  }

  @Override
  public TxnRecord decode(byte[] bytes, int offset, int length) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void writeState(TreeView view, OutputStream out) throws IOException {
    CheckedOutputStream checked = new CheckedOutputStream(out, new CRC32());
    DataOutputStream data = new DataOutputStream(checked);
    data.writeInt(view.sessionCount());
    IOException[] failure = new IOException[1];
    view.sessions(
        (id, timeout) -> {
          try {
            data.writeLong(id);
            data.writeInt(timeout);
          } catch (IOException e) {
            failure[0] = e;
          }
        });
    if (failure[0] != null) {
      throw failure[0];
    }
    data.writeLong(checked.getChecksum().getValue());
    data.flush();
  }

  @Override
  public StateInfo readState(InputStream in, TreeStore into) throws IOException {
    CheckedInputStream checked = new CheckedInputStream(in, new CRC32());
    DataInputStream data = new DataInputStream(checked);
    try {
      int n = data.readInt();
      for (int i = 0; i < n; i++) {
        into.putSession(data.readLong(), data.readInt());
      }
      long expected = checked.getChecksum().getValue();
      if (n < 0 || data.readLong() != expected) {
        throw new CodecException("the checksum does not match");
      }
    } catch (EOFException e) {
      throw new CodecException("cut off", e);
    }
    return new StateInfo(-1, -1, 0, 0);
  }
}
