package io.quorate.server;

/**
 * What runs the turns of the {@link CoreLoop}: a thread of its own, or the only I/O loop of a
 * server that has one processor. Turns are never run at the same time, and what one turn wrote the
 * next one sees.
 */
interface CoreHost {
  /** Begins to run turns; the first comes soon. */
  void start(CoreLoop core);

  /** Something was queued: a turn is to come soon. Any thread; never blocks. */
  void wake();

  /** Ends after what is queued, and waits for that. */
  void stop();

  /** Whether turns are still run. Any thread. */
  boolean isAlive();
}
