package io.quorate.sessions;

import io.quorate.api.EphemeralOwner;
import io.quorate.api.Zxid;
import java.util.function.LongPredicate;

/**
 * Gives out session ids (SES-1): server id, start time and a counter.
 *
 * <p>No id is given out twice, also after the clock was set back (S1): each session takes a zxid,
 * so the counter of a start begins where the zxids of the starts before it end. Two starts in the
 * same ms, or with a clock set back, thus overlap only if 65,536 transactions were made for each ms
 * that lies between them.
 */
public final class SessionIds {
  private static final long WITHOUT_SERVER = -1L >>> 8;

  private long next;

  /**
   * Starts at an id from the clock.
   *
   * @param serverId 1 to 255; a standalone server uses 1
   * @param startMs ms since 1970 when the server started; should grow from start to start
   * @param lastZxid the last transaction before the start
   */
  public SessionIds(long serverId, long startMs, long lastZxid) {
    next = serverId << 56 | ((startMs << 24 >>> 8) + Zxid.counter(lastZxid) & WITHOUT_SERVER);
  }

  /** The next id that is not in use. */
  public long next(LongPredicate inUse) {
    while (next == EphemeralOwner.CONTAINER || inUse.test(next)) {
      next++;
    }
    return next++;
  }
}
