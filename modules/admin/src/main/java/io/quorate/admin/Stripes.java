package io.quorate.admin;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Parts of an instrument, one for each thread that writes to it, so that writers share no cache
 * line and need no atomic instruction. A thread whose place is taken by another's part writes to a
 * common part under its lock; the places are far more than a server has threads.
 *
 * <p>Setting back does not touch the parts: it starts a new epoch, each writer clears its own part
 * when it next writes, and readers pass over parts of older epochs.
 *
 * @param <P> the part
 */
abstract class Stripes<P extends Stripes.Part> {
  private static final int PLACES = 64;
  private static final VarHandle PLACE = MethodHandles.arrayElementVarHandle(Part[].class);
  private static final VarHandle EPOCH;
  private static final VarHandle PART_EPOCH;

  static {
    try {
      EPOCH = MethodHandles.lookup().findVarHandle(Stripes.class, "epoch", int.class);
      PART_EPOCH = MethodHandles.lookup().findVarHandle(Part.class, "epoch", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** A part; written by its owner only, or by anyone under its lock if it has no owner. */
  abstract static class Part {
    final @Nullable Thread owner;
    int epoch;

    Part(@Nullable Thread owner, int epoch) {
      this.owner = owner;
      this.epoch = epoch;
    }

    /** Starts from nothing. */
    abstract void clear();

    /** Adds; the caller may write to this part. */
    abstract void write(long value);
  }

  private final Part[] places = new Part[PLACES];
  private @Nullable P common;

  @SuppressWarnings("UnusedVariable") // through EPOCH
  private int epoch;

  /** A new part; without an owner the common one. */
  abstract P part(@Nullable Thread owner, int epoch);

  final void write(long value) {
    Thread me = Thread.currentThread();
    int place = (int) me.threadId() & PLACES - 1;
    Part part = (Part) PLACE.getAcquire(places, place);
    if (part == null) {
      part = claim(me, place);
    }
    int now = (int) EPOCH.getAcquire(this);
    if (part.owner == me) {
      renew(part, now);
      part.write(value);
    } else {
      synchronized (places) {
        P shared = common;
        if (shared == null) {
          shared = part(null, now);
          common = shared;
        }
        renew(shared, now);
        shared.write(value);
      }
    }
  }

  private Part claim(Thread me, int place) {
    Part mine = part(me, (int) EPOCH.getAcquire(this));
    Part other = (Part) PLACE.compareAndExchange(places, place, (Part) null, mine);
    return other == null ? mine : other;
  }

  private static void renew(Part part, int now) {
    if (part.epoch != now) {
      part.clear();
      PART_EPOCH.setRelease(part, now);
    }
  }

  /** Calls for each part that was written to since the last reset. */
  @SuppressWarnings("unchecked") // only part() makes them
  final void forEach(Consumer<P> each) {
    int now = (int) EPOCH.getAcquire(this);
    for (int i = 0; i < PLACES; i++) {
      Part part = (Part) PLACE.getAcquire(places, i);
      if (part != null && (int) PART_EPOCH.getAcquire(part) == now) {
        each.accept((P) part);
      }
    }
    synchronized (places) {
      if (common != null && common.epoch == now) {
        each.accept(common);
      }
    }
  }

  final void reset() {
    EPOCH.getAndAdd(this, 1);
  }
}
