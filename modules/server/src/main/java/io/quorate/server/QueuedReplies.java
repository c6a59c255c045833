package io.quorate.server;

/**
 * How many bytes of replies wait on a shard's connections for their clients to read them, and how
 * many one connection may hold before it gets no further answer. Half of the limit is for whoever
 * comes; once it is used up, each connection may hold an equal share of the other half. So those
 * that hold most wait until they drain, the others go on, and the sum stays below the limit and one
 * reply for each connection. Events, and replies that are under way in the core, can not wait:
 * where they bring the sum to a quarter above the limit, those of their connections that hold more
 * than their share are closed. Who waits holds something, so it is told when that has drained.
 *
 * <p>What a socket took since its connection last wrote or drained is still counted. On the shard's
 * loop.
 */
final class QueuedReplies {
  /** The most that one connection may hold, whatever the others do. */
  static final long CONNECTION_BYTES = 2 << 20;

  private final long limit;
  private long bytes;

  /**
   * Of a shard.
   *
   * @param limit its part of the server's limit; 0 turns it off
   */
  QueuedReplies(long limit) {
    this.limit = limit;
  }

  /** A connection that held {@code before} holds {@code now}. */
  void changed(long before, long now) {
    bytes += now - before;
  }

  /**
   * Beyond so many bytes a connection waits.
   *
   * @param unwritten what was answered and not handed to a connection yet
   * @param connections how many the shard has
   */
  long mayHold(int unwritten, int connections) {
    return limit == 0 || bytes + unwritten <= limit / 2
        ? CONNECTION_BYTES
        : Math.min(CONNECTION_BYTES, limit / 2 / Math.max(1, connections));
  }

  /**
   * Whether a connection that holds so much is to be closed, since it gets what can not wait: more
   * than a quarter above the limit is used up, and it holds more than its share.
   */
  boolean tooMuch(long queued, int connections) {
    return limit != 0 && bytes > limit + limit / 4 && queued > limit / 2 / Math.max(1, connections);
  }

  long bytes() {
    return bytes;
  }
}
