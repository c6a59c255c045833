package io.quorate.sessions;

import io.quorate.api.EphemeralOwner;

/** Gives out session ids (SES-1): server id, start time and a counter. */
public final class SessionIds {
  private long next;

  /**
   * Starts at an id from the clock.
   *
   * @param serverId 1 to 255; a standalone server uses 1
   * @param startMs ms since 1970 when the server started; must grow from start to start
   */
  public SessionIds(long serverId, long startMs) {
    next = startMs << 24 >>> 8 | serverId << 56;
    if (next == EphemeralOwner.CONTAINER) {
      next++;
    }
  }

  /** Never gives out an id up to this one, if it is of the same server. */
  public void skipPast(long used) {
    if (used >>> 56 == next >>> 56 && used >= next) {
      next = used + 1;
    }
  }

  /** The next id. */
  public long next() {
    return next++;
  }
}
