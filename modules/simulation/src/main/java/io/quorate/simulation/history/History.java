package io.quorate.simulation.history;

import java.util.ArrayList;
import java.util.List;

/**
 * A recorded run: events in the order of time, each with its time in ms, and the transactions that
 * the disk holds at the end.
 */
public final class History {
  private final List<Event> events = new ArrayList<>();
  private final List<Long> times = new ArrayList<>();
  private final List<LogEntry> log = new ArrayList<>();

  /** Adds an event at a time not before the last one's. */
  public void add(long timeMs, Event event) {
    events.add(event);
    times.add(timeMs);
  }

  /** The events. Tests change this list to make histories that are wrong. */
  public List<Event> events() {
    return events;
  }

  /** The times of the events, in ms of a clock that never goes back. */
  public List<Long> times() {
    return times;
  }

  /** The transactions, in the order of the log. */
  public List<LogEntry> log() {
    return log;
  }

  /** A copy that can be changed. */
  public History copy() {
    History h = new History();
    h.events.addAll(events);
    h.times.addAll(times);
    h.log.addAll(log);
    return h;
  }

  /** When event {@code i} happened, ms. */
  public long time(int i) {
    return times.get(i);
  }
}
