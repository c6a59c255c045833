package io.quorate.codec.kryo;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.KryoException;
import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import io.quorate.api.Txn;
import io.quorate.api.TxnHeader;
import io.quorate.api.TxnRecord;

/**
 * A record: version, flags, zxid, session id if there is one, cxid, time, transaction, digest if
 * there is one. The zxid stands near the front for {@code zxidOf}.
 */
final class RecordSerializer extends Serializer<TxnRecord> {
  /** Version 1. Not a small number, which a record of another codec might begin with. */
  static final int VERSION_1 = 0xb1;

  private static final int DIGESTED = 1;
  private static final int OTHER_TYPE = 2;
  private static final int SESSION = 4;
  private static final int ALL_FLAGS = 7;

  /** Reads what precedes the zxid; gives the flags. */
  static int readFlags(Input in) {
    int version = in.readByteUnsigned();
    if (version != VERSION_1) {
      throw new KryoException("version 0x" + Integer.toHexString(version) + " of the format");
    }
    int flags = in.readByteUnsigned();
    if (flags > ALL_FLAGS) {
      throw new KryoException("flags 0x" + Integer.toHexString(flags));
    }
    return flags;
  }

  @Override
  public void write(Kryo kryo, Output out, TxnRecord record) {
    TxnHeader header = record.header();
    boolean session = header.sessionId() != 0;
    int flags =
        (record.digested() ? DIGESTED : 0)
            | (TxnTypes.isOther(header.type(), record.txn()) ? OTHER_TYPE : 0)
            | (session ? SESSION : 0);
    out.writeByte(VERSION_1);
    out.writeByte(flags);
    Values.writeZxid(out, header.zxid());
    if (session) {
      out.writeLong(header.sessionId());
    }
    out.writeVarInt(header.cxid(), false);
    out.writeVarLong(header.time(), true);
    kryo.writeClassAndObject(out, record.txn());
    if (record.digested()) {
      out.writeVarLong(record.digest(), true);
    }
  }

  @Override
  public TxnRecord read(Kryo kryo, Input in, Class<? extends TxnRecord> type) {
    int flags = readFlags(in);
    long zxid = Values.readZxid(in);
    long session = (flags & SESSION) == 0 ? 0 : in.readLong();
    int cxid = in.readVarInt(false);
    long time = in.readVarLong(true);
    Txn txn = TxnSerializers.read(kryo, in);
    int txnType = TxnTypes.of((flags & OTHER_TYPE) != 0, txn);
    if (txnType == 0) {
      throw new KryoException("a flag that does not go with " + txn.getClass().getSimpleName());
    }
    boolean digested = (flags & DIGESTED) != 0;
    long digest = digested ? in.readVarLong(true) : 0;
    return new TxnRecord(new TxnHeader(session, cxid, zxid, time, txnType), txn, digested, digest);
  }
}
