package io.quorate.server;

import org.jspecify.annotations.Nullable;

/**
 * What the core sends to a connection's shard.
 *
 * @param payload a Reply, a WatchEvent, an Opened or nothing, by kind
 */
record Outbound(ServerLink link, Kind kind, int xid, long zxid, @Nullable Object payload) {
  enum Kind {
    EVENT,
    REPLY,
    OPENED,
    REJECTED,
    CLOSE
  }

  /** A session that was opened or resumed. */
  record Opened(long sessionId, int timeoutMs, byte[] password) {}
}
