package io.quorate.simulation.check;

import io.quorate.simulation.history.Event;
import java.util.List;

/** D1, D2, D4: nothing is told that a crash could take back. */
final class DurabilityCheck {
  private final Timeline timeline;
  private final Report report;

  DurabilityCheck(Timeline timeline, Report report) {
    this.timeline = timeline;
    this.report = report;
  }

  void run() {
    List<Event> events = timeline.history.events();
    long durableAtFailure = Long.MAX_VALUE;
    int failedAt = -1;
    for (int i = 0; i < events.size(); i++) {
      switch (events.get(i)) {
        case Event.Reply r -> {
          told(i, r.conn(), r.zxid());
          if (r.zxid() > durableAtFailure) {
            report.add(
                Rule.D4,
                "connection "
                    + r.conn()
                    + " xid "
                    + r.xid()
                    + " was answered at "
                    + Texts.hex(r.zxid())
                    + " after the disk had failed");
          }
        }
        case Event.Notice n -> told(i, n.conn(), n.zxid());
        case Event.Boot b -> {
          if (b.zxid() < timeline.durableBefore[i]) {
            report.add(
                Rule.D2,
                "recovered to "
                    + Texts.hex(b.zxid())
                    + ", durable was "
                    + Texts.hex(timeline.durableBefore[i]));
          }
          failedAt = -1;
          durableAtFailure = Long.MAX_VALUE;
        }
        case Event.DiskFailed d -> {
          if (failedAt < 0) {
            failedAt = i;
            durableAtFailure = timeline.durableBefore[i];
          }
        }
        case Event.Durable d -> {
          if (failedAt >= 0) {
            report.add(
                Rule.D4,
                "the log went on to " + Texts.hex(d.zxid()) + " after the disk had failed");
          }
        }
        case Event.Crash c -> {
          stopped(failedAt, i);
          failedAt = -1;
          durableAtFailure = Long.MAX_VALUE;
        }
        case Event.Quiet q -> stopped(failedAt, i);
        default -> {}
      }
    }
  }

  private void told(int i, int conn, long zxid) {
    if (zxid > 0 && zxid > timeline.durableBefore[i]) {
      report.add(
          Rule.D1,
          "connection "
              + conn
              + " was told of "
              + Texts.hex(zxid)
              + " when "
              + Texts.hex(timeline.durableBefore[i])
              + " was durable");
    }
  }

  private void stopped(int failedAt, int now) {
    if (failedAt >= 0
        && timeline.time(now) - timeline.time(failedAt) > timeline.settings.tickMs()) {
      report.add(Rule.D4, "the server was up for longer than a tick after its disk had failed");
    }
  }
}
