package io.quorate.spi.storage.tck;

import io.quorate.api.TreeStore;
import io.quorate.api.TreeView;
import io.quorate.api.TxnRecord;
import io.quorate.spi.codec.Codec;
import io.quorate.spi.codec.CodecConfiguration;
import io.quorate.spi.codec.CodecException;
import io.quorate.spi.codec.CodecProvider;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;

/**
 * The codec of these tests. A record is its zxid and then bytes that follow from it, so that a
 * changed one is noticed; a state is its zxid, its sessions and a checksum.
 */
final class TckCodec implements Codec {
  /** Gives it, whatever the limits. */
  static final CodecProvider PROVIDER =
      new CodecProvider() {
        @Override
        public String name() {
          return "tck";
        }

        @Override
        public Codec open(CodecConfiguration configuration) {
          return new TckCodec();
        }
      };

  private static final int MAGIC = 0x51544b31;

  /** The record with this zxid and length, which is at least 8. */
  static byte[] record(long zxid, int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (zxid * 31 + i * 7L | 1);
    }
    ByteBuffer.wrap(bytes).putLong(zxid);
    return bytes;
  }

  @Override
  public String name() {
    return "tck";
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
    throw new UnsupportedOperationException("Storage does not encode records");
  }

  @Override
  public TxnRecord decode(byte[] bytes, int offset, int length) {
    throw new UnsupportedOperationException("Storage asks for zxids only");
  }

  @Override
  public void writeState(TreeView view, OutputStream out) throws IOException {
    CheckedOutputStream checked = new CheckedOutputStream(out, new CRC32C());
    DataOutputStream data = new DataOutputStream(checked);
    List<long[]> sessions = new ArrayList<>();
    view.sessions((id, timeoutMs) -> sessions.add(new long[] {id, timeoutMs}));
    data.writeInt(MAGIC);
    data.writeLong(view.zxid());
    data.writeInt(sessions.size());
    for (long[] session : sessions) {
      data.writeLong(session[0]);
      data.writeInt((int) session[1]);
    }
    data.writeLong(checked.getChecksum().getValue());
    data.flush();
  }

  @Override
  public StateInfo readState(InputStream in, TreeStore into) throws IOException {
    CheckedInputStream checked = new CheckedInputStream(in, new CRC32C());
    DataInputStream data = new DataInputStream(checked);
    try {
      if (data.readInt() != MAGIC) {
        throw new CodecException("not a state");
      }
      long zxid = data.readLong();
      int sessions = data.readInt();
      for (int i = 0; i < sessions; i++) {
        into.putSession(data.readLong(), data.readInt());
      }
      long expected = checked.getChecksum().getValue();
      if (data.readLong() != expected) {
        throw new CodecException("the checksum does not match");
      }
      return new StateInfo(zxid, -1, 0, 0);
    } catch (EOFException e) {
      throw new CodecException("the state is cut off", e);
    }
  }
}
