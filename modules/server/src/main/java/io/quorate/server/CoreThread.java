package io.quorate.server;

import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Turns on a thread of their own: I/O and core work at the same time. */
final class CoreThread implements CoreHost {
  private static final long MAX_WAIT_MS = 500;

  private final Thread thread = new Thread(this::run, "quorate-core");
  private final Parking parking = new Parking();
  private volatile @Nullable CoreLoop core;
  private volatile boolean stopping;

  @Override
  public void start(CoreLoop loop) {
    core = loop;
    thread.start();
  }

  @Override
  public void wake() {
    parking.wake(thread);
  }

  @Override
  public void stop() {
    stopping = true;
    LockSupport.unpark(thread);
    if (Thread.currentThread() == thread) {
      return;
    }
    try {
      thread.join(TimeUnit.SECONDS.toMillis(10));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isAlive() {
    return thread.isAlive();
  }

  private void run() {
    CoreLoop loop = Objects.requireNonNull(core);
    while (!stopping || loop.hasWork()) {
      if (!loop.turn()) {
        return;
      }
      if (!loop.hasWork() && !stopping) {
        sleep(loop);
      }
    }
  }

  private void sleep(CoreLoop loop) {
    if (parking.begin(() -> !loop.hasWork() && !stopping)) {
      LockSupport.parkNanos(this, Math.clamp(loop.msToDeadline(), 1, MAX_WAIT_MS) * 1_000_000);
    }
    parking.end();
  }
}
