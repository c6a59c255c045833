package io.quorate.replica;

/**
 * What a server starts with.
 *
 * @param lastZxid of the last transaction
 * @param snapshotBytes about as long as the newest snapshot is
 * @param transactions how many follow it in the log
 * @param logBytes how long those are
 */
public record Recovered(long lastZxid, long snapshotBytes, long transactions, long logBytes) {
  /** A state that is wholly in a snapshot, or needs none. */
  public static Recovered whole(long lastZxid) {
    return new Recovered(lastZxid, 0, 0, 0);
  }
}
