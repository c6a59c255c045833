package io.quorate.simulation.engine;

/**
 * The clocks of the server's machine: one that never goes back, and one that is set now and then.
 */
final class Clocks {
  private static final long WALL_START_MS = 1_750_000_000_000L;

  private final Scheduler scheduler;
  private long monotonicStart = 1_000_000_000L;
  private long wallOffsetMs = WALL_START_MS;

  Clocks(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  long monotonicNanos() {
    return monotonicStart + scheduler.now();
  }

  long wallMs() {
    return wallOffsetMs + scheduler.nowMs();
  }

  /** Somebody sets the clock. */
  void setWall(long byMs) {
    wallOffsetMs += byMs;
  }

  /** The machine started again: its monotonic clock begins anew. */
  void reboot() {
    monotonicStart = 1_000_000_000L - scheduler.now();
  }
}
