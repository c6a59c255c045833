package io.quorate.sessions;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The sessions that this server answers for, in expiry buckets of one tick (SES-5): a session
 * expires between its timeout and its timeout plus one tick after it was last heard. Times are
 * monotonic ms, which may be negative.
 */
public final class SessionTable {
  private final int tickMs;
  private final Map<Long, Session> sessions = new HashMap<>();
  private final NavigableMap<Long, Set<Session>> buckets = new TreeMap<>();

  /** With buckets of this length. */
  public SessionTable(int tickMs) {
    if (tickMs < 1) {
      throw new IllegalArgumentException("tick must be at least 1 ms: " + tickMs);
    }
    this.tickMs = tickMs;
  }

  /** Adds a session heard just now, or hears the one that is there. */
  public Session open(long id, int timeoutMs, boolean local, long nowMs) {
    Session session = sessions.computeIfAbsent(id, i -> new Session(i, timeoutMs, local));
    touch(session, nowMs);
    return session;
  }

  /** The session with this id, or null. */
  public @Nullable Session get(long id) {
    return sessions.get(id);
  }

  /** Notes that the session was heard; an older time than before changes nothing. */
  public void touch(Session session, long heardMs) {
    long bucket = (Math.floorDiv(heardMs + session.timeoutMs(), (long) tickMs) + 1) * tickMs;
    if (bucket <= session.bucket) {
      return;
    }
    leaveBucket(session);
    session.bucket = bucket;
    buckets.computeIfAbsent(bucket, b -> new LinkedHashSet<>()).add(session);
  }

  /** A client came back with another timeout, which holds from now on, also if it is shorter. */
  public void renew(Session session, int timeoutMs, long nowMs) {
    session.timeoutMs(timeoutMs);
    leaveBucket(session);
    session.bucket = Long.MIN_VALUE;
    touch(session, nowMs);
  }

  /** Takes the session out; nothing happens if it is not there. */
  public void remove(long id) {
    Session session = sessions.remove(id);
    if (session != null) {
      leaveBucket(session);
    }
  }

  private void leaveBucket(Session session) {
    Set<Session> old = buckets.get(session.bucket);
    if (old != null) {
      old.remove(session);
      if (old.isEmpty()) {
        buckets.remove(session.bucket);
      }
    }
  }

  /** When the next bucket is due; the largest long if there is none. */
  public long nextExpiryMs() {
    return buckets.isEmpty() ? Long.MAX_VALUE : buckets.firstKey();
  }

  /** Sessions whose bucket is due. They stay in the table but will not come up again. */
  public List<Session> expire(long nowMs) {
    List<Session> due = new ArrayList<>();
    while (!buckets.isEmpty() && buckets.firstKey() <= nowMs) {
      due.addAll(buckets.pollFirstEntry().getValue());
    }
    return due;
  }

  /** How many there are. */
  public int size() {
    return sessions.size();
  }

  /** Every session, in no particular order. */
  public Iterable<Session> all() {
    return sessions.values();
  }

  /** The buckets and the ids in them, for the {@code dump} word: a copy. */
  public NavigableMap<Long, List<Long>> bucketCopy() {
    NavigableMap<Long, List<Long>> copy = new TreeMap<>();
    buckets.forEach((at, in) -> copy.put(at, in.stream().map(Session::id).toList()));
    return copy;
  }
}
