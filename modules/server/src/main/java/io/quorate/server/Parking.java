package io.quorate.server;

import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How a thread sleeps while nothing is queued for it, and is woken at no cost while it does not. No
 * wake-up is lost: the consumer says that it parks and then looks at its queues once more, a
 * producer fills a queue and then looks whether the consumer parks. One of the two sees the other.
 *
 * <p>Consumer: {@code if (parking.begin(idle)) LockSupport.park(…); parking.end();}. Producer: puts
 * something into a queue, then {@link #wake}.
 */
final class Parking {
  private volatile boolean parked;

  /**
   * Says that the consumer parks.
   *
   * @param idle looks at all its queues
   * @return whether nothing is there, so that it may park; it calls {@link #end} in any case
   */
  boolean begin(BooleanSupplier idle) {
    parked = true;
    return idle.getAsBoolean();
  }

  /** The consumer is up again. */
  void end() {
    parked = false;
  }

  /**
   * Wakes the consumer if it parks or is about to. Any thread.
   *
   * @return whether it was so
   */
  boolean wake(@Nullable Thread consumer) {
    VarHandle.fullFence(); // a queue's ordered stores may otherwise come after the load of parked
    if (!parked) {
      return false;
    }
    LockSupport.unpark(consumer);
    return true;
  }
}
