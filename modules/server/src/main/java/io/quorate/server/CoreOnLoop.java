package io.quorate.server;

import io.quorate.spi.transport.Transport;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Turns on the I/O loop, between its looks at sockets: where there is one processor a thread of
 * their own could only take turns with the loop, and each hand-over would cost a wake-up. The loop
 * takes what all its sockets have, then the core takes one turn over it, then the replies go out.
 */
final class CoreOnLoop implements CoreHost {
  private static final long DEADLINE_CHECK_MS = 20;

  private final Transport.Loop loop;
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private final Runnable scheduledTurn = this::scheduledTurn;
  private volatile @Nullable CoreLoop core;
  private volatile boolean ended;

  /** On this loop, which must be the only one. */
  CoreOnLoop(Transport.Loop loop) {
    this.loop = loop;
  }

  @Override
  public void start(CoreLoop started) {
    core = started;
    loop.every(DEADLINE_CHECK_MS, () -> turnIfDue(started));
    wake();
  }

  @Override
  public void wake() {
    if (core != null && !scheduled.getAndSet(true)) {
      loop.execute(scheduledTurn);
    }
  }

  private void scheduledTurn() {
    scheduled.getAndSet(false); // a read too: what was queued before a wake() that saw it is seen
    CoreLoop c = Objects.requireNonNull(core);
    turn(c);
    if (!ended && c.hasWork()) {
      wake();
    }
  }

  private void turnIfDue(CoreLoop c) {
    if (c.msToDeadline() <= 0) {
      turn(c);
    }
  }

  private void turn(CoreLoop c) {
    if (!ended && !c.turn()) {
      ended = true;
    }
  }

  /** To be called when the loop has ended: what is still queued is taken here. */
  @Override
  public void stop() {
    CoreLoop c = core;
    while (c != null && !ended && c.hasWork()) {
      turn(c);
    }
    ended = true;
  }

  @Override
  public boolean isAlive() {
    return !ended;
  }
}
