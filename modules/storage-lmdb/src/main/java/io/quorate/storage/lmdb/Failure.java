package io.quorate.storage.lmdb;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The first failure after which a tree can not be used any more. Any thread. */
final class Failure {
  private final Runnable wake;
  private @Nullable Throwable first; // guarded by this
  private Consumer<Throwable> listener = t -> {}; // guarded by this
  private volatile @Nullable Throwable told;

  /** Calls {@code wake} when there is one, so that those who wait for something else give up. */
  Failure(Runnable wake) {
    this.wake = wake;
  }

  /** This went wrong. */
  void fail(Throwable t) {
    Consumer<Throwable> to;
    synchronized (this) {
      if (first != null) {
        return;
      }
      first = t;
      to = listener;
    }
    to.accept(t); // before others fail because of it: the first that is told counts
    told = t;
    wake.run();
  }

  /** Who is told of the first failure, on the thread that finds it; at once if it was before. */
  void onFailure(Consumer<Throwable> to) {
    Throwable before;
    synchronized (this) {
      listener = to;
      before = first;
    }
    if (before != null) {
      to.accept(before);
    }
  }

  /** Whether there is one, and it was told. */
  boolean isThere() {
    return told != null;
  }

  /** Tells the owner that nothing can be written any more. */
  void throwIfFailed() {
    Throwable t = told;
    if (t != null) {
      throw new IllegalStateException("The tree can not be used any more: " + t, t);
    }
  }
}
