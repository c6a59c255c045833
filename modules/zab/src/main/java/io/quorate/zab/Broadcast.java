package io.quorate.zab;

import io.quorate.api.Zxid;
import java.util.Arrays;

/**
 * The leader's part of the broadcast phase: gives zxids, collects acknowledgements, commits in
 * order. A standalone server is a leader whose quorum is itself.
 */
public final class Broadcast {
  private final Output output;
  private final long[] voters;
  private final long[] acked;
  private final int self;
  private long last;
  private long committed;

  /**
   * A leader that has established its epoch with this history.
   *
   * @param self own server id, one of the voters
   * @param voters all server ids whose acknowledgements count; a majority commits
   * @param lastZxid the last transaction of the history, committed and durable
   */
  public Broadcast(long self, long[] voters, long lastZxid, Output output) {
    this.voters = voters.clone();
    this.acked = new long[voters.length];
    Arrays.fill(acked, lastZxid);
    this.self = indexOf(self);
    this.last = lastZxid;
    this.committed = lastZxid;
    this.output = output;
  }

  private int indexOf(long sid) {
    for (int i = 0; i < voters.length; i++) {
      if (voters[i] == sid) {
        return i;
      }
    }
    throw new IllegalArgumentException("no voter has the id " + sid);
  }

  /** The zxid that the next proposal will have. A full counter starts the next epoch. */
  public long nextZxid() {
    return Zxid.counter(last) == 0xffff_ffffL ? Zxid.of(Zxid.epoch(last) + 1, 1) : last + 1;
  }

  /** The last zxid proposed. */
  public long lastProposed() {
    return last;
  }

  /** The last zxid committed. */
  public long lastCommitted() {
    return committed;
  }

  /**
   * Proposes a transaction, which must have been made for {@link #nextZxid}.
   *
   * @throws IllegalArgumentException if the zxid is another
   */
  public void propose(long zxid, byte[] transaction) {
    if (zxid != nextZxid()) {
      throw new IllegalArgumentException(
          "proposal " + Zxid.toHex(zxid) + " where " + Zxid.toHex(nextZxid()) + " is next");
    }
    last = zxid;
    output.append(zxid, transaction);
  }

  /** The own log holds everything up to here on stable storage. */
  public void durable(long zxid) {
    acked(self, zxid);
  }

  /** Another voter holds everything up to here on stable storage. */
  public void ack(long sid, long zxid) {
    acked(indexOf(sid), zxid);
  }

  private void acked(int voter, long zxid) {
    if (zxid > last) {
      throw new IllegalArgumentException("ack of " + Zxid.toHex(zxid) + ", which was not proposed");
    }
    if (zxid <= acked[voter]) {
      return; // late or repeated
    }
    acked[voter] = zxid;
    long[] sorted = acked.clone();
    Arrays.sort(sorted);
    long quorum = sorted[(voters.length - 1) / 2]; // a majority holds at least this
    if (quorum > committed) {
      committed = quorum;
      output.commit(quorum);
    }
  }
}
