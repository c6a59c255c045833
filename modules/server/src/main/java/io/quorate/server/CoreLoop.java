package io.quorate.server;

import io.quorate.replica.Input;
import io.quorate.replica.Replica;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jctools.queues.MpscUnboundedArrayQueue;
import org.jspecify.annotations.Nullable;

/**
 * The owner of the replica. A turn takes what is queued, reads the clock once, steps the replica
 * through it, and hands over what came of it; a {@link CoreHost} runs the turns, never two at a
 * time. The queue holds no more than the shards let out: each stops reading from sockets at its
 * limit of outstanding requests.
 */
final class CoreLoop implements CorePort {
  private static final int TURN_INPUTS = 8192;

  /** What is done with a turn's effects, where the turn runs. */
  interface TurnEnd {
    /** The turn's log records are to be written and its shards to be woken. */
    void turnEnded();
  }

  private final MpscUnboundedArrayQueue<Input> inbox = new MpscUnboundedArrayQueue<>(4096);
  private final ConcurrentLinkedQueue<Consumer<Replica>> questions = new ConcurrentLinkedQueue<>();
  private final Consumer<Throwable> fatal;
  private final LongSupplier nanoTime;
  private volatile @Nullable CoreHost host;
  private @Nullable Replica replica;
  private @Nullable EffectsRouter effects;
  private @Nullable TurnEnd turnEnd;

  CoreLoop(Consumer<Throwable> fatal) {
    this(fatal, System::nanoTime);
  }

  CoreLoop(Consumer<Throwable> fatal, LongSupplier nanoTime) {
    this.fatal = fatal;
    this.nanoTime = nanoTime;
  }

  void start(CoreHost host, Replica replica, EffectsRouter effects, TurnEnd turnEnd) {
    this.replica = replica;
    this.effects = effects;
    this.turnEnd = turnEnd;
    this.host = host;
    host.start(this);
  }

  @Override
  public void send(Input input) {
    inbox.add(input);
  }

  @Override
  public void wake() {
    CoreHost h = host;
    if (h != null) { // before the start nothing can be done yet; its first turn takes it
      h.wake();
    }
  }

  /**
   * Answers a question about the replica after a turn; fails when the loop has ended. Not from an
   * I/O loop, which may be what runs the turns.
   */
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
        if (!isAlive()) {
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

  private boolean isAlive() {
    CoreHost h = host;
    return h != null && h.isAlive();
  }

  /** Ends the loop after what is queued; waits for it. */
  void stop() {
    CoreHost h = host;
    if (h != null) {
      h.stop();
    }
  }

  /** For the host: one turn. False if it failed: there is to be no other. */
  boolean turn() {
    try {
      turn(
          Objects.requireNonNull(replica),
          Objects.requireNonNull(effects),
          Objects.requireNonNull(turnEnd));
      return true;
    } catch (Throwable t) { // a bug, or no memory: the server must not go on half alive
      fatal.accept(t);
      return false;
    }
  }

  private void turn(Replica r, EffectsRouter e, TurnEnd end) {
    r.step(new Input.Clock(System.currentTimeMillis(), nowMs()), e);
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

  /** For the host: whether something is queued. */
  boolean hasWork() {
    return !inbox.isEmpty() || !questions.isEmpty();
  }

  /** For the host: when a turn is due with nothing queued; 0 or less: now. */
  long msToDeadline() {
    return Objects.requireNonNull(replica).nextDeadlineMs() - nowMs();
  }

  /** The clock of deadlines. */
  long nowMs() {
    return nanoTime.getAsLong() / 1_000_000;
  }
}
