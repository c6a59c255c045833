package io.quorate.transport.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
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
final class NettyConnection extends ChannelInboundHandlerAdapter implements Connection {
  /** What may be kept above the handler's own limit while it has paused. */
  static final int PAUSED_EXTRA_BYTES = 1 << 20;

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
  private final Kept kept = new Kept();
  private State state = State.OPEN;
  private @Nullable ConnectionHandler handler;
  private @Nullable InetSocketAddress remoteAddress;
  private @Nullable InetSocketAddress localAddress;

  private boolean paused;

  /** Reading was resumed and kept bytes have not been given again since. */
  private boolean giveAgain;

  private boolean giveAgainScheduled;
  private boolean inReceived;

  /** Bytes were given since the last receiveComplete. */
  private boolean gave;

  /** The other end has sent its last byte. */
  private boolean inputEnded;

  private boolean inputEndTold;

  private long deadlineNanos;
  private long droppedBytes;
  private long queuedAtLastSweep;

  NettyConnection(
      NettyLoop loop, Channel channel, Transport.Acceptor acceptor, ClosingLimits limits) {
    this.loop = loop;
    this.limits = limits;
    this.channel = channel;
    this.acceptor = acceptor;
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
        bytesArrived(in);
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
    receiveComplete();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event == ChannelInputShutdownEvent.INSTANCE) {
      inputEnded = true;
      if (state == State.LINGERING) {
        end();
      } else {
        tellInputEnd();
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
    kept.clear();
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

  private void bytesArrived(ByteBuf in) {
    if (paused) {
      // A pause takes effect with the first bytes that come during it: one that ends before, as in
      // a
      // handshake, costs no system call.
      channel.config().setAutoRead(false);
      kept.append(in);
      checkKept();
      return;
    }
    int count = in.readableBytes();
    if (kept.length() <= NettyLoop.SMALL_KEPT_BYTES) {
      byte[] scratch = loop.scratch;
      int before = kept.length();
      System.arraycopy(kept.array(), kept.offset(), scratch, 0, before);
      in.readBytes(scratch, before, count);
      kept.clear();
      give(scratch, 0, before + count);
    } else {
      kept.append(in);
      give(kept.array(), kept.offset(), kept.length());
    }
  }

  /** Gives bytes, all there are, to the handler and keeps what it leaves. */
  private void give(byte[] array, int offset, int length) {
    giveAgain = false;
    gave = true;
    int consumed = callReceived(array, offset, length);
    if (state != State.OPEN) {
      kept.clear();
      return;
    }
    if (array == kept.array()) {
      kept.consume(consumed);
    } else {
      kept.replace(array, offset + consumed, length - consumed);
    }
    checkKept();
    if (giveAgain) {
      scheduleGiveAgain(); // paused and resumed while it was called
    }
  }

  private int callReceived(byte[] array, int offset, int length) {
    ConnectionHandler h = handler;
    if (h == null) {
      return 0;
    }
    inReceived = true;
    try {
      int consumed = h.received(array, offset, length);
      if (consumed < 0 || consumed > length) {
        throw new IllegalStateException("consumed " + consumed + " of " + length + " bytes");
      }
      return consumed;
    } catch (Throwable t) {
      failed("receiving", t);
      return 0;
    } finally {
      inReceived = false;
    }
  }

  private void checkKept() {
    ConnectionHandler h = handler;
    if (h == null || kept.isEmpty() || state != State.OPEN) {
      return;
    }
    long limit = (long) h.maxUnconsumed() + (paused || giveAgain ? PAUSED_EXTRA_BYTES : 0);
    if (kept.length() > limit) {
      LOG.warn(
          "closing the connection of {}: {} bytes without a whole message, at most {} are allowed",
          remoteAddress,
          kept.length(),
          limit);
      end();
    }
  }

  private void receiveComplete() {
    ConnectionHandler h = handler;
    if (gave && h != null && state == State.OPEN) {
      gave = false;
      try {
        h.receiveComplete();
      } catch (Throwable t) {
        failed("completing a read", t);
      }
    }
  }

  /** Tells the handler of the end of the input once everything before it has been given. */
  private void tellInputEnd() {
    boolean bytesFirst = (paused || giveAgain) && !kept.isEmpty();
    ConnectionHandler h = handler;
    if (!inputEnded || inputEndTold || bytesFirst || state != State.OPEN || h == null) {
      return;
    }
    inputEndTold = true;
    try {
      if (!h.inputEnded()) {
        closeAfterFlush();
      }
    } catch (Throwable t) {
      failed("ending the input", t);
    }
  }

  @Override
  public void pauseReading() {
    paused = true;
  }

  @Override
  public void resumeReading() {
    if (!paused || state != State.OPEN) {
      return;
    }
    paused = false;
    giveAgain = true;
    if (!inReceived) {
      scheduleGiveAgain();
    }
  }

  private void scheduleGiveAgain() {
    if (kept.isEmpty()) {
      giveAgain = false;
      readOn();
    } else if (!giveAgainScheduled) {
      giveAgainScheduled = true;
      loop.execute(this::giveAgain);
    }
  }

  private void giveAgain() {
    giveAgainScheduled = false;
    if (state == State.OPEN && !paused && giveAgain) {
      give(kept.array(), kept.offset(), kept.length());
      receiveComplete();
    }
    if (state == State.OPEN && !paused && !giveAgain) {
      readOn();
      tellInputEnd();
    }
  }

  private void readOn() {
    if (!inputEnded) {
      channel.config().setAutoRead(true);
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
    kept.clear();
    outbox.flush();
    // What still comes is read and dropped: closing a socket with unread input makes the kernel
    // reset
    // the connection, and the reset destroys what the other end has not read yet.
    readOn();
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
    if (inputEnded) {
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

  private void end() {
    if (state != State.ENDED) {
      state = State.ENDED;
      outbox.end();
      kept.clear();
      channel.close();
    }
  }

  private void failed(String doing, Throwable cause) {
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
