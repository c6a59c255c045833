package io.quorate.simulation.history;

/**
 * One record of the transaction log, decoded by the simulation's own reader.
 *
 * @param digest the tree digest after it, where {@code digested}
 */
public record LogEntry(
    long zxid,
    long session,
    int cxid,
    long time,
    int type,
    LoggedTxn txn,
    boolean digested,
    long digest) {}
