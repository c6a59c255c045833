package io.quorate.server;

import io.quorate.replica.Input;

/** Where I/O shards put inputs for the core. Any thread; never blocks. */
public interface CorePort {
  /** Queues an input; the order of one thread's inputs is kept. */
  void send(Input input);

  /** Everything queued by this thread is to be taken up soon. */
  void wake();
}
