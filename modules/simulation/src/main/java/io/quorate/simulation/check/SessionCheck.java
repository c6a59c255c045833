package io.quorate.simulation.check;

import io.quorate.simulation.history.Event;
import io.quorate.simulation.history.LogEntry;
import io.quorate.simulation.history.LoggedTxn;
import io.quorate.simulation.history.Op;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** S4, S5, S7: how sessions begin and move. {@link ExpiryCheck} has how they end. */
final class SessionCheck {
  private final Timeline timeline;
  private final Report report;

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
    for (Link link : timeline.links.values()) {
      Life life = lives.get(link.hello.session());
      if (life != null && link.welcome == null) {
        life.unanswered.add(link);
      }
    }
    for (Map.Entry<Long, Life> e : lives.entrySet()) {
      e.getValue().served.sort((a, b) -> Integer.compare(a.welcomeAt, b.welcomeAt));
    }
    timeline.links.values().forEach(this::handshake);
    timeline.links.values().forEach(this::closeHasReason);
    ExpiryCheck expiry = new ExpiryCheck(timeline, initial, report);
    lives.forEach(expiry::check);
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
        life.password() == null || Arrays.equals(life.password(), link.hello.password());
    // A closing that was decided and not written yet makes a refusal right too.
    long soon = timeline.time(link.welcomeAt) + timeline.settings.slackMs();
    boolean live =
        life.closed == null
            || (timeline.appended(life.closed) > link.welcomeAt
                && (timeline.appended(life.closed) == Integer.MAX_VALUE
                    || timeline.time(timeline.appended(life.closed)) > soon));
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
    if (r.timeout() != timeline.negotiated(link.hello.timeout())) {
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
    byte[] password = life.password();
    if (password != null && !Arrays.equals(password, link.hello.password())) {
      report.add(
          Rule.S5,
          "connection "
              + link.id
              + " resumed session "
              + Texts.hex(r.session())
              + " with a wrong password");
    }
    if (life.closed != null && timeline.appended(life.closed) < link.helloAt) {
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
                            || a.refusedAuth()));
    boolean refused =
        link.welcome == null
            ? link.hello.lastZxidSeen() > timeline.durableBefore[Math.min(at, link.helloAt)]
            : link.welcome.timeout() <= 0;
    Life life = lives.get(link.session());
    boolean ended = life != null && life.closed != null && timeline.appended(life.closed) < at;
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
}
