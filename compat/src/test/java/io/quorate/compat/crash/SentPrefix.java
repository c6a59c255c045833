package io.quorate.compat.crash;

import java.util.Collection;

/** Tells which prefix of what a client has sent its folder shows after a crash. */
final class SentPrefix {
  private SentPrefix() {}

  /** A write that was not acknowledged. */
  interface Sent {
    /** The write, for messages. */
    String what();

    /** The folder after it and everything before it. */
    ModelTree after();
  }

  /**
   * How many of the unacknowledged writes were applied.
   *
   * @param pending in the order in which they were sent
   * @throws AssertionError if no prefix gives what was found
   */
  static int applied(
      String folder, ModelTree found, ModelTree acked, Collection<? extends Sent> pending) {
    int applied = found.equals(acked) ? 0 : -1;
    int index = 0;
    for (Sent sent : pending) {
      index++;
      if (sent.after().equals(found)) {
        applied = index;
      }
    }
    if (applied >= 0) {
      return applied;
    }
    StringBuilder text = new StringBuilder(folder);
    text.append(": not the result of any prefix of what was sent\n found ").append(found);
    text.append("\n acked ").append(acked);
    pending.forEach(p -> text.append("\n ").append(p.what()).append(" -> ").append(p.after()));
    throw new AssertionError(text);
  }
}
