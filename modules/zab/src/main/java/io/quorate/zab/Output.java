package io.quorate.zab;

/** What the broadcast asks of its surroundings. Called from within its inputs, in order. */
public interface Output {
  /**
   * Append this transaction to the own log. What is appended may be acknowledged only once it is on
   * stable storage, by {@link Broadcast#durable}.
   */
  void append(long zxid, byte[] transaction);

  /**
   * Everything up to this zxid is committed: a quorum holds it on stable storage. Given in zxid
   * order, each zxid at most once.
   */
  void commit(long zxid);
}
