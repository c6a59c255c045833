package io.quorate.api;

/**
 * What every transaction begins with, in the log and on the peer wire.
 *
 * @param sessionId who asked; 0 for the server itself
 * @param cxid the client's xid of the request
 * @param time ms since 1970 when the leader prepared it
 * @param type the operation number; -1 for a refusal
 */
public record TxnHeader(long sessionId, int cxid, long zxid, long time, int type) {}
