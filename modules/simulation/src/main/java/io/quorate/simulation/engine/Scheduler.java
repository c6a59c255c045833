package io.quorate.simulation.engine;

import io.quorate.simulation.generate.Dice;
import java.util.Iterator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Virtual time: runs tasks in the order of their times, ties drawn from the seed. At a boundary
 * inside a task another actor may be let in, as if the first thread had been preempted there.
 */
final class Scheduler {
  private static final long PREEMPT_HORIZON_NANOS = 200_000;
  private static final int MAX_DEPTH = 4;

  private final Dice dice;
  private final PriorityQueue<Task> tasks = new PriorityQueue<>();
  private long now;
  private long count;
  private long executed;
  private int depth;
  private double preempt;

  /** Boundaries that remain until the process ends; negative for never. */
  private int untilCut = -1;

  private record Task(long time, long tie, long number, Actor actor, Runnable run)
      implements Comparable<Task> {
    @Override
    public int compareTo(Task o) {
      int byTime = Long.compare(time, o.time);
      int byTie = byTime != 0 ? byTime : Long.compare(tie, o.tie);
      return byTie != 0 ? byTie : Long.compare(number, o.number);
    }
  }

  Scheduler(Dice dice) {
    this.dice = dice;
  }

  /** How likely another actor comes in at a boundary. */
  void preempt(double probability) {
    preempt = probability;
  }

  /** Ends the process after so many boundaries. */
  void cutAfter(int boundaries) {
    untilCut = boundaries;
  }

  /** Nanoseconds since the run began. */
  long now() {
    return now;
  }

  long nowMs() {
    return now / 1_000_000;
  }

  long executed() {
    return executed;
  }

  /** Runs something later. */
  void after(long nanos, Actor actor, Runnable run) {
    tasks.add(new Task(now + Math.max(0, nanos), dice.any(), count++, actor, run));
  }

  /** Runs the next task; false if there is none before {@code until}. */
  boolean step(long until) {
    Task t = tasks.peek();
    if (t == null || t.time > until) {
      now = Math.max(now, until);
      return false;
    }
    tasks.poll();
    now = Math.max(now, t.time);
    run(t);
    return true;
  }

  private void run(Task t) {
    if (t.actor.dead) {
      return;
    }
    executed++;
    t.actor.running = true;
    depth++;
    try {
      t.run.run();
    } finally {
      depth--;
      t.actor.running = false;
    }
  }

  /**
   * A place where a thread may be preempted and a process may end.
   *
   * @throws PowerCut if it ends here
   */
  void boundary() {
    if (untilCut >= 0 && untilCut-- == 0) {
      throw new PowerCut();
    }
    while (preempt > 0 && depth < MAX_DEPTH && dice.chance(preempt)) {
      Task t = takeReady();
      if (t == null) {
        return;
      }
      now = Math.max(now, t.time);
      run(t);
    }
  }

  private @Nullable Task takeReady() {
    Task best = null;
    Iterator<Task> all = tasks.iterator();
    while (all.hasNext()) {
      Task t = all.next();
      boolean ready = !t.actor.running && !t.actor.dead && t.time <= now + PREEMPT_HORIZON_NANOS;
      if (ready && (best == null || t.compareTo(best) < 0)) {
        best = t;
      }
    }
    if (best != null) {
      tasks.remove(best);
    }
    return best;
  }
}
