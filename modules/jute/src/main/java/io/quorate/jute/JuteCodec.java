package io.quorate.jute;

import io.quorate.api.TreeStore;
import io.quorate.api.TreeView;
import io.quorate.api.TxnRecord;
import io.quorate.spi.codec.Codec;
import io.quorate.spi.codec.CodecConfiguration;
import io.quorate.spi.codec.CodecException;
import io.quorate.spi.codec.FormatMark;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * The formats of Apache ZooKeeper 3.9: {@link #encode} and {@link #decode} deal with the bytes of
 * one log record (reference section 4.2) without the log's own framing, {@link #writeState} and
 * {@link #readState} with a whole uncompressed snapshot file (section 4.3).
 *
 * <p>What older servers wrote is read as well: creates without the parent's count, closeSession
 * without paths, snapshots without digest or last zxid, and fuzzy ones, for which replay has to be
 * idempotent. A znode whose access control list is missing from a fuzzy snapshot is loaded with one
 * that grants nothing to anybody; the transaction that gave it its list is still to be replayed.
 */
public final class JuteCodec implements Codec {
  /** Session id, cxid, zxid, time, type. */
  private static final int HEADER_BYTES = 32;

  private static final int ZXID_OFFSET = 12;

  private final CodecConfiguration configuration;

  /** A codec with these limits. */
  public JuteCodec(CodecConfiguration configuration) {
    this.configuration = configuration;
  }

  @Override
  public String name() {
    return FormatMark.APACHE;
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if the type in the header does not go with the record
   */
  @Override
  public byte[] encode(TxnRecord record) {
    return TxnWire.encode(record);
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
    return TxnWire.decode(bytes, offset, length);
  }

  /** Reads it from its place in the transaction header and looks at nothing else. */
  @Override
  public long zxidOf(byte[] bytes, int offset, int length) throws CodecException {
    if (length < HEADER_BYTES) {
      throw new CodecException("a record of " + length + " bytes has no transaction header");
    }
    return BigEndian.getLong(bytes, offset + ZXID_OFFSET);
  }

  @Override
  public void writeState(TreeView view, OutputStream out) throws IOException {
    new StateWriter(out).write(view, configuration.digest(), configuration.serializeLastZxid());
  }

  @Override
  public StateInfo readState(InputStream in, TreeStore into) throws IOException {
    return new StateReader(new StateInput(in, configuration.maxRecordBytes()), into).read();
  }
}
