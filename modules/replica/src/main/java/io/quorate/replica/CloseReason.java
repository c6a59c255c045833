package io.quorate.replica;

/** Why the core wants a connection closed. */
public enum CloseReason {
  /** The client closed its session; its reply was sent before. */
  SESSION_CLOSED,
  /** The session expired. */
  SESSION_EXPIRED,
  /** The session was attached to another connection. */
  SESSION_MOVED,
  /** The session can not be resumed; a rejecting answer was sent before. */
  SESSION_REJECTED,
  /** The client has seen a state newer than this server's. */
  CLIENT_AHEAD,
  /** A limit was reached. */
  LIMIT
}
