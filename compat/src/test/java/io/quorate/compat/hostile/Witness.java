package io.quorate.compat.hostile;

import io.quorate.compat.server.ServerProcess;
import io.quorate.compat.wire.Bodies;
import io.quorate.compat.wire.Op;
import io.quorate.compat.wire.WireSession;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** A well-behaved client that writes and reads all the time while others misbehave. */
final class Witness implements AutoCloseable {
  private static final int PAYLOAD = 100;

  private final WireSession session;
  private final String path;
  private final Thread thread;
  private volatile boolean stop;
  private volatile Throwable failure;
  private volatile long rounds;
  private volatile long longestNanos;

  Witness(ServerProcess server, String path) throws IOException {
    this.path = path;
    session = WireSession.open(server.address(), 60_000);
    session.create(path, null, 0);
    thread = new Thread(this::run, "witness");
    thread.start();
  }

  private void run() {
    try {
      while (!stop) {
        long start = System.nanoTime();
        session.must(Op.SET_DATA, Bodies.setData(path, new byte[PAYLOAD], (int) rounds));
        session.must(Op.GET_DATA, Bodies.pathWatch(path, false));
        longestNanos = Math.max(longestNanos, System.nanoTime() - start);
        rounds++;
      }
    } catch (IOException | RuntimeException | AssertionError e) {
      failure = e;
    }
  }

  long rounds() {
    return rounds;
  }

  /** Fails unless it was served all along, without long pauses. */
  void mustHaveBeenServed(long longestMs) {
    long before = rounds;
    io.quorate.compat.server.Waiting.until(
        "the witness goes on", 30_000, () -> rounds > before + 5 || failure != null);
    if (failure != null) {
      throw new AssertionError("the witness was not served", failure);
    }
    long ms = TimeUnit.NANOSECONDS.toMillis(longestNanos);
    if (ms > longestMs) {
      throw new AssertionError("a write and a read took " + ms + " ms");
    }
  }

  @Override
  public void close() throws IOException {
    stop = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (failure == null) {
      session.closeSession();
    } else {
      session.close();
    }
  }
}
