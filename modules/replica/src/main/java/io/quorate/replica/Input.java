package io.quorate.replica;

import io.quorate.api.Identity;
import io.quorate.api.Request;
import java.util.List;

/** What can happen to a core. */
public sealed interface Input {
  /**
   * The time at the beginning of a turn; the core knows no other.
   *
   * @param wallMs ms since 1970, for transactions
   * @param monotonicMs never goes back, for timeouts
   */
  record Clock(long wallMs, long monotonicMs) implements Input {}

  /**
   * A client wants a session.
   *
   * @param lastZxidSeen the highest zxid the client has seen
   * @param timeoutMs as asked
   * @param sessionId 0 for a new one
   * @param password of the session to resume
   */
  record Connect(ClientLink link, long lastZxidSeen, int timeoutMs, long sessionId, byte[] password)
      implements Input {}

  /**
   * A client's request. Of one connection, reads and local requests come only when all its writes
   * before are answered; writes may follow each other.
   */
  record Ask(ClientLink link, int xid, Request request, List<Identity> identities)
      implements Input {}

  /** The connection gained identities. */
  record Identified(ClientLink link, List<Identity> identities) implements Input {}

  /** The connection is gone; nothing more comes from it. */
  record Disconnect(ClientLink link) implements Input {}

  /** When sessions were last heard, monotonic ms. */
  record Heard(long[] sessionIds, long[] atMs, int count) implements Input {}

  /** The log holds everything up to here on stable storage. */
  record Durable(long zxid) implements Input {}

  /** The end of a turn: what was proposed in it becomes one batch. */
  record EndOfTurn() implements Input {
    public static final EndOfTurn INSTANCE = new EndOfTurn();
  }
}
