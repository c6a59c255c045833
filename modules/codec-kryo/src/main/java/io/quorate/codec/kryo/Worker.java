package io.quorate.codec.kryo;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.KryoException;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import io.quorate.api.TxnRecord;

/** Kryo with its buffers, for one record at a time. One thread at a time. */
final class Worker {
  private static final int FIRST_BUFFER = 512;

  /** A longer buffer is not kept: a long record is no reason to hold on to its memory. */
  private static final int MAX_KEPT_BUFFER = 1 << 16;

  private static final byte[] NOTHING = {};

  private final Kryo kryo = ClassTable.forRecords();
  private final Output out = new Output(FIRST_BUFFER, -1);
  private final Input in = new Input(NOTHING);

  byte[] encode(TxnRecord record) {
    kryo.writeObject(out, record);
    byte[] bytes = out.toBytes();
    if (out.getBuffer().length > MAX_KEPT_BUFFER) {
      out.setBuffer(new byte[FIRST_BUFFER], -1);
    }
    out.reset();
    return bytes;
  }

  /**
   * The record in these bytes, none of which may be left over.
   *
   * @throws KryoException if they are none
   */
  TxnRecord decode(byte[] bytes, int offset, int length) {
    in.setBuffer(bytes, offset, length);
    TxnRecord record = kryo.readObject(in, TxnRecord.class);
    if (in.position() != in.limit()) {
      throw new KryoException(in.limit() - in.position() + " bytes too many");
    }
    in.setBuffer(NOTHING);
    return record;
  }

  /** The zxid at the start of these bytes. */
  long zxidOf(byte[] bytes, int offset, int length) {
    in.setBuffer(bytes, offset, length);
    RecordSerializer.readFlags(in);
    long zxid = Values.readZxid(in);
    in.setBuffer(NOTHING);
    return zxid;
  }

  /** Where decoding stopped, in the array it was given. */
  int position() {
    return (int) in.total(); // the position itself is 0 where it ended too early
  }
}
