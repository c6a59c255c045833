package io.quorate.server;

import io.quorate.spi.transport.Transport;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Turns on the I/O loop, between its looks at sockets: where there is one processor a thread of
 * their own could only take turns with the loop, and each hand-over would cost a wake-up. The loop
 * takes what all its sockets have, then the core takes one turn over it, then the replies go out.
 * With nothing queued the core sleeps until its next deadline.
 */
final class CoreOnLoop implements CoreHost {
  private static final long MAX_SLEEP_MS = 60_000;

  private final Transport.Loop loop;
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private final Runnable scheduledTurn = this::scheduledTurn;
  private volatile @Nullable CoreLoop core;
  private volatile boolean ended;

  /** When the loop looks at the core's deadline next, by the core's clock; of its thread. */
  private long alarmMs = Long.MAX_VALUE;

  /** On this loop, which must be the only one. */
  CoreOnLoop(Transport.Loop loop) {
    this.loop = loop;
  }

  @Override
  public void start(CoreLoop started) {
    core = started;
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
    goOn(c);
  }

  /** After a turn, or instead of one that is not due: the next comes when it has to. */
  private void goOn(CoreLoop c) {
    if (ended) {
      return;
    }
    if (c.hasWork()) {
      wake(); // sets the alarm after it
      return;
    }
    long sleepMs = Math.clamp(c.msToDeadline(), 1, MAX_SLEEP_MS);
    long at = c.nowMs() + sleepMs;
    if (at < alarmMs) { // else the alarm that is set comes soon enough, and sets the next
      alarmMs = at;
      loop.after(sleepMs, () -> alarm(c, at));
    }
  }

  private void alarm(CoreLoop c, long at) {
    if (ended || at != alarmMs) {
      return; // an earlier one has taken its place
    }
    alarmMs = Long.MAX_VALUE;
    if (c.msToDeadline() <= 0) {
      turn(c);
    }
    goOn(c);
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
