package io.quorate.codec.kryo;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Keeps a few workers for whoever comes next. They belong to the codec, not to threads: nothing of
 * them stays behind in a thread when the codec is gone. Any thread.
 *
 * <p>Encoding is on the path of each write (measured by {@code CodecBenchmark}), so this neither
 * allocates nor waits.
 */
final class Workers {
  private static final int KEPT = 8;

  private final AtomicReferenceArray<Worker> idle = new AtomicReferenceArray<>(KEPT);

  /** A worker that nobody else has until it is given back. */
  Worker take() {
    int start = (int) Thread.currentThread().threadId();
    for (int i = 0; i < KEPT; i++) {
      Worker worker = idle.getAndSet((start + i) & (KEPT - 1), null);
      if (worker != null) {
        return worker;
      }
    }
    return new Worker();
  }

  /** Lets another caller have it. */
  void giveBack(Worker worker) {
    int start = (int) Thread.currentThread().threadId();
    for (int i = 0; i < KEPT; i++) {
      if (idle.compareAndSet((start + i) & (KEPT - 1), null, worker)) {
        return;
      }
    }
  }
}
