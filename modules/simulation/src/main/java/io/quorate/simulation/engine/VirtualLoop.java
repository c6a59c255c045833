package io.quorate.simulation.engine;

import io.quorate.simulation.generate.Dice;
import io.quorate.spi.transport.Transport;
import java.util.ArrayDeque;

/** An I/O loop: one thread in virtual time. */
final class VirtualLoop implements Transport.Loop {
  private static final int MAX_DELAY_NANOS = 20_000;

  private final int index;
  private final Actor actor;
  private final Scheduler scheduler;
  private final Dice dice;
  private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();

  VirtualLoop(int index, Scheduler scheduler, Dice dice) {
    this.index = index;
    this.actor = new Actor("loop " + index);
    this.scheduler = scheduler;
    this.dice = dice;
  }

  Actor actor() {
    return actor;
  }

  @Override
  public int index() {
    return index;
  }

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
    scheduler.after(dice.below(MAX_DELAY_NANOS), actor, this::runOne);
  }

  private void runOne() {
    Runnable task = tasks.poll();
    if (task != null) {
      task.run();
    }
  }

  @Override
  public void every(long periodMs, Runnable task) {
    scheduler.after(
        periodMs * 1_000_000,
        actor,
        () -> {
          task.run();
          every(periodMs, task);
        });
  }

  @Override
  public void after(long delayMs, Runnable task) {
    scheduler.after(delayMs * 1_000_000, actor, task);
  }
}
