package io.quorate.replica;

import io.quorate.api.TxnRecord;

/** Turns a transaction into the bytes that go to the log and to peers; a pure function. */
@FunctionalInterface
public interface TransactionEncoder {
  /** The record's bytes, in an array of their own. */
  byte[] encode(TxnRecord record);
}
