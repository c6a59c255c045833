package io.quorate.server;

import io.quorate.spi.transport.Transport;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** A loop that runs its tasks when it is told to. */
final class FakeLoop implements Transport.Loop {
  final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
  final List<Runnable> periodic = new ArrayList<>();
  final List<Delayed> delayed = new ArrayList<>();
  private final int index;

  /** A task that waits for its time. */
  record Delayed(long delayMs, Runnable task) {}

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
    periodic.add(task);
  }

  @Override
  public void after(long delayMs, Runnable task) {
    delayed.add(new Delayed(delayMs, task));
  }

  /** Runs what is there, and what that adds. */
  void run() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
  }
}
