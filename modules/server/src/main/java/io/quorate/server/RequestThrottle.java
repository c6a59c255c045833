package io.quorate.server;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The requests of one connection that are with the core, and whether another may go there: its
 * share of the shard's limits (reference section 2.9). On the connection's loop.
 */
final class RequestThrottle {
  private static final Logger LOG = LoggerFactory.getLogger(RequestThrottle.class);

  private final IoShard shard;
  private final ServerConfig.Limits limits;
  private final InFlight inFlight = new InFlight();
  private boolean heldBack;

  RequestThrottle(IoShard shard) {
    this.shard = shard;
    this.limits = shard.services().config().limits();
  }

  /** How many are unanswered. */
  int outstanding() {
    return inFlight.size();
  }

  /** How many of them are ordered as writes are. */
  int writes() {
    return inFlight.writes();
  }

  /** Whether requests in flight are too many for one more, which then waits. */
  boolean holdsBack() {
    if (shard.isFull()) {
      heldBack = true;
      return true;
    }
    return false;
  }

  /** Nothing waits any more. */
  void noneHeld() {
    heldBack = false;
  }

  /** Whether a request that was held back waited longer than throttled_op_wait_time allows. */
  boolean waitedTooLong(long sinceNanos) {
    int waitMs = limits.throttledOpWaitMs();
    return waitMs > 0
        && heldBack
        && shard.nowNanos() - sinceNanos >= waitMs * 1_000_000L
        && inFlight.size() == 0;
  }

  /** Whether a large request has room among those in flight; if so it is counted there. */
  boolean admits(int length, ClientConnection connection) {
    int threshold = limits.largeRequestThresholdBytes();
    if (threshold < 0 || length < threshold) {
      return true;
    }
    if (shard.largeBytes + length > limits.largeRequestBytes()) {
      LOG.info(
          "{}: large requests of more than {} bytes: closed",
          connection,
          limits.largeRequestBytes());
      shard.stats.largeRejected++;
      return false;
    }
    shard.largeBytes += length;
    return true;
  }

  /** A request that was admitted goes to the core. */
  void begin(int length, boolean ordered) {
    inFlight.add(shard.nowNanos(), length, ordered);
    shard.outstanding++;
    shard.outstandingBytes += length;
  }

  /** The oldest was answered; returns when it began. */
  long answered() {
    long startNanos = inFlight.firstStartNanos();
    int length = inFlight.remove();
    shard.outstanding--;
    shard.outstandingBytes -= length;
    int threshold = limits.largeRequestThresholdBytes();
    if (threshold >= 0 && length >= threshold) {
      shard.largeBytes -= length;
    }
    return startNanos;
  }

  /** Gives back what was counted for requests without an answer. */
  void leave() {
    while (inFlight.size() > 0) {
      answered();
    }
  }
}
