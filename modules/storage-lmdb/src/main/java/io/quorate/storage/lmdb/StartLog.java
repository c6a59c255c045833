package io.quorate.storage.lmdb;

import io.quorate.spi.storage.TransactionLog;
import java.io.IOException;

/**
 * The log, which says when its replay is over: what a start need not wait for begins then, and not
 * beside the replay, which has work for two cores.
 */
final class StartLog implements TransactionLog {
  private final TransactionLog log;
  private final Checkpoints checkpoints;

  StartLog(TransactionLog log, Checkpoints checkpoints) {
    this.log = log;
    this.checkpoints = checkpoints;
  }

  @Override
  public long replay(long fromZxid, RecordVisitor visitor) throws IOException {
    long last = log.replay(fromZxid, visitor);
    checkpoints.checkBehind();
    return last;
  }

  @Override
  public void append(long zxid, byte[] record) throws IOException {
    log.append(zxid, record);
  }

  @Override
  public void force() throws IOException {
    log.force();
  }

  @Override
  public void roll() throws IOException {
    log.roll();
  }

  @Override
  public void truncate(long zxid) throws IOException {
    log.truncate(zxid);
  }

  @Override
  public long lastForceNanos() {
    return log.lastForceNanos();
  }
}
