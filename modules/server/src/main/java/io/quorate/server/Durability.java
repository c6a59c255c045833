package io.quorate.server;

import io.quorate.api.TreeView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Gathers a turn's log records and passes them on as one batch. Core's thread. */
final class Durability implements EffectsRouter.Durability {
  private final LogWriter log;
  private final SnapshotHelper snapshots;
  private List<byte[]> records = new ArrayList<>();
  private long[] zxids = new long[64];
  private boolean roll;

  Durability(LogWriter log, SnapshotHelper snapshots) {
    this.log = log;
    this.snapshots = snapshots;
  }

  @Override
  public void append(long zxid, byte[] record) {
    int n = records.size();
    if (n == zxids.length) {
      zxids = Arrays.copyOf(zxids, n * 2);
    }
    zxids[n] = zxid;
    records.add(record);
  }

  @Override
  public void snapshot(TreeView view) {
    if (snapshots.snapshot(view)) {
      roll = true;
    }
  }

  /** The end of a turn. */
  void handOver() {
    if (!records.isEmpty()) {
      log.write(new LogWriter.Batch(records, zxids, roll));
      records = new ArrayList<>();
      zxids = new long[64];
      roll = false;
    }
  }
}
