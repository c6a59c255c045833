package io.quorate.transport.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.EventLoop;
import io.quorate.spi.transport.Transport;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One event loop with what its connections share. Fields belong to its thread. */
final class NettyLoop implements Transport.Loop {
  /** The most that one read takes from a socket. */
  static final int READ_BYTES = 64 * 1024;

  /**
   * Up to this much, bytes kept from before are copied in front of new ones in the scratch array.
   */
  static final int SMALL_KEPT_BYTES = 8 * 1024;

  private static final int READS_PER_WAKE_UP = 4;
  private static final long SWEEP_PERIOD_MS = 250;
  private static final Logger LOG = LoggerFactory.getLogger(NettyLoop.class);

  private final int index;
  private final EventLoop eventLoop;
  private final ByteBufAllocator allocator;
  private final ByteBuf receiveBuffer;

  /** Where bytes are given to handlers from. */
  final byte[] scratch = new byte[READ_BYTES + SMALL_KEPT_BYTES];

  final ReceiveAllocator receiveAllocator;

  /** All open connections of this loop. */
  final Set<NettyConnection> connections = new HashSet<>();

  /** Connections that are being closed after a flush; each is looked at until it has ended. */
  private final ArrayDeque<NettyConnection> closing = new ArrayDeque<>();

  private boolean sweepScheduled;

  NettyLoop(int index, EventLoop eventLoop, ByteBufAllocator allocator) {
    this.index = index;
    this.eventLoop = eventLoop;
    this.allocator = allocator;
    this.receiveBuffer = allocator.directBuffer(READ_BYTES, READ_BYTES);
    this.receiveAllocator = new ReceiveAllocator(receiveBuffer, READS_PER_WAKE_UP);
  }

  EventLoop eventLoop() {
    return eventLoop;
  }

  ByteBufAllocator allocator() {
    return allocator;
  }

  @Override
  public int index() {
    return index;
  }

  @Override
  public void execute(Runnable task) {
    try {
      eventLoop.execute(task);
    } catch (RejectedExecutionException e) {
      LOG.debug("loop {} has ended; a task is dropped", index);
    }
  }

  @Override
  public void every(long periodMs, Runnable task) {
    Runnable guarded =
        () -> {
          try {
            task.run();
          } catch (Throwable e) {
            LOG.error("a periodic task of loop {} failed; it stays scheduled", index, e);
          }
        };
    try {
      eventLoop.scheduleWithFixedDelay(guarded, periodMs, periodMs, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("loop {} has ended; a periodic task is dropped", index);
    }
  }

  @Override
  public void after(long delayMs, Runnable task) {
    Runnable guarded =
        () -> {
          try {
            task.run();
          } catch (Throwable e) {
            LOG.error("a delayed task of loop {} failed", index, e);
          }
        };
    try {
      eventLoop.schedule(guarded, delayMs, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("loop {} has ended; a delayed task is dropped", index);
    }
  }

  /** Has {@link NettyConnection#sweep} called now and then until it says that it is done. */
  void watchClosing(NettyConnection connection) {
    closing.add(connection);
    if (!sweepScheduled) {
      sweepScheduled = true;
      eventLoop.schedule(this::sweep, SWEEP_PERIOD_MS, TimeUnit.MILLISECONDS);
    }
  }

  private void sweep() {
    long now = System.nanoTime();
    for (int i = closing.size(); i > 0; i--) {
      NettyConnection connection = closing.remove();
      if (!connection.sweep(now)) {
        closing.add(connection);
      }
    }
    sweepScheduled = !closing.isEmpty();
    if (sweepScheduled) {
      eventLoop.schedule(this::sweep, SWEEP_PERIOD_MS, TimeUnit.MILLISECONDS);
    }
  }

  /** Ends all connections. On the loop. */
  void abortAll() {
    for (NettyConnection connection : new ArrayList<>(connections)) {
      connection.abort();
    }
  }

  /** Frees the receive buffer; the thread has ended. */
  void release() {
    receiveBuffer.release();
  }
}
