package io.quorate.simulation.engine;

import io.quorate.replica.Input;
import io.quorate.simulation.generate.Dice;
import io.quorate.spi.storage.TransactionLog;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** The log writer's thread: appends what waits, then forces it, which takes its time. */
final class LogThread {
  /** One turn's records. */
  private record Batch(List<Long> zxids, List<byte[]> records, boolean roll) {}

  private final Actor actor = new Actor("log");
  private final TransactionLog log;
  private final Server core;
  private final Plan plan;
  private final Scheduler scheduler;
  private final Dice dice;
  private final Runnable failed;
  private final ArrayDeque<Batch> queue = new ArrayDeque<>();
  private Batch gathered = empty();
  private boolean roll;
  private boolean busy;

  LogThread(
      TransactionLog log, Server core, Plan plan, Scheduler scheduler, Dice dice, Runnable failed) {
    this.log = log;
    this.core = core;
    this.plan = plan;
    this.scheduler = scheduler;
    this.dice = dice;
    this.failed = failed;
  }

  private static Batch empty() {
    return new Batch(new ArrayList<>(), new ArrayList<>(), false);
  }

  Actor actor() {
    return actor;
  }

  /** Core's thread: a record of this turn. */
  void gather(long zxid, byte[] record) {
    gathered.zxids().add(zxid);
    gathered.records().add(record);
  }

  /** Core's thread: the next batch begins another file. */
  void roll() {
    roll = true;
  }

  /** Core's thread: the turn is over. */
  void handOver() {
    if (gathered.zxids().isEmpty()) {
      return;
    }
    queue.add(new Batch(gathered.zxids(), gathered.records(), roll));
    gathered = empty();
    roll = false;
    wake();
  }

  private void wake() {
    if (!busy) {
      busy = true;
      scheduler.after(dice.below(20_000), actor, this::write);
    }
  }

  private void write() {
    try {
      long last = 0;
      int batches = dice.chance(0.3) ? 1 : Integer.MAX_VALUE;
      for (Batch b = queue.poll(); b != null; b = --batches > 0 ? queue.poll() : null) {
        if (b.roll()) {
          log.roll();
        }
        for (int i = 0; i < b.zxids().size(); i++) {
          scheduler.boundary();
          last = b.zxids().get(i);
          log.append(last, b.records().get(i));
        }
      }
      long upTo = last;
      scheduler.after(fsyncNanos(), actor, () -> force(upTo));
    } catch (IOException e) {
      failed.run();
    }
  }

  private long fsyncNanos() {
    return 1000L * dice.between(20, 1000 * plan.maxFsyncMs());
  }

  private void force(long upTo) {
    try {
      log.force();
    } catch (IOException e) {
      failed.run();
      return;
    }
    scheduler.boundary();
    busy = false;
    core.send(new Input.Durable(upTo));
    core.wake();
    if (!queue.isEmpty()) {
      wake();
    }
  }
}
