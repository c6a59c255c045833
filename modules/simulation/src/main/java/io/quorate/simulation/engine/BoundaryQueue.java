package io.quorate.simulation.engine;

import java.util.AbstractQueue;
import java.util.ArrayDeque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** A mailbox between two threads, with a boundary at each access. */
final class BoundaryQueue extends AbstractQueue<Object> {
  private final ArrayDeque<Object> items = new ArrayDeque<>();
  private final Scheduler scheduler;

  BoundaryQueue(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  @Override
  public boolean offer(Object o) {
    scheduler.boundary();
    return items.offer(o);
  }

  @Override
  public @Nullable Object poll() {
    scheduler.boundary();
    return items.poll();
  }

  @Override
  public @Nullable Object peek() {
    return items.peek();
  }

  @Override
  public Iterator<Object> iterator() {
    return items.iterator();
  }

  @Override
  public int size() {
    return items.size();
  }
}
