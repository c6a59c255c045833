package io.quorate.simulation.check;

import io.quorate.simulation.history.Event;
import io.quorate.simulation.history.History;
import io.quorate.simulation.history.IdEntry;
import io.quorate.simulation.history.LogEntry;
import io.quorate.simulation.history.Op;
import io.quorate.simulation.model.Access;
import io.quorate.simulation.model.Settings;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A history sorted by connection, with replies joined to requests and requests to the log. */
final class Timeline {
  final History history;
  final Settings settings;
  final TreeMap<Integer, Link> links = new TreeMap<>();

  /** Index of each zxid's last append, and of when it was durable. */
  final Map<Long, Integer> appendedAt = new HashMap<>();

  /** For each event, the highest zxid durable before it. */
  final long[] durableBefore;

  /** For each event, the highest zxid that any client had seen before it. */
  final long[] seenBefore;

  final List<Integer> boots = new ArrayList<>();
  final List<Integer> crashes = new ArrayList<>();
  int diskFailedAt = Integer.MAX_VALUE;
  int quietAt = Integer.MAX_VALUE;
  @Nullable Integer watchCount;

  private final Report report;
  private final Map<Integer, List<IdEntry>> ids = new HashMap<>();
  private final Map<Integer, Integer> received = new HashMap<>();
  private final Map<Integer, Long> seenByClient = new HashMap<>();
  private final Map<Integer, Map<Integer, ArrayDeque<Ask>>> waiting = new HashMap<>();
  private long durable;
  private long seen;

  Timeline(History history, Settings settings, Report report) {
    this.history = history;
    this.settings = settings;
    this.report = report;
    int n = history.events().size();
    durableBefore = new long[n + 1];
    seenBefore = new long[n + 1];
    for (int i = 0; i < n; i++) {
      durableBefore[i] = durable;
      seenBefore[i] = seen;
      take(i, history.events().get(i));
    }
    durableBefore[n] = durable;
    seenBefore[n] = seen;
    joinLog();
  }

  private void take(int i, Event event) {
    switch (event) {
      case Event.Boot b -> boots.add(i);
      case Event.Crash c -> {
        crashes.add(i);
        links.values().forEach(l -> l.crashedAt = Math.min(l.crashedAt, i));
      }
      case Event.DiskFailed d -> diskFailedAt = Math.min(diskFailedAt, i);
      case Event.Appended a -> appendedAt.put(a.zxid(), i);
      case Event.Durable d -> durable = Math.max(durable, d.zxid());
      case Event.WatchCount w -> watchCount = w.count();
      case Event.Quiet q -> quietAt = i;
      case Event.ConnectSent c -> {
        Link link = new Link(c.conn(), c, i);
        link.seenBefore = seenByClient.getOrDefault(c.client(), 0L);
        links.put(c.conn(), link);
        List<IdEntry> first = new ArrayList<>();
        first.add(new IdEntry("ip", c.address()));
        ids.put(c.conn(), first);
      }
      case Event.OfConnection o -> {
        Link link = links.get(o.conn());
        if (link == null) {
          report.add(Rule.P, "unknown connection " + o.conn());
        } else {
          take(i, link, o);
        }
      }
    }
  }

  private void take(int i, Link link, Event.OfConnection event) {
    switch (event) {
      case Event.ConnectReply r -> {
        if (link.welcome != null || !link.frames.isEmpty()) {
          report.add(Rule.P, "connection " + link.id + " is welcomed late or twice");
        }
        link.welcome = r;
        link.welcomeAt = i;
        link.frames.add(new Link.Frame(i, r));
      }
      case Event.Sent s -> sent(i, link, s);
      case Event.Arrived a -> link.arrivals.add(i);
      case Event.Reply r -> replied(i, link, r);
      case Event.Notice n -> link.frames.add(new Link.Frame(i, n));
      case Event.Received r -> received(i, link, r.frames());
      case Event.ServerClosed c -> link.serverClosedAt = Math.min(link.serverClosedAt, i);
      case Event.ServerLost c -> link.serverLostAt = Math.min(link.serverLostAt, i);
      case Event.ClientClosed c -> link.clientClosedAt = Math.min(link.clientClosedAt, i);
      case Event.ConnectSent c -> throw new IllegalStateException("handled before");
    }
  }

  private void sent(int i, Link link, Event.Sent s) {
    List<IdEntry> now = ids.get(link.id);
    Ask ask = new Ask(i, link, s.xid(), s.op(), List.copyOf(now == null ? List.of() : now));
    link.asks.add(ask);
    waiting
        .computeIfAbsent(link.id, k -> new HashMap<>())
        .computeIfAbsent(Math.min(s.xid(), 1), k -> new ArrayDeque<>())
        .add(ask);
    if (s.op() instanceof Op.Auth a && now != null) {
      List<IdEntry> gained =
          Access.authenticate(settings, link.hello.address(), a.scheme(), a.credentials());
      if (gained != null) {
        gained.stream().filter(g -> !now.contains(g)).forEach(now::add);
      }
    }
  }

  private void replied(int i, Link link, Event.Reply r) {
    Link.Frame frame = new Link.Frame(i, r);
    link.frames.add(frame);
    ArrayDeque<Ask> queue = waiting.getOrDefault(link.id, Map.of()).get(Math.min(r.xid(), 1));
    Ask ask = queue == null ? null : queue.peek();
    if (queue == null || ask == null || ask.xid != r.xid()) {
      report.add(
          Rule.S6,
          "connection "
              + link.id
              + " has a reply with xid "
              + r.xid()
              + ", next in turn is "
              + ask);
      return;
    }
    queue.remove();
    ask.reply = r;
    ask.repliedAt = i;
    frame.ask = ask;
  }

  private void received(int i, Link link, int count) {
    if (count > link.frames.size()) {
      report.add(Rule.P, "connection " + link.id + " received more than was sent");
      return;
    }
    for (int k = received.getOrDefault(link.id, 0); k < count; k++) {
      Link.Frame f = link.frames.get(k);
      long zxid = 0;
      if (f.event instanceof Event.Reply r) {
        zxid = r.zxid();
        if (f.ask != null) {
          f.ask.receivedAt = i;
        }
      } else if (f.event instanceof Event.Notice n) {
        zxid = n.zxid();
      }
      seen = Math.max(seen, zxid);
      seenByClient.merge(link.hello.client(), zxid, Math::max);
    }
    received.merge(link.id, count, Math::max);
  }

  /** The request behind each record of the log: same session, same xid. */
  private void joinLog() {
    Map<Long, Map<Integer, Ask>> bySession = new HashMap<>();
    for (Link link : links.values()) {
      for (Ask ask : link.asks) {
        if (ask.xid > 0 && link.session() != 0) {
          bySession.computeIfAbsent(link.session(), s -> new HashMap<>()).put(ask.xid, ask);
        }
      }
    }
    for (LogEntry e : history.log()) {
      Ask ask = bySession.getOrDefault(e.session(), Map.of()).get(e.cxid());
      if (ask == null) {
        continue;
      }
      if (ask.entry != null) {
        report.add(
            Rule.R4,
            ask
                + " is logged at "
                + Texts.hex(ask.entry.zxid())
                + " and again at "
                + Texts.hex(e.zxid()));
      }
      ask.entry = e;
      byZxid.put(e.zxid(), ask);
    }
  }

  private final Map<Long, Ask> byZxid = new HashMap<>();

  /** The request that became this transaction, or null if the server made it itself. */
  @Nullable Ask askOf(LogEntry e) {
    return byZxid.get(e.zxid());
  }

  /** Index of a record's last append; the greatest number if it was not seen. */
  int appended(LogEntry e) {
    return appendedAt.getOrDefault(e.zxid(), Integer.MAX_VALUE);
  }

  /** The timeout that a session gets which asks for this one, ms. */
  int negotiated(int timeoutMs) {
    return Math.max(settings.minTimeoutMs(), Math.min(settings.maxTimeoutMs(), timeoutMs));
  }

  /** When an event happened, ms. */
  long time(int i) {
    return history.time(i);
  }
}
