package io.quorate.server;

import io.quorate.replica.Input;
import io.quorate.replica.Replica;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jctools.queues.MpscUnboundedArrayQueue;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that owns the replica. A turn takes what is queued, reads the clock once, steps
 * the replica through it, and hands over what came of it. The queue holds no more than the shards
 * let out: each stops reading from sockets at its limit of outstanding requests.
 */
final class CoreLoop implements CorePort {
  private static final int TURN_INPUTS = 8192;
  private static final long MAX_WAIT_MS = 500;

  /** What is done with a turn's effects, on the core's thread. */
  interface TurnEnd {
    /** The turn's log records are to be written and its shards to be woken. */
    void turnEnded();
  }

  private final MpscUnboundedArrayQueue<Input> inbox = new MpscUnboundedArrayQueue<>(4096);
  private final ConcurrentLinkedQueue<Consumer<Replica>> questions = new ConcurrentLinkedQueue<>();
  private final Thread thread;
  private final Consumer<Throwable> fatal;
  private final Parking parking = new Parking();
  private volatile boolean stopping;
  private @Nullable Replica replica;
  private @Nullable EffectsRouter effects;
  private @Nullable TurnEnd turnEnd;

  CoreLoop(Consumer<Throwable> fatal) {
    this.fatal = fatal;
    this.thread = new Thread(this::run, "quorate-core");
  }

  void start(Replica replica, EffectsRouter effects, TurnEnd turnEnd) {
    this.replica = replica;
    this.effects = effects;
    this.turnEnd = turnEnd;
    thread.start();
  }

  @Override
  public void send(Input input) {
    inbox.add(input);
  }

  @Override
  public void wake() {
    parking.wake(thread);
  }

  /** Answers a question about the replica on its thread; fails when the loop has ended. */
  <T> T ask(Function<Replica, T> question) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    questions.add(
        r -> {
          try {
            answer.complete(question.apply(r));
          } catch (RuntimeException e) { // the asker's matter, not the server's
            answer.completeExceptionally(e);
          }
        });
    wake();
    while (true) {
      try {
        return answer.get(100, TimeUnit.MILLISECONDS);
      } catch (java.util.concurrent.TimeoutException e) {
        if (!thread.isAlive()) {
          throw new IllegalStateException("the server has stopped", e);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted", e);
      } catch (java.util.concurrent.ExecutionException e) {
        throw new IllegalStateException("the question failed", e);
      }
    }
  }

  /** Ends the loop after what is queued; waits for it. */
  void stop() {
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

  @SuppressWarnings("CatchAndPrintStackTrace")
  private void run() {
    try {
      Replica r = java.util.Objects.requireNonNull(replica);
      EffectsRouter e = java.util.Objects.requireNonNull(effects);
      TurnEnd end = java.util.Objects.requireNonNull(turnEnd);
      while (!stopping || !inbox.isEmpty()) {
        turn(r, e, end);
        if (idle()) {
          sleep(r);
        }
      }
    } catch (Throwable t) { // a bug, or no memory: the server must not go on half alive
      fatal.accept(t);
    }
  }

  private void turn(Replica r, EffectsRouter e, TurnEnd end) {
    r.step(clock(), e);
    for (int i = 0; i < TURN_INPUTS; i++) {
      Input input = inbox.poll();
      if (input == null) {
        break;
      }
      r.step(input, e);
    }
    r.step(Input.EndOfTurn.INSTANCE, e);
    end.turnEnded();
    for (Consumer<Replica> q = questions.poll(); q != null; q = questions.poll()) {
      q.accept(r);
    }
  }

  static Input.Clock clock() {
    return new Input.Clock(System.currentTimeMillis(), System.nanoTime() / 1_000_000);
  }

  private boolean idle() {
    return inbox.isEmpty() && questions.isEmpty() && !stopping;
  }

  private void sleep(Replica r) {
    if (parking.begin(this::idle)) {
      long waitMs = r.nextDeadlineMs() - System.nanoTime() / 1_000_000;
      LockSupport.parkNanos(this, Math.clamp(waitMs, 1, MAX_WAIT_MS) * 1_000_000);
    }
    parking.end();
  }
}
