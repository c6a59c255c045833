package io.quorate.spi.storage.tck;

import io.quorate.api.OpCode;
import io.quorate.api.Txn;
import io.quorate.api.TxnHeader;
import io.quorate.api.TxnRecord;
import io.quorate.api.ZnodePath;
import io.quorate.spi.codec.Codec;
import io.quorate.spi.codec.CodecException;
import java.util.Arrays;

/** The records that these tests append: what is in them follows from zxid and length. */
final class LogRecords {
  private static final ZnodePath PATH = ZnodePath.of("/record");
  private final Codec codec;

  /** Records of this codec. */
  LogRecords(Codec codec) {
    this.codec = codec;
  }

  /** A record with this zxid and, unless the codec needs more for the least one, this length. */
  byte[] of(long zxid, int length) {
    if (codec instanceof TckCodec) {
      return TckCodec.record(zxid, length);
    }
    byte[] record = encode(zxid, 0);
    for (int data = length - record.length; data > 0; data -= record.length - length) {
      record = encode(zxid, data);
      if (record.length <= length) {
        return record;
      }
    }
    return encode(zxid, 0);
  }

  private byte[] encode(long zxid, int dataBytes) {
    TxnHeader header = new TxnHeader(0x10_0000_0007L, 3, zxid, 1_700_000_000_000L, OpCode.SET_DATA);
    Txn txn = new Txn.SetData(PATH, data(zxid, dataBytes), 1);
    return codec.encode(new TxnRecord(header, txn, true, zxid * 31));
  }

  private static byte[] data(long zxid, int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (zxid * 31 + i * 7L | 1);
    }
    return bytes;
  }

  /** Whether these bytes are a record that {@link #of} gave for this zxid. */
  boolean isRecord(long zxid, byte[] array, int offset, int length) {
    if (codec instanceof TckCodec) {
      byte[] expected = TckCodec.record(zxid, length);
      return Arrays.equals(expected, 0, length, array, offset, offset + length);
    }
    try {
      TxnRecord record = codec.decode(array, offset, length);
      byte[] data = record.txn() instanceof Txn.SetData set ? set.data() : null;
      return data != null
          && record.header().zxid() == zxid
          && Arrays.equals(
              encode(zxid, data.length), Arrays.copyOfRange(array, offset, offset + length));
    } catch (CodecException e) {
      throw new AssertionError("record " + zxid + " came back damaged", e);
    }
  }
}
