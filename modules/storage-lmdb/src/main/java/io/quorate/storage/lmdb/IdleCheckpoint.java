package io.quorate.storage.lmdb;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Has a published state written when no other has followed it for a while, so that a start after a
 * quiet moment has nothing to replay. Nothing runs while nothing is published.
 */
final class IdleCheckpoint {
  private final ScheduledExecutorService executor;
  private final long delayMs;
  private final Consumer<State> write;
  private final AtomicBoolean waiting = new AtomicBoolean();
  private volatile @Nullable State newest;

  /** Calls {@code write} on the executor's thread. */
  IdleCheckpoint(ScheduledExecutorService executor, long delayMs, Consumer<State> write) {
    this.executor = executor;
    this.delayMs = delayMs;
    this.write = write;
  }

  /** A state was published. The owner's thread. */
  void published(State state) {
    newest = state;
    if (!waiting.get() && !executor.isShutdown() && waiting.compareAndSet(false, true)) {
      lookLater(state.sequence);
    }
  }

  /** Keeps nothing but a number: a state would keep all that was written over since. */
  private void lookLater(long seen) {
    executor.schedule(() -> look(seen), delayMs, TimeUnit.MILLISECONDS);
  }

  private void look(long seen) {
    State now = newest;
    if (now == null) {
      return; // it is set before the first wait
    }
    if (now.sequence != seen) {
      lookLater(now.sequence);
      return;
    }
    waiting.set(false);
    write.accept(now);
    State after = newest;
    if (after != null && after.sequence != seen && waiting.compareAndSet(false, true)) {
      lookLater(after.sequence);
    }
  }
}
