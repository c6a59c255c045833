package io.quorate.simulation.check;

import io.quorate.simulation.history.Answer;
import io.quorate.simulation.history.Event;
import io.quorate.simulation.history.LogEntry;
import io.quorate.simulation.history.LoggedTxn;
import io.quorate.simulation.history.Op;
import io.quorate.simulation.model.Change;
import io.quorate.simulation.model.Codes;
import io.quorate.simulation.model.Outcome;
import io.quorate.simulation.model.Reads;
import io.quorate.simulation.model.Tree;
import io.quorate.simulation.model.WatchTable;
import io.quorate.simulation.model.Writes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Runs the log through the model: each transaction must be what the model makes of the request,
 * each write's reply what it says, and each read's reply the model's state at the zxid of its
 * header.
 */
final class Replay {
  private final Timeline timeline;
  private final Report report;
  private final Tree tree;
  private final Map<Long, List<Ask>> answeredAt = new HashMap<>();
  private final Set<Long> opened = new HashSet<>();
  private final Map<Long, Long> closed = new HashMap<>();
  private final Map<Ask, Outcome> outcomes = new HashMap<>();

  /** What each transaction changed, by zxid. */
  final Map<Long, List<Change>> changes = new HashMap<>();

  /** What each setWatches comes to. */
  final Map<Ask, CatchUp> catchUps = new HashMap<>();

  /** The events that a setWatches owes at once, and the watches that it arms. */
  record CatchUp(List<WatchTable.Due> due, WatchTable armed) {}

  Replay(Timeline timeline, Tree initial, Report report) {
    this.timeline = timeline;
    this.report = report;
    this.tree = initial.copy();
    opened.addAll(tree.sessions().keySet());
  }

  /** Goes through everything; {@code initialZxid} is that of the state it began with. */
  void run(long initialZxid) {
    for (Link link : timeline.links.values()) {
      for (Ask ask : link.asks) {
        if (ask.reply != null && ask.reply.zxid() >= 0) {
          answeredAt.computeIfAbsent(ask.reply.zxid(), z -> new ArrayList<>()).add(ask);
        }
      }
    }
    answers(initialZxid);
    long last = initialZxid;
    for (LogEntry e : timeline.history.log()) {
      if (!follows(last, e.zxid())) {
        report.add(Rule.Z12, Texts.hex(last) + " is followed by " + Texts.hex(e.zxid()));
      }
      last = e.zxid();
      apply(e);
      answers(last);
    }
    if (initialZxid != 0) {
      answeredAt.remove(0L);
    }
    answeredAt.forEach(
        (zxid, asks) -> {
          if (zxid > 0) {
            report.add(
                Rule.D2,
                asks.getFirst()
                    + " was answered with zxid "
                    + Texts.hex(zxid)
                    + ", which the log does not hold");
          }
        });
    acknowledged();
  }

  private static boolean follows(long last, long next) {
    return next == last + 1 || (next >>> 32 > last >>> 32 && (next & 0xffffffffL) == 1);
  }

  private void apply(LogEntry e) {
    Ask ask = timeline.askOf(e);
    if (e.session() != 0 && e.type() != -10) {
      membership(e);
    }
    Outcome expected = expected(e, ask);
    if (expected != null) {
      Rule wrong = expected.type() != e.type() ? Rule.R1 : Compare.txns(expected.txn(), e.txn());
      if (wrong != null) {
        Rule named = e.type() == 20 ? Rule.E6 : special(wrong, expected, ask);
        report.add(
            named,
            Texts.hex(e.zxid())
                + " is "
                + e.txn()
                + " of type "
                + e.type()
                + ", the model has "
                + expected.txn()
                + " of type "
                + expected.type()
                + " for "
                + ask);
      }
      if (ask != null) {
        outcomes.put(ask, expected);
      }
    }
    changes.put(e.zxid(), tree.takeChanges());
    String fault = tree.ephemeralFault();
    if (fault != null) {
      report.add(Rule.E1, "at " + Texts.hex(e.zxid()) + ": " + fault);
    }
    if (e.digested() && e.digest() != tree.digest()) {
      report.add(
          Rule.T2,
          "at "
              + Texts.hex(e.zxid())
              + " after "
              + e.txn()
              + ": the log has "
              + Texts.hex(e.digest())
              + ", the model "
              + Texts.hex(tree.digest()));
    }
  }

  private void membership(LogEntry e) {
    if (!opened.contains(e.session())) {
      report.add(
          Rule.S10,
          Texts.hex(e.zxid()) + " is of session " + Texts.hex(e.session()) + ", which is not open");
    }
    Long end = closed.get(e.session());
    if (end != null && !ofNoEffect(e.txn())) {
      report.add(
          Rule.S3,
          Texts.hex(e.zxid())
              + " is of session "
              + Texts.hex(e.session())
              + ", which was closed at "
              + Texts.hex(end));
    }
  }

  private static boolean ofNoEffect(LoggedTxn txn) {
    return txn instanceof LoggedTxn.Failure
        || (txn instanceof LoggedTxn.Multi m && (m.failed() || m.parts().isEmpty()));
  }

  /** What the model makes of it, done to the tree; null where the log alone decides. */
  private @Nullable Outcome expected(LogEntry e, @Nullable Ask ask) {
    if (e.txn() instanceof LoggedTxn.CreateSession c) {
      if (!opened.add(e.session())) {
        report.add(Rule.S1, "session " + Texts.hex(e.session()) + " is opened twice");
      }
      tree.openSession(e.session(), c.timeout());
      return null;
    }
    Writes writes =
        new Writes(
            tree,
            timeline.settings,
            e.session(),
            ask == null ? List.of() : ask.ids,
            e.zxid(),
            e.time());
    if (e.type() == -11) {
      closed.putIfAbsent(e.session(), e.zxid());
      if (ask == null && e.cxid() != 0) {
        report.add(Rule.Z6, Texts.hex(e.zxid()) + " closes a session nobody asked to close");
      }
      return writes.execute(new Op.CloseSession());
    }
    if (closed.containsKey(e.session()) && ofNoEffect(e.txn())) {
      return null;
    }
    if (e.session() == 0 && e.cxid() == 0) {
      return e.txn() instanceof LoggedTxn.Delete d && e.type() == 20 ? writes.reap(d.path()) : null;
    }
    if (ask == null) {
      report.add(Rule.Z6, Texts.hex(e.zxid()) + " " + e.txn() + " was asked for by nobody");
      return null;
    }
    if (!ask.op.isWrite()) {
      report.add(Rule.Z6, ask + " became a transaction");
      return null;
    }
    return writes.execute(ask.op);
  }

  private static Rule special(Rule wrong, Outcome expected, @Nullable Ask ask) {
    if (expected.txn() instanceof LoggedTxn.Failure f) {
      return switch (f.code()) {
        case Codes.NO_CHILDREN_FOR_EPHEMERALS -> Rule.E3;
        case Codes.QUOTA_EXCEEDED -> Rule.T7;
        default -> wrong;
      };
    }
    return wrong == Rule.T6 && ask != null && ask.op instanceof Op.Create c && c.flags() % 4 < 2
        ? Rule.R1
        : wrong;
  }

  /** Whether this session was closed at some point. */
  boolean closed(long session) {
    return closed.containsKey(session);
  }

  /** Checks what was answered at this zxid, other than by transactions. */
  private void answers(long zxid) {
    List<Ask> asks = answeredAt.remove(zxid);
    if (asks == null) {
      return;
    }
    for (Ask ask : asks) {
      Event.Reply reply = ask.reply;
      if (reply == null || (ask.op.isWrite() && !(ask.op instanceof Op.Malformed))) {
        continue;
      }
      switch (ask.op) {
        case Op.SetWatches s -> {
          WatchTable armed = new WatchTable();
          catchUps.put(ask, new CatchUp(armed.setWatches(tree, s), armed));
        }
        case Op.AddWatch a -> {}
        case Op.RemoveWatches r -> {}
        case Op.CheckWatches c -> {}
        case Op.Auth a -> {}
        case Op.Sasl a -> {}
        case Op.Forbidden f -> {}
        default -> read(ask, reply);
      }
    }
  }

  private void read(Ask ask, Event.Reply reply) {
    if (reply.err() == Codes.SESSION_EXPIRED && closed.containsKey(ask.link.session())) {
      return;
    }
    Reads.Result expected =
        new Reads(tree, timeline.settings, ask.link.session(), ask.ids).answer(ask.op);
    compare(ask, reply, expected.err(), expected.answer());
  }

  private void compare(Ask ask, Event.Reply reply, int err, Answer answer) {
    if (reply.err() != err) {
      report.add(
          ask.op.isWrite() ? Rule.R1 : Rule.R2,
          ask
              + " was answered with error "
              + reply.err()
              + " at "
              + Texts.hex(reply.zxid())
              + ", the model has "
              + err);
      return;
    }
    Rule wrong = Compare.answers(ask.op, answer, reply.answer());
    if (wrong != null) {
      report.add(
          wrong,
          ask
              + " was answered with "
              + Texts.of(reply.answer())
              + " at "
              + Texts.hex(reply.zxid())
              + ", the model has "
              + Texts.of(answer));
    }
  }

  /** Every answered write must be in the log, and be answered with what came of it there. */
  private void acknowledged() {
    for (Link link : timeline.links.values()) {
      for (Ask ask : link.asks) {
        Event.Reply reply = ask.reply;
        if (reply == null || !ask.op.isWrite()) {
          continue;
        }
        Outcome outcome = outcomes.get(ask);
        if (ask.entry == null) {
          boolean unlogged =
              (reply.err() == Codes.MARSHALLING_ERROR && Writes.undecodable(ask.op))
                  || (reply.err() == Codes.SESSION_EXPIRED && closed.containsKey(link.session()));
          if (!unlogged) {
            report.add(
                Rule.D2,
                ask
                    + " was answered with error "
                    + reply.err()
                    + " at "
                    + Texts.hex(reply.zxid())
                    + " and is not in the log");
          }
        } else if (outcome != null) {
          if (reply.zxid() < ask.entry.zxid()) {
            report.add(
                Rule.R1,
                ask
                    + " has zxid "
                    + Texts.hex(ask.entry.zxid())
                    + " and was answered at "
                    + Texts.hex(reply.zxid()));
          }
          compare(ask, reply, outcome.err(), outcome.answer());
        }
      }
    }
  }
}
