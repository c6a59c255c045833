package io.quorate.api;

/**
 * One record of the transaction log.
 *
 * @param digested whether it carries a digest
 * @param digest the tree digest after it; 0 if it carries none
 */
public record TxnRecord(TxnHeader header, Txn txn, boolean digested, long digest) {}
