package io.quorate.simulation.check;

import io.quorate.simulation.history.Answer;
import io.quorate.simulation.history.Event;
import io.quorate.simulation.history.Op;
import io.quorate.simulation.model.Access;
import io.quorate.simulation.model.Codes;
import java.util.Arrays;

/** R1 to R3, S6, P, L1: order in real time and on each connection. */
final class OrderCheck {
  private final Timeline timeline;
  private final Report report;

  OrderCheck(Timeline timeline, Report report) {
    this.timeline = timeline;
    this.report = report;
  }

  void run() {
    for (Link link : timeline.links.values()) {
      realTime(link);
      programOrder(link);
      endings(link);
    }
  }

  /** What anybody had seen before a request was sent lies before what it does and shows. */
  private void realTime(Link link) {
    for (Ask ask : link.asks) {
      long before = timeline.seenBefore[ask.sentAt];
      if (ask.entry != null && ask.entry.zxid() <= before) {
        report.add(
            Rule.R1,
            ask
                + " got zxid "
                + Texts.hex(ask.entry.zxid())
                + ", but "
                + Texts.hex(before)
                + " had been seen before it was sent");
      }
      Event.Reply r = ask.reply;
      if (r != null && r.zxid() > 0 && r.zxid() < before) {
        Rule rule = ask.op instanceof Op.Sync ? Rule.R3 : Rule.R2;
        report.add(
            rule,
            ask
                + " was answered at "
                + Texts.hex(r.zxid())
                + ", but "
                + Texts.hex(before)
                + " had been seen before it was sent");
      }
    }
  }

  /** On a connection: header zxids rise, reads see earlier writes and no later ones. */
  private void programOrder(Link link) {
    long header = link.seenBefore;
    for (Link.Frame f : link.frames) {
      if (f.event instanceof Event.Reply r && r.zxid() > 0) {
        if (r.zxid() < header) {
          report.add(
              Rule.R2,
              "connection "
                  + link.id
                  + " xid "
                  + r.xid()
                  + ": zxid "
                  + Texts.hex(r.zxid())
                  + " after "
                  + Texts.hex(header));
        }
        header = Math.max(header, r.zxid());
      }
    }
    long written = 0;
    long shown = 0;
    for (Ask ask : link.asks) {
      long own = ask.entry == null ? 0 : ask.entry.zxid();
      Event.Reply r = ask.reply;
      // A ping may overtake writes: it shows no data, and neither does a sync.
      boolean ping = ask.op instanceof Op.Ping;
      if (r != null && r.zxid() > 0 && r.zxid() < written && !ping) {
        report.add(
            Rule.R2,
            ask
                + " was answered at "
                + Texts.hex(r.zxid())
                + ", an earlier request became "
                + Texts.hex(written));
      }
      if (own != 0 && own <= Math.max(shown, written)) {
        report.add(
            Rule.S6,
            ask
                + " became "
                + Texts.hex(own)
                + ", an earlier request "
                + Texts.hex(Math.max(shown, written)));
      }
      written = Math.max(written, own);
      if (r != null && own == 0 && !ping && !(ask.op instanceof Op.Sync)) {
        shown = Math.max(shown, r.zxid());
      }
    }
  }

  /** What has to be answered, and what has to end the connection. */
  private void endings(Link link) {
    for (Link.Frame f : link.frames) {
      if (f.at > link.serverClosedAt) {
        report.add(Rule.P, "connection " + link.id + " was written to after it was closed");
      }
    }
    boolean settled = timeline.quietAt != Integer.MAX_VALUE && link.open();
    long since =
        settled ? timeline.time(timeline.quietAt) - timeline.settings.slackMs() : Long.MIN_VALUE;
    for (Ask ask : link.asks) {
      header(ask);
      boolean due = settled && timeline.time(ask.sentAt) < since;
      if (due && ask.reply == null && !(ask.op instanceof Op.Forbidden)) {
        report.add(Rule.L1, ask + " was never answered");
      }
      if (due && fatal(ask)) {
        report.add(Rule.P, ask + " did not end the connection");
      }
    }
    if (settled && link.welcome == null && timeline.time(link.helloAt) < since) {
      report.add(Rule.L1, "connection " + link.id + " was never answered");
    }
  }

  private static boolean fatal(Ask ask) {
    return ask.op instanceof Op.Forbidden
        || (ask.op instanceof Op.CloseSession && ask.reply != null)
        || ask.refusedAuth();
  }

  private void header(Ask ask) {
    Event.Reply r = ask.reply;
    if (r == null) {
      return;
    }
    boolean fine =
        switch (ask.op) {
          case Op.Auth a -> r.zxid() == 0 && r.err() == authError(ask, a);
          case Op.Sasl a -> r.zxid() == 0 && sasl(a, r);
          case Op.Forbidden f -> r.zxid() == -1 && r.err() == Codes.UNIMPLEMENTED;
          default -> r.zxid() >= 0;
        };
    if (!fine) {
      report.add(Rule.P, ask + " was answered with zxid " + r.zxid() + " and error " + r.err());
    }
  }

  private static boolean sasl(Op.Sasl asked, Event.Reply r) {
    byte[] token = Access.saslAnswer(asked.token());
    return token == null
        ? r.err() == Codes.AUTH_FAILED
        : r.err() == 0
            && r.answer() instanceof Answer.Token t
            && t.token() != null
            && Arrays.equals(token, t.token());
  }

  private int authError(Ask ask, Op.Auth a) {
    return Access.authenticate(
                timeline.settings, ask.link.hello.address(), a.scheme(), a.credentials())
            == null
        ? Codes.AUTH_FAILED
        : 0;
  }
}
