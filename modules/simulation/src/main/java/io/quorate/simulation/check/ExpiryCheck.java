package io.quorate.simulation.check;

import io.quorate.simulation.history.LoggedTxn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** S2, S8 and E5: sessions end when nothing was heard of them for their timeout, and then. */
final class ExpiryCheck {
  private final Timeline timeline;
  private final Map<Long, Integer> initial;
  private final Report report;

  /**
   * Of one history.
   *
   * @param initial timeouts of the sessions that it begins with
   */
  ExpiryCheck(Timeline timeline, Map<Long, Integer> initial, Report report) {
    this.timeline = timeline;
    this.initial = initial;
    this.report = report;
  }

  /** S2, S8 and E5: when the server ends a session by itself. */
  void check(long session, Life life) {
    if (session == 0) {
      return;
    }
    int end = life.closed == null ? timeline.quietAt : timeline.appended(life.closed);
    if (end == Integer.MAX_VALUE) {
      return;
    }
    boolean byClient = life.closed != null && life.closed.cxid() != 0;
    Touch last = lastTouch(session, life, end);
    if (last == null || byClient) {
      return;
    }
    long ended = timeline.time(end);
    String what =
        "session "
            + Texts.hex(session)
            + " was last heard of at "
            + last.time
            + " ms with timeout "
            + last.timeout;
    boolean known = !life.served.isEmpty(); // else its time runs from before it was written
    if (known
        && life.closed != null
        && ended < last.time + last.timeout
        && !last.silentBefore(ended)
        && resumptions(life, last, end).noneMatch(l -> ended >= mayExpire(l))) {
      report.add(last.byTraffic ? Rule.S8 : Rule.S2, what + " and expired at " + ended);
    } else if (ended > Math.max(last.time, lastSent(life, end)) + last.timeout + tolerance()
        && resumptions(life, last, end).noneMatch(l -> ended <= mayExpire(l) + tolerance())
        && serving(end)) {
      String how = life.closed == null ? " and still lives at " : " and expired only at ";
      report.add(Rule.E5, what + how + ended);
    }
  }

  /**
   * Handshakes for it whose connection ended before the answer. The server may have heard each of
   * them, any time since, and then the session has the timeout that it asked for.
   */
  private Stream<Link> resumptions(Life life, Touch last, int end) {
    byte[] password = life.password();
    return life.unanswered.stream()
        .filter(l -> l.helloAt < end && !l.arrivals.isEmpty())
        .filter(l -> password == null || Arrays.equals(password, l.hello.password()))
        .filter(l -> timeline.time(l.helloAt) + timeline.settings.slackMs() >= last.time);
  }

  private long mayExpire(Link l) {
    return timeline.time(l.helloAt) + timeline.negotiated(l.hello.timeout());
  }

  /**
   * When a client last sent something for it, or the server took it up: a part of a request keeps
   * it alive too, and a server that was full reads what had come before the connection ended.
   */
  private long lastSent(Life life, int before) {
    return life.served.stream()
        .flatMap(l -> Stream.concat(l.asks.stream().map(a -> a.sentAt), l.arrivals.stream()))
        .filter(at -> at < before)
        .mapToLong(timeline::time)
        .max()
        .orElse(Long.MIN_VALUE);
  }

  /** How much later than the timeout a session may end: ticks are rounded up, disks are slow. */
  private long tolerance() {
    return 2L * timeline.settings.tickMs() + timeline.settings.slackMs();
  }

  /** When a session was last heard of, and how long it may be silent from then. */
  private final class Touch {
    int at = -1;
    long time;
    int timeout;
    boolean byTraffic;

    /** When it had last been silent for its whole timeout, before it was heard again. */
    private long silentAt = Long.MIN_VALUE;

    void move(int event, int timeoutMs, boolean traffic) {
      if (event > at) {
        if (at >= 0 && timeline.time(event) > time + timeout) {
          silentAt = time + timeout;
        }
        at = event;
        time = timeline.time(event);
        timeout = timeoutMs;
        byTraffic = traffic;
      }
    }

    /** Whether its end was due already when it was heard again. */
    boolean silentBefore(long ended) {
      return silentAt <= ended && ended <= silentAt + tolerance();
    }
  }

  private @Nullable Touch lastTouch(long session, Life life, int before) {
    int persisted = initial.getOrDefault(session, 0);
    List<int[]> touches = new ArrayList<>(); // event, timeout, whether by traffic
    if (life.opened != null && life.opened.txn() instanceof LoggedTxn.CreateSession c) {
      persisted = c.timeout();
      if (timeline.appended(life.opened) != Integer.MAX_VALUE) {
        touches.add(new int[] {timeline.appended(life.opened), persisted, 0});
      }
    }
    for (Link link : life.served) {
      if (link.welcome == null || link.welcomeAt > before) {
        continue;
      }
      touches.add(new int[] {link.welcomeAt, link.welcome.timeout(), 0});
      for (int arrival : link.arrivals) {
        if (arrival < before && arrival < link.endedAt() && arrival > link.welcomeAt) {
          touches.add(new int[] {arrival, link.welcome.timeout(), 1});
        }
      }
    }
    for (int boot : timeline.boots) {
      if (boot < before) {
        touches.add(new int[] {boot, persisted, 0});
      }
    }
    touches.sort((a, b) -> Integer.compare(a[0], b[0]));
    Touch touch = new Touch();
    touches.forEach(t -> touch.move(t[0], t[1], t[2] == 1));
    return touch.at < 0 ? null : touch;
  }

  /** Whether the server was up and its disk worked at this event. */
  private boolean serving(int at) {
    int boot = timeline.boots.stream().filter(b -> b < at).mapToInt(b -> b).max().orElse(-1);
    return boot >= 0
        && timeline.diskFailedAt > at
        && timeline.crashes.stream().noneMatch(c -> c > boot && c < at);
  }
}
