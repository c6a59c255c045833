package io.quorate.codec.kryo;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.KryoException;
import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import io.quorate.api.Txn;

/** A part of a multi: whether it has its less usual type, and its transaction. */
final class PartSerializer extends Serializer<Txn.Part> {
  /** Besides the flag there is the number of a class and at least one field. */
  static final int MIN_BYTES = 3;

  @Override
  public void write(Kryo kryo, Output out, Txn.Part part) {
    if (!TxnTypes.isPart(part.type())) {
      throw new IllegalArgumentException("type " + part.type() + " within a multi");
    }
    out.writeBoolean(TxnTypes.isOther(part.type(), part.txn()));
    kryo.writeClassAndObject(out, part.txn());
  }

  @Override
  public Txn.Part read(Kryo kryo, Input in, Class<? extends Txn.Part> type) {
    int other = in.readByteUnsigned();
    Txn txn = TxnSerializers.read(kryo, in);
    int txnType = other > 1 ? 0 : TxnTypes.of(other == 1, txn);
    if (!TxnTypes.isPart(txnType)) {
      throw new KryoException(txn.getClass().getSimpleName() + " within a multi");
    }
    return new Txn.Part(txnType, txn);
  }
}
