package io.quorate.simulation.check;

import io.quorate.simulation.history.History;
import io.quorate.simulation.model.Settings;
import io.quorate.simulation.model.Tree;
import java.util.List;

/**
 * Checks recorded histories. Every write and reply carries a zxid, so the order to check against is
 * given and checking takes time linear in the history.
 */
public final class Checker {
  private final Settings settings;
  private final Tree initial;
  private final long initialZxid;

  /** For histories that begin with an empty server. */
  public Checker(Settings settings) {
    this(settings, new Tree(), 0);
  }

  /** For histories that begin with this state. */
  public Checker(Settings settings, Tree initial, long initialZxid) {
    this.settings = settings;
    this.initial = initial;
    this.initialZxid = initialZxid;
  }

  /** What is wrong with a history; empty if nothing is. */
  public List<Violation> check(History history) {
    return report(history).violations();
  }

  /** The same, as a report. */
  public Report report(History history) {
    Report report = new Report();
    Timeline timeline = new Timeline(history, settings, report);
    Replay replay = new Replay(timeline, initial, report);
    replay.run(initialZxid);
    new OrderCheck(timeline, report).run();
    int watches = 0;
    for (Link link : timeline.links.values()) {
      int size = new WatchCheck(timeline, replay, report, link).run();
      watches += link.served() ? size : 0;
    }
    if (timeline.watchCount != null && timeline.watchCount != watches) {
      report.add(
          Rule.W7, "the server holds " + timeline.watchCount + " watches, set are " + watches);
    }
    new SessionCheck(timeline, initial.sessions(), report).run();
    new DurabilityCheck(timeline, report).run();
    return report;
  }
}
