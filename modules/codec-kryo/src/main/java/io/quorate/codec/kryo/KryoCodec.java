package io.quorate.codec.kryo;

import com.esotericsoftware.kryo.kryo5.KryoException;
import io.quorate.api.TreeStore;
import io.quorate.api.TreeView;
import io.quorate.api.TxnRecord;
import io.quorate.spi.codec.Codec;
import io.quorate.spi.codec.CodecConfiguration;
import io.quorate.spi.codec.CodecException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Version 1 of the format that the package page describes. */
final class KryoCodec implements Codec {
  static final String NAME = "kryo";

  private final CodecConfiguration configuration;
  private final Workers workers = new Workers();

  KryoCodec(CodecConfiguration configuration) {
    this.configuration = configuration;
  }

  @Override
  public String name() {
    return NAME;
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if the type in the header does not go with the record
   */
  @Override
  public byte[] encode(TxnRecord record) {
    Worker worker = workers.take();
    byte[] bytes = worker.encode(record);
    workers.giveBack(worker); // not after a failure: what it holds then is unknown
    return bytes;
  }

  @Override
  public TxnRecord decode(byte[] bytes, int offset, int length) throws CodecException {
    if (length > configuration.maxRecordBytes()) {
      throw new CodecException(
          "not a transaction: it has "
              + length
              + " bytes, where at most "
              + configuration.maxRecordBytes()
              + " are allowed, at byte 0");
    }
    Worker worker = workers.take();
    try {
      TxnRecord record = worker.decode(bytes, offset, length);
      workers.giveBack(worker);
      return record;
    } catch (KryoException e) {
      throw noTransaction(worker, offset, e);
    }
  }

  @Override
  public long zxidOf(byte[] bytes, int offset, int length) throws CodecException {
    Worker worker = workers.take();
    try {
      long zxid = worker.zxidOf(bytes, offset, length);
      workers.giveBack(worker);
      return zxid;
    } catch (KryoException e) {
      throw noTransaction(worker, offset, e);
    }
  }

  private static CodecException noTransaction(Worker worker, int offset, KryoException e) {
    int at = worker.position() - offset;
    return new CodecException("not a transaction: " + Values.problem(e) + " at byte " + at, e);
  }

  @Override
  public void writeState(TreeView view, OutputStream out) throws IOException {
    new StateWriter(configuration, out).write(view);
  }

  @Override
  public StateInfo readState(InputStream in, TreeStore into) throws IOException {
    return new StateReader(configuration.maxRecordBytes(), in, into).read();
  }
}
