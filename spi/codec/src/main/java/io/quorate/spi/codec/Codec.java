package io.quorate.spi.codec;

import io.quorate.api.Stability;
import io.quorate.api.TreeStore;
import io.quorate.api.TreeView;
import io.quorate.api.TxnRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Turns transactions and states into bytes and back. See the rules on the package page. */
@Stability.Stable
public interface Codec {
  /**
   * The name of its provider. Storages write it beside the bytes, so that no other codec is tried
   * on them (rule 10).
   */
  String name();

  /** The bytes of one transaction, in an array of their own. */
  byte[] encode(TxnRecord record);

  /**
   * The transaction in these bytes.
   *
   * @throws CodecException if they are not one whole record, or more than {@link
   *     CodecConfiguration#maxRecordBytes}
   */
  TxnRecord decode(byte[] bytes, int offset, int length) throws CodecException;

  /**
   * The zxid of the transaction in these bytes. Storage asks for it once per record at replay, so a
   * codec that can tell without decoding the rest overrides this.
   *
   * @throws CodecException if the bytes are too short or not a record; a codec need not look at
   *     more than it takes to find the zxid
   */
  default long zxidOf(byte[] bytes, int offset, int length) throws CodecException {
    return decode(bytes, offset, length).header().zxid();
  }

  /**
   * Writes the whole state, checksums included. Does not close the stream.
   *
   * @throws IOException what the stream threw
   */
  void writeState(TreeView view, OutputStream out) throws IOException;

  /**
   * Reads a state into an empty store, checks its checksums, and says what it recorded of itself.
   * The stream ends where the state ends; it is not closed.
   *
   * @throws CodecException if the bytes are no whole, undamaged state; the store is then to be
   *     cleared
   */
  StateInfo readState(InputStream in, TreeStore into) throws IOException;

  /**
   * What a written state says of itself.
   *
   * @param lastZxid the zxid when its end was written, or -1 if it does not say
   * @param digestZxid the zxid that the digest belongs to, or -1 if it has none
   * @param digestVersion 0 if it has none
   */
  record StateInfo(long lastZxid, long digestZxid, int digestVersion, long digest) {}
}
