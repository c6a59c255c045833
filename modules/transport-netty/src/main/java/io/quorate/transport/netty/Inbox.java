package io.quorate.transport.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.quorate.spi.transport.ConnectionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has arrived on one open connection: gives it to the handler, keeps what the handler leaves,
 * and holds it back while reading is paused. On the loop only.
 */
final class Inbox {
  /** What may be kept above the handler's own limit while it has paused. */
  static final int PAUSED_EXTRA_BYTES = 1 << 20;

  private static final Logger LOG = LoggerFactory.getLogger(Inbox.class);

  private final NettyConnection connection;
  private final NettyLoop loop;
  private final Channel channel;
  private final Kept kept = new Kept();
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

  Inbox(NettyConnection connection, NettyLoop loop, Channel channel) {
    this.connection = connection;
    this.loop = loop;
    this.channel = channel;
  }

  /** The other end has sent its last byte; the handler of an open connection is told in time. */
  void ended() {
    inputEnded = true;
    tellInputEnd();
  }

  boolean hasEnded() {
    return inputEnded;
  }

  /** Drops what is kept. */
  void clear() {
    kept.clear();
  }

  /** Bytes came, which are copied. The connection is open. */
  void arrived(ByteBuf in) {
    if (paused) {
      // A pause takes effect with the first bytes that come during it: one that ends before, as in
      // a handshake, costs no system call.
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
    if (!connection.isOpen()) {
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
    ConnectionHandler h = connection.handler();
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
      connection.failed("receiving", t);
      return 0;
    } finally {
      inReceived = false;
    }
  }

  private void checkKept() {
    ConnectionHandler h = connection.handler();
    if (h == null || kept.isEmpty() || !connection.isOpen()) {
      return;
    }
    long limit = (long) h.maxUnconsumed() + (paused || giveAgain ? PAUSED_EXTRA_BYTES : 0);
    if (kept.length() > limit) {
      LOG.warn(
          "closing the connection of {}: {} bytes without a whole message, at most {} are allowed",
          connection.remoteAddress(),
          kept.length(),
          limit);
      connection.end();
    }
  }

  /** All that the socket had is given: the handler is told, if it was given something. */
  void complete() {
    ConnectionHandler h = connection.handler();
    if (gave && h != null && connection.isOpen()) {
      gave = false;
      try {
        h.receiveComplete();
      } catch (Throwable t) {
        connection.failed("completing a read", t);
      }
    }
  }

  /** Tells the handler of the end of the input once everything before it has been given. */
  private void tellInputEnd() {
    boolean bytesFirst = (paused || giveAgain) && !kept.isEmpty();
    ConnectionHandler h = connection.handler();
    if (!inputEnded || inputEndTold || bytesFirst || !connection.isOpen() || h == null) {
      return;
    }
    inputEndTold = true;
    try {
      if (!h.inputEnded()) {
        connection.closeAfterFlush();
      }
    } catch (Throwable t) {
      connection.failed("ending the input", t);
    }
  }

  /** Gives nothing until reading is resumed. */
  void pause() {
    paused = true;
  }

  /** Gives again soon, not from inside this. The connection is open. */
  void resume() {
    if (!paused) {
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
    if (connection.isOpen() && !paused && giveAgain) {
      give(kept.array(), kept.offset(), kept.length());
      complete();
    }
    if (connection.isOpen() && !paused && !giveAgain) {
      readOn();
      tellInputEnd();
    }
  }

  /** Reads the socket again, unless it has ended. */
  void readOn() {
    if (!inputEnded) {
      channel.config().setAutoRead(true);
    }
  }
}
