package io.quorate.simulation.engine;

import io.quorate.api.TreeView;
import io.quorate.simulation.disk.VirtualStorage;
import io.quorate.simulation.generate.Dice;
import java.io.IOException;

/** The snapshot helper's thread: one snapshot at a time, seen only when it is whole. */
final class SnapshotThread {
  private static final int RETAIN = 2;

  private final Actor actor = new Actor("snapshot");
  private final VirtualStorage storage;
  private final Scheduler scheduler;
  private final Dice dice;
  private final Runnable failed;
  private boolean busy;

  SnapshotThread(VirtualStorage storage, Scheduler scheduler, Dice dice, Runnable failed) {
    this.storage = storage;
    this.scheduler = scheduler;
    this.dice = dice;
    this.failed = failed;
  }

  Actor actor() {
    return actor;
  }

  /** Core's thread: writes this view, unless another is being written. */
  boolean begin(TreeView view) {
    if (busy) {
      return false;
    }
    busy = true;
    scheduler.after(1000L * dice.between(1, 50_000), actor, () -> write(view));
    return true;
  }

  private void write(TreeView view) {
    try {
      byte[] bytes = storage.encode(view);
      scheduler.after(1000L * dice.between(1, 50_000), actor, () -> finish(view.zxid(), bytes));
    } catch (IOException e) {
      failed.run();
    }
  }

  private void finish(long zxid, byte[] bytes) {
    try {
      scheduler.boundary();
      storage.keep(zxid, bytes);
      scheduler.boundary();
      if (dice.chance(0.5)) {
        storage.snapshots().purge(RETAIN, 0);
      }
      busy = false;
    } catch (IOException e) {
      failed.run();
    }
  }
}
