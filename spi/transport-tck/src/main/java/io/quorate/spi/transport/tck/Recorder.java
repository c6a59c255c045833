package io.quorate.spi.transport.tck;

import io.quorate.spi.transport.Connection;
import io.quorate.spi.transport.ConnectionHandler;
import java.io.ByteArrayOutputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A handler that consumes all and remembers; tests override what they need. */
class Recorder implements ConnectionHandler {
  final Connection connection;
  final Thread thread = Thread.currentThread();
  final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  final AtomicInteger calls = new AtomicInteger();
  final AtomicInteger completions = new AtomicInteger();
  final AtomicInteger drains = new AtomicInteger();
  final AtomicInteger closedCalls = new AtomicInteger();
  final AtomicInteger wrongThread = new AtomicInteger();
  final AtomicInteger afterClosed = new AtomicInteger();
  final AtomicInteger nested = new AtomicInteger();
  final CountDownLatch closed = new CountDownLatch(1);
  private boolean inside;

  Recorder(Connection connection) {
    this.connection = connection;
  }

  /** What a test does with bytes. */
  int take(byte[] array, int offset, int length) {
    synchronized (bytes) {
      bytes.write(array, offset, length);
    }
    return length;
  }

  int total() {
    synchronized (bytes) {
      return bytes.size();
    }
  }

  byte[] all() {
    synchronized (bytes) {
      return bytes.toByteArray();
    }
  }

  private void enter() {
    if (Thread.currentThread() != thread) {
      wrongThread.incrementAndGet();
    }
    if (closedCalls.get() > 0) {
      afterClosed.incrementAndGet();
    }
    if (inside) {
      nested.incrementAndGet();
    }
    inside = true;
  }

  @Override
  public final int received(byte[] array, int offset, int length) {
    enter();
    try {
      calls.incrementAndGet();
      return take(array, offset, length);
    } finally {
      inside = false;
    }
  }

  @Override
  public void receiveComplete() {
    enter();
    completions.incrementAndGet();
    inside = false;
  }

  @Override
  public int maxUnconsumed() {
    return 1 << 20;
  }

  @Override
  public void drained() {
    enter();
    drains.incrementAndGet();
    inside = false;
  }

  @Override
  public void closed() {
    enter();
    inside = false;
    closedCalls.incrementAndGet();
    closed.countDown();
  }
}
