package io.quorate.sessions;

import io.quorate.api.EphemeralOwner;
import io.quorate.api.Zxid;

/**
 * Gives out session ids (SES-1): server id, start time and a counter.
 *
 * <p>No id is given out twice, also after the clock was set back (S1): each session took a zxid, so
 * an earlier start gave out no more ids than the last zxid counts, and as many are left out both
 * behind the clock's first id and behind those still in use.
 */
public final class SessionIds {
  private static final long WITHOUT_SERVER = -1L >>> 8;

  private final long left;
  private long next;

  /**
   * Starts at an id from the clock.
   *
   * @param serverId 1 to 255; a standalone server uses 1
   * @param startMs ms since 1970 when the server started; should grow from start to start
   * @param lastZxid the last transaction before the start
   */
  public SessionIds(long serverId, long startMs, long lastZxid) {
    left = Zxid.counter(lastZxid);
    next = serverId << 56 | ((startMs << 24 >>> 8) + left & WITHOUT_SERVER);
    if (next == EphemeralOwner.CONTAINER) {
      next++;
    }
  }

  /** Never gives out an id up to this one, if it is of the same server. */
  public void skipPast(long used) {
    if (used >>> 56 == next >>> 56 && used + left >= next) {
      next = used + left + 1;
    }
  }

  /** The next id. */
  public long next() {
    return next++;
  }
}
