package io.quorate.transport.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.quorate.spi.transport.Connection;
import io.quorate.spi.transport.ConnectionHandler;
import io.quorate.spi.transport.Transport;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One accepted connection: the last handler of its channel's pipeline. On the loop only, except
 * {@link #abort}.
 */
final class NettyConnection extends PlainHandler implements Connection {
  private static final Logger LOG = LoggerFactory.getLogger(NettyConnection.class);

  private enum State {
    /** Bytes are given to the handler. */
    OPEN,
    /** closeAfterFlush: sends what is queued, drops what comes. */
    SENDING_REST,
    /** All is sent and the output is shut down; drops what comes until the other end closes. */
    LINGERING,
    /** Nothing is given or taken any more; {@code closed} has been or will be called. */
    ENDED
  }

  private final NettyLoop loop;
  private final Channel channel;
  private final Transport.Acceptor acceptor;
  private final ClosingLimits limits;
  private final Outbox outbox;
  private final Inbox inbox;
  private State state = State.OPEN;
  private @Nullable ConnectionHandler handler;
  private @Nullable InetSocketAddress remoteAddress;
  private @Nullable InetSocketAddress localAddress;

  private long deadlineNanos;
  private long droppedBytes;
  private long queuedAtLastSweep;

  NettyConnection(
      NettyLoop loop, Channel channel, Transport.Acceptor acceptor, ClosingLimits limits) {
    this.loop = loop;
    this.limits = limits;
    this.channel = channel;
    this.acceptor = acceptor;
    this.inbox = new Inbox(this, loop, channel);
    this.outbox = new Outbox(channel, this::allSent);
  }

  // Events of the channel.

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    remoteAddress = (InetSocketAddress) channel.remoteAddress();
    localAddress = (InetSocketAddress) channel.localAddress();
    if (remoteAddress == null || localAddress == null) {
      end(); // gone before it was looked at
      return;
    }
    loop.connections.add(this);
    try {
      handler = acceptor.accepted(this);
    } catch (Throwable t) {
      failed("accepting", t);
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf in = (ByteBuf) message;
    try {
      if (state == State.OPEN) {
        inbox.arrived(in);
      } else if (state != State.ENDED) {
        droppedBytes += in.readableBytes();
        if (droppedBytes > limits.lingerBytes()) {
          end();
        }
      }
    } finally {
      in.release();
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    inbox.complete();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event == ChannelInputShutdownEvent.INSTANCE) {
      inbox.ended();
      if (state == State.LINGERING) {
        end();
      }
      if (state != State.ENDED) {
        channel.config().setAutoRead(false); // else a selector reports the end again and again
      }
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    state = State.ENDED;
    outbox.end();
    inbox.clear();
    loop.connections.remove(this);
    ConnectionHandler h = handler;
    if (h != null) {
      handler = null;
      try {
        h.closed();
      } catch (Throwable t) {
        LOG.error("closing {} failed", remoteAddress, t);
      }
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof IOException) {
      LOG.debug("connection of {} broke: {}", remoteAddress, cause.toString());
      end();
    } else {
      failed("the channel", cause);
    }
  }

  // Reading.

  /** Who gets what arrives; null before it was accepted and after it has ended. */
  @Nullable ConnectionHandler handler() {
    return handler;
  }

  boolean isOpen() {
    return state == State.OPEN;
  }

  @Override
  public void pauseReading() {
    inbox.pause();
  }

  @Override
  public void resumeReading() {
    if (state == State.OPEN) {
      inbox.resume();
    }
  }

  // Writing and closing.

  @Override
  public void write(byte[] bytes, int offset, int length) {
    if (state == State.OPEN) {
      outbox.write(bytes, offset, length);
    }
  }

  @Override
  public void flush() {
    if (state == State.OPEN) {
      outbox.flush();
    }
  }

  @Override
  public long queuedBytes() {
    return state == State.ENDED ? 0 : outbox.queuedBytes();
  }

  /** From inside Netty's writing, so nothing is called from here. */
  private void allSent() {
    loop.execute(this::drained);
  }

  private void drained() {
    if (state == State.SENDING_REST) {
      shutdownOutput();
      return;
    }
    ConnectionHandler h = handler;
    if (state == State.OPEN && h != null && outbox.isEmpty()) {
      try {
        h.drained();
      } catch (Throwable t) {
        failed("having drained", t);
      }
    }
  }

  @Override
  public void closeAfterFlush() {
    if (state != State.OPEN) {
      return;
    }
    state = State.SENDING_REST;
    inbox.clear();
    outbox.flush();
    // What still comes is read and dropped: closing a socket with unread input makes the kernel
    // reset
    // the connection, and the reset destroys what the other end has not read yet.
    inbox.readOn();
    deadline(limits.noProgressMs());
    queuedAtLastSweep = outbox.queuedBytes();
    if (outbox.isEmpty()) {
      shutdownOutput();
    }
    if (state != State.ENDED) {
      loop.watchClosing(this);
    }
  }

  @Override
  public void closeAfterFarewell() {
    flush();
    if (state == State.OPEN && outbox.isEmpty()) {
      end(); // without a half-close and the wait for the other end's
    } else {
      closeAfterFlush();
    }
  }

  private void shutdownOutput() {
    if (inbox.hasEnded()) {
      end();
      return;
    }
    state = State.LINGERING;
    deadline(limits.lingerMs());
    ((DuplexChannel) channel)
        .shutdownOutput()
        .addListener(
            f -> {
              if (!f.isSuccess()) {
                end();
              }
            });
  }

  private void deadline(long ms) {
    deadlineNanos = System.nanoTime() + ms * 1_000_000;
  }

  /** Ends the connection if closing takes too long. Returns whether it has ended. */
  boolean sweep(long nowNanos) {
    if (state == State.SENDING_REST) {
      long queued = outbox.queuedBytes();
      if (queued < queuedAtLastSweep) {
        queuedAtLastSweep = queued;
        deadline(limits.noProgressMs());
      }
    }
    if (state != State.ENDED && nowNanos - deadlineNanos > 0) {
      end();
    }
    return state == State.ENDED;
  }

  @Override
  public void abort() {
    if (channel.eventLoop().inEventLoop()) {
      end();
    } else {
      loop.execute(this::end);
    }
  }

  void end() {
    if (state != State.ENDED) {
      state = State.ENDED;
      outbox.end();
      inbox.clear();
      channel.close();
    }
  }

  void failed(String doing, Throwable cause) {
    LOG.error("closing the connection of {}: {} failed", remoteAddress, doing, cause);
    end();
  }

  // What it is.

  @Override
  public Transport.Loop loop() {
    return loop;
  }

  @Override
  public InetSocketAddress remoteAddress() {
    return present(remoteAddress);
  }

  @Override
  public InetSocketAddress localAddress() {
    return present(localAddress);
  }

  private static InetSocketAddress present(@Nullable InetSocketAddress address) {
    if (address == null) {
      throw new IllegalStateException("not accepted yet");
    }
    return address;
  }

  @Override
  public String toString() {
    return "connection of " + remoteAddress;
  }
}
