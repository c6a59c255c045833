package io.quorate.simulation.check;

import io.quorate.simulation.history.Event;
import io.quorate.simulation.history.LogEntry;
import io.quorate.simulation.history.LoggedTxn;
import io.quorate.simulation.history.Op;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** S2, S4, S5, S7, S8, E5: how sessions begin, go on and end. */
final class SessionCheck {
  private final Timeline timeline;
  private final Report report;

  /** A session's life: its transactions and the connections that served it. */
  private static final class Life {
    @Nullable LogEntry opened;
    @Nullable LogEntry closed;
    final List<Link> served = new ArrayList<>();
  }

  private final Map<Long, Life> lives = new HashMap<>();
  private final Map<Long, Integer> initial;

  SessionCheck(Timeline timeline, Map<Long, Integer> initial, Report report) {
    this.timeline = timeline;
    this.initial = initial;
    this.report = report;
  }

  void run() {
    initial.keySet().forEach(s -> lives.put(s, new Life()));
    for (LogEntry e : timeline.history.log()) {
      Life life = lives.computeIfAbsent(e.session(), s -> new Life());
      if (e.txn() instanceof LoggedTxn.CreateSession) {
        life.opened = e;
      } else if (e.type() == -11 && life.closed == null) {
        life.closed = e;
      }
    }
    for (Link link : timeline.links.values()) {
      if (link.session() != 0) {
        lives.computeIfAbsent(link.session(), s -> new Life()).served.add(link);
      }
    }
    for (Map.Entry<Long, Life> e : lives.entrySet()) {
      e.getValue().served.sort((a, b) -> Integer.compare(a.welcomeAt, b.welcomeAt));
    }
    timeline.links.values().forEach(this::handshake);
    timeline.links.values().forEach(this::closeHasReason);
    lives.forEach(this::expiry);
    lives.forEach(this::oneConnection);
  }

  private void handshake(Link link) {
    Event.ConnectReply r = link.welcome;
    if (r == null) {
      return;
    }
    if (link.hello.readOnlyByte() != r.readOnlyByte()) {
      report.add(Rule.P, "connection " + link.id + ": the read-only byte is not echoed as asked");
    }
    if (link.seenBefore > timeline.durableBefore[link.welcomeAt]
        || link.hello.lastZxidSeen() > timeline.durableBefore[link.welcomeAt]) {
      report.add(
          Rule.S7,
          "connection "
              + link.id
              + " had seen "
              + Texts.hex(Math.max(link.seenBefore, link.hello.lastZxidSeen()))
              + " and was let in");
    }
    if (r.timeout() <= 0) {
      rejected(link, r);
    } else if (link.hello.session() == 0) {
      fresh(link, r);
    } else {
      resumed(link, r);
    }
  }

  private void rejected(Link link, Event.ConnectReply r) {
    if (r.session() != 0 || !Arrays.equals(r.password(), new byte[16])) {
      report.add(Rule.P, "connection " + link.id + ": a rejection carries a session or a password");
    }
    if (timeline.quietAt != Integer.MAX_VALUE && link.open()) {
      report.add(Rule.P, "connection " + link.id + " was rejected and not closed");
    }
    long asked = link.hello.session();
    Life life = lives.get(asked);
    if (asked == 0) {
      report.add(Rule.S4, "connection " + link.id + " asked for a new session and was rejected");
      return;
    }
    if (life == null) {
      return;
    }
    boolean right =
        passwordOf(life) == null || Arrays.equals(passwordOf(life), link.hello.password());
    // A closing that was decided and not written yet makes a refusal right too.
    long soon = timeline.time(link.welcomeAt) + timeline.settings.slackMs();
    boolean live =
        life.closed == null
            || (appended(life.closed) > link.welcomeAt
                && (appended(life.closed) == Integer.MAX_VALUE
                    || timeline.time(appended(life.closed)) > soon));
    boolean known = life.served.stream().anyMatch(l -> l.welcomeAt < link.helloAt);
    boolean lostClose = timeline.crashes.stream().anyMatch(c -> c > link.welcomeAt);
    if (right && live && known && !lostClose) {
      report.add(
          Rule.S4,
          "connection " + link.id + ": live session " + Texts.hex(asked) + " was rejected");
    }
  }

  private void fresh(Link link, Event.ConnectReply r) {
    Life life = lives.get(r.session());
    LogEntry opened = life == null ? null : life.opened;
    if (life == null || opened == null) {
      report.add(
          Rule.D2,
          "connection "
              + link.id
              + " got session "
              + Texts.hex(r.session())
              + ", which the log does not hold");
      return;
    }
    if (opened.zxid() > timeline.durableBefore[link.welcomeAt]) {
      report.add(Rule.D1, "session " + Texts.hex(r.session()) + " was given before it was durable");
    }
    if (!(opened.txn() instanceof LoggedTxn.CreateSession c) || c.timeout() != r.timeout()) {
      report.add(
          Rule.P,
          "connection " + link.id + ": timeout " + r.timeout() + ", logged " + opened.txn());
    }
    negotiated(link, r);
    long others = life.served.stream().filter(l -> l != link && l.hello.session() == 0).count();
    if (others > 0) {
      report.add(Rule.S1, "session " + Texts.hex(r.session()) + " was given out twice");
    }
  }

  private void negotiated(Link link, Event.ConnectReply r) {
    int expected =
        Math.max(
            timeline.settings.minTimeoutMs(),
            Math.min(timeline.settings.maxTimeoutMs(), link.hello.timeout()));
    if (r.timeout() != expected) {
      report.add(
          Rule.P,
          "connection "
              + link.id
              + " asked for "
              + link.hello.timeout()
              + " ms and got "
              + r.timeout());
    }
  }

  private void resumed(Link link, Event.ConnectReply r) {
    if (r.session() != link.hello.session()) {
      report.add(
          Rule.S4,
          "connection "
              + link.id
              + " asked for session "
              + Texts.hex(link.hello.session())
              + " and got "
              + Texts.hex(r.session()));
      return;
    }
    negotiated(link, r);
    Life life = lives.get(r.session());
    if (life == null) {
      return;
    }
    if (life.opened == null && !initial.containsKey(r.session())) {
      report.add(Rule.S4, "session " + Texts.hex(r.session()) + " was resumed and never opened");
    }
    byte[] password = passwordOf(life);
    if (password != null && !Arrays.equals(password, link.hello.password())) {
      report.add(
          Rule.S5,
          "connection "
              + link.id
              + " resumed session "
              + Texts.hex(r.session())
              + " with a wrong password");
    }
    if (life.closed != null && appended(life.closed) < link.helloAt) {
      report.add(
          Rule.S4,
          "connection "
              + link.id
              + " resumed session "
              + Texts.hex(r.session())
              + ", which was closed at "
              + Texts.hex(life.closed.zxid()));
    }
  }

  private static byte @Nullable [] passwordOf(Life life) {
    for (Link l : life.served) {
      if (l.hello.session() == 0 && l.welcome != null) {
        return l.welcome.password();
      }
    }
    return null;
  }

  private int appended(LogEntry e) {
    return timeline.appendedAt.getOrDefault(e.zxid(), Integer.MAX_VALUE);
  }

  /**
   * S5: after a session moved, its old connection gets only what was decided before. Two I/O
   * threads may write the welcome to the new connection before the last replies to the old one.
   */
  private void oneConnection(long session, Life life) {
    for (int i = 0; i + 1 < life.served.size(); i++) {
      Link old = life.served.get(i);
      Link next = life.served.get(i + 1);
      if (atOnce(old, next) && old.serverClosedAt > next.serverClosedAt) {
        Link swap = old;
        old = next;
        next = swap;
      }
      for (Link.Frame f : old.frames) {
        if (f.at > next.welcomeAt && decidedAfter(f, next.welcomeAt)) {
          report.add(
              Rule.S5,
              "connection "
                  + old.id
                  + " was served after session "
                  + Texts.hex(session)
                  + " moved");
        }
      }
      if (timeline.quietAt != Integer.MAX_VALUE && old.open()) {
        report.add(
            Rule.S5,
            "connection " + old.id + " is open, but session " + Texts.hex(session) + " moved");
      }
    }
  }

  private boolean decidedAfter(Link.Frame f, int moved) {
    long durable = timeline.durableBefore[moved];
    if (f.ask != null) {
      return f.ask.sentAt > moved || (f.ask.entry != null && f.ask.entry.zxid() > durable);
    }
    return f.event instanceof Event.Notice n && n.zxid() > durable;
  }

  /** Whether both asked for the session before either had it: then each may have been first. */
  private static boolean atOnce(Link a, Link b) {
    return a.helloAt < b.welcomeAt && b.helloAt < a.welcomeAt;
  }

  /** S5 and P: the server closes a connection only for a reason. */
  private void closeHasReason(Link link) {
    int at = link.serverClosedAt;
    if (at > Math.min(link.clientClosedAt, link.crashedAt) || at == Integer.MAX_VALUE) {
      return;
    }
    boolean down =
        timeline.diskFailedAt < at
            || timeline.crashes.stream()
                .anyMatch(c -> c < at && timeline.boots.stream().noneMatch(b -> b > c && b < at));
    boolean asked =
        link.asks.stream()
            .anyMatch(
                a ->
                    a.sentAt < at
                        && (a.op instanceof Op.Forbidden
                            || a.op instanceof Op.CloseSession
                            || (a.op instanceof Op.Auth && a.reply != null && a.reply.err() != 0)));
    boolean refused =
        link.welcome == null
            ? link.hello.lastZxidSeen() > timeline.durableBefore[Math.min(at, link.helloAt)]
            : link.welcome.timeout() <= 0;
    Life life = lives.get(link.session());
    boolean ended = life != null && life.closed != null && appended(life.closed) < at;
    boolean moved =
        life != null
            && life.served.stream()
                .anyMatch(
                    l ->
                        l != link
                            && l.helloAt < at
                            && (l.welcomeAt > link.welcomeAt || atOnce(l, link)));
    boolean lostClose = timeline.crashes.stream().anyMatch(c -> c > at);
    if (!(down || asked || refused || ended || moved || lostClose)) {
      report.add(Rule.S5, "connection " + link.id + " was closed without a reason");
    }
  }

  /** S2, S8 and E5: when the server ends a session by itself. */
  private void expiry(long session, Life life) {
    if (session == 0) {
      return;
    }
    int end = life.closed == null ? timeline.quietAt : appended(life.closed);
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
    if (life.closed != null && ended < last.time + last.timeout && !last.silentBefore(ended)) {
      report.add(last.byTraffic ? Rule.S8 : Rule.S2, what + " and expired at " + ended);
    } else if (ended > Math.max(last.time, lastSent(life, end)) + last.timeout + tolerance()
        && serving(end)) {
      String how = life.closed == null ? " and still lives at " : " and expired only at ";
      report.add(Rule.E5, what + how + ended);
    }
  }

  /** When a client last sent something for it: a part of a request keeps it alive too. */
  private long lastSent(Life life, int before) {
    return life.served.stream()
        .flatMap(l -> l.asks.stream())
        .filter(a -> a.sentAt < before)
        .mapToLong(a -> timeline.time(a.sentAt))
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
      if (appended(life.opened) != Integer.MAX_VALUE) {
        touches.add(new int[] {appended(life.opened), persisted, 0});
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
