package io.quorate.simulation.check;

import io.quorate.simulation.history.Event;
import io.quorate.simulation.history.IdEntry;
import io.quorate.simulation.history.LogEntry;
import io.quorate.simulation.history.LoggedTxn;
import io.quorate.simulation.history.Op;
import io.quorate.simulation.model.Access;
import io.quorate.simulation.model.Change;
import io.quorate.simulation.model.Codes;
import io.quorate.simulation.model.WatchTable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/** W1 to W10 on one connection: merges what the server sent with the transactions of the log. */
final class WatchCheck {
  private final Timeline timeline;
  private final Replay replay;
  private final Report report;
  private final Link link;
  private final WatchTable table;
  private final List<LogEntry> log;

  /** How many transactions of the log have fired. */
  private int fired;

  private final List<Expected> pending = new ArrayList<>();
  private final List<Expected> hidden = new ArrayList<>();
  private final List<Event.Notice> caughtUp = new ArrayList<>();
  private final Set<String> delivered = new HashSet<>();
  private final Set<String> removed = new HashSet<>();

  /** An event that a transaction owes; optional while it is unclear who the connection was. */
  private record Expected(long zxid, WatchTable.Due due, boolean optional) {
    boolean is(Event.Notice n) {
      return due.type() == n.type() && due.path().equals(n.path());
    }
  }

  WatchCheck(Timeline timeline, Replay replay, Report report, Link link) {
    this.timeline = timeline;
    this.replay = replay;
    this.report = report;
    this.link = link;
    this.table = new WatchTable();
    this.log = timeline.history.log();
  }

  /** Checks the connection; returns how many watches it has at the end. */
  int run() {
    long highest = 0;
    for (Link.Frame f : link.frames) {
      switch (f.event) {
        case Event.Notice n when n.zxid() == -1 -> caughtUp.add(n);
        case Event.Notice n -> {
          if (n.zxid() < highest) {
            report.add(Rule.W4, text(n) + " comes after one of " + Texts.hex(highest));
          }
          highest = Math.max(highest, n.zxid());
          notice(f, n);
        }
        case Event.Reply r -> reply(f, r);
        default -> {}
      }
    }
    if (timeline.quietAt != Integer.MAX_VALUE && link.served() && link.session() != 0) {
      if (!log.isEmpty()) {
        advance(log.getLast().zxid(), timeline.quietAt);
      }
      pending.stream().filter(e -> !e.optional()).forEach(e -> report.add(Rule.W2, missing(e)));
    }
    return table.size();
  }

  private void reply(Link.Frame f, Event.Reply r) {
    Ask ask = f.ask;
    if (ask == null || r.zxid() < 0 || ask.op instanceof Op.Auth || ask.op instanceof Op.Sasl) {
      return;
    }
    advance(r.zxid(), f.at);
    for (Expected e : List.copyOf(pending)) {
      if (!e.optional()) {
        boolean late =
            link.frames.stream()
                .anyMatch(g -> g.at > f.at && g.event instanceof Event.Notice n && e.is(n));
        report.add(
            late ? Rule.W3 : Rule.W2,
            missing(e) + ", but a reply at " + Texts.hex(r.zxid()) + " was");
      }
    }
    pending.clear();
    int expected =
        switch (ask.op) {
          case Op.AddWatch a -> table.addWatch(a);
          case Op.RemoveWatches w -> {
            removed.add(w.path());
            yield table.removeWatches(w);
          }
          case Op.CheckWatches c -> c.type() < 1 || c.type() > 5 ? -5 : table.checkWatches(c);
          case Op.SetWatches s -> {
            catchUp(ask);
            yield 0;
          }
          default -> {
            table.afterRead(ask.op, r.err());
            yield r.err();
          }
        };
    if (expected != r.err()
        && !(r.err() == Codes.SESSION_EXPIRED && replay.closed(link.session()))) {
      report.add(
          Rule.W10, ask + " was answered with error " + r.err() + ", the model has " + expected);
    }
  }

  private void notice(Link.Frame f, Event.Notice n) {
    if (n.state() != 3) {
      report.add(Rule.P, text(n) + " has state " + n.state());
    }
    advance(n.zxid(), f.at);
    for (Expected e : List.copyOf(pending)) {
      if (e.zxid() == n.zxid() && e.is(n)) {
        pending.remove(e);
        delivered.add(key(n));
        return;
      }
    }
    report.add(unexpected(n), text(n) + " is not due; due are " + pending);
  }

  private Rule unexpected(Event.Notice n) {
    if (hidden.stream().anyMatch(e -> e.zxid() == n.zxid() && e.is(n))) {
      return Rule.W6;
    }
    LogEntry entry = log.stream().filter(e -> e.zxid() == n.zxid()).findFirst().orElse(null);
    if (entry == null || pending.stream().anyMatch(e -> e.is(n))) {
      return Rule.W9;
    }
    if (entry.txn() instanceof LoggedTxn.Multi m && m.failed()) {
      return Rule.W8;
    }
    if (!delivered.contains(key(n)) && removed.contains(n.path())) {
      return Rule.W10;
    }
    return Rule.W1;
  }

  /** Fires everything up to this zxid; {@code at} is the event that shows it. */
  private void advance(long zxid, int at) {
    while (fired < log.size() && log.get(fired).zxid() <= zxid) {
      LogEntry e = log.get(fired++);
      if (table.isEmpty()) {
        continue;
      }
      for (Change c : Objects.requireNonNullElse(replay.changes.get(e.zxid()), List.<Change>of())) {
        for (WatchTable.Due due : table.fire(c)) {
          due(e.zxid(), due, at);
        }
      }
    }
  }

  private void due(long zxid, WatchTable.Due due, int at) {
    boolean surely = due.visibleTo(timeline.settings, surely(zxid));
    boolean possibly = surely || due.visibleTo(timeline.settings, possibly(at));
    Expected e = new Expected(zxid, due, !surely);
    (possibly ? pending : hidden).add(e);
  }

  /** Who the connection was when the transaction was made: what had been answered by then. */
  private List<IdEntry> surely(long zxid) {
    int made = timeline.appendedAt.getOrDefault(zxid, 0);
    return ids(made, false);
  }

  /** Who the connection may have been when this was sent. */
  private List<IdEntry> possibly(int at) {
    return ids(at, true);
  }

  private List<IdEntry> ids(int before, boolean asSent) {
    Set<IdEntry> ids = new LinkedHashSet<>();
    ids.add(new IdEntry("ip", link.hello.address()));
    for (Ask ask : link.asks) {
      if (ask.op instanceof Op.Auth a && (asSent ? ask.sentAt : ask.repliedAt) < before) {
        List<IdEntry> gained =
            Access.authenticate(
                timeline.settings, link.hello.address(), a.scheme(), a.credentials());
        if (gained != null) {
          ids.addAll(gained);
        }
      }
    }
    return List.copyOf(ids);
  }

  private void catchUp(Ask ask) {
    Replay.CatchUp catchUp = replay.catchUps.get(ask);
    if (catchUp == null) {
      return;
    }
    TreeMap<String, Integer> balance = new TreeMap<>();
    Set<String> secret = new HashSet<>();
    for (WatchTable.Due due : catchUp.due()) {
      if (due.visibleTo(timeline.settings, ask.ids)) {
        balance.merge(due.type() + " " + due.path(), 1, Integer::sum);
      } else {
        secret.add(due.type() + " " + due.path());
      }
    }
    caughtUp.forEach(n -> balance.merge(n.type() + " " + n.path(), -1, Integer::sum));
    balance.forEach(
        (what, count) -> {
          if (count != 0) {
            Rule rule = count < 0 && secret.contains(what) ? Rule.W6 : Rule.W5;
            report.add(rule, ask + (count > 0 ? " did not tell " : " told ") + what);
          }
        });
    caughtUp.clear();
    table.addAll(catchUp.armed());
  }

  private String missing(Expected e) {
    return "connection "
        + link.id
        + ": event "
        + e.due().type()
        + " of "
        + e.due().path()
        + " at "
        + Texts.hex(e.zxid())
        + " was not sent";
  }

  private String text(Event.Notice n) {
    return "connection "
        + link.id
        + ": event "
        + n.type()
        + " of "
        + n.path()
        + " at "
        + Texts.hex(n.zxid());
  }

  private static String key(Event.Notice n) {
    return n.zxid() + " " + n.type() + " " + n.path();
  }
}
