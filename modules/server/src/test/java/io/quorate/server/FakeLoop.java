package io.quorate.server;

import io.quorate.spi.transport.Transport;
import java.util.ArrayDeque;

/** A loop that runs its tasks when it is told to. */
final class FakeLoop implements Transport.Loop {
  final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
  private final int index;

  FakeLoop(int index) {
    this.index = index;
  }

  @Override
  public int index() {
    return index;
  }

  @Override
  public void execute(Runnable task) {
    tasks.addLast(task);
  }

  @Override
  public void every(long periodMs, Runnable task) {
    throw new UnsupportedOperationException();
  }

  /** Runs what is there, and what that adds. */
  void run() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
  }
}
