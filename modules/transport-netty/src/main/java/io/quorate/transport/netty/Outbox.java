package io.quorate.transport.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.DefaultChannelPromise;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The unsent bytes of one connection. Bytes are gathered in one pooled direct buffer and go to the
 * socket with one system call a flush; an idle connection holds no buffer. On the loop only.
 */
final class Outbox {
  /** A full buffer of this size is put in Netty's queue and a new one begun. */
  static final int MAX_BUFFER_BYTES = 64 * 1024;

  private static final int MIN_BUFFER_BYTES = 512;

  private final Channel channel;
  private final Runnable emptied;
  private @Nullable ByteBuf gathering;

  /** What the last flush sent, so that the next buffer starts with a fitting size. */
  private int sizeGuess = MIN_BUFFER_BYTES;

  /** Bytes in Netty's queue, each buffer counted until the socket has taken all of it. */
  private long handedOver;

  private boolean unflushed;
  private boolean flushIncomplete;
  private boolean ended;

  /**
   * @param emptied run when everything is sent after a flush that could not send all; it must only
   *     schedule, as it is called from inside Netty's writing
   */
  Outbox(Channel channel, Runnable emptied) {
    this.channel = channel;
    this.emptied = emptied;
  }

  void write(byte[] bytes, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    if (ended) {
      return;
    }
    int from = offset;
    int left = length;
    while (left > 0) {
      ByteBuf buffer = gathering;
      if (buffer == null) {
        buffer = allocate(left);
        gathering = buffer;
      }
      int n = Math.min(left, MAX_BUFFER_BYTES - buffer.writerIndex());
      buffer.writeBytes(bytes, from, n);
      from += n;
      left -= n;
      if (buffer.writerIndex() == MAX_BUFFER_BYTES) {
        handOver(buffer);
      }
    }
  }

  private ByteBuf allocate(int needed) {
    int size = Math.min(MAX_BUFFER_BYTES, Math.max(needed, sizeGuess));
    return channel.alloc().directBuffer(size, MAX_BUFFER_BYTES);
  }

  private void handOver(ByteBuf buffer) {
    int size = buffer.readableBytes();
    gathering = null;
    handedOver += size;
    unflushed = true;
    channel.write(buffer, new Sent(size));
  }

  void flush() {
    ByteBuf buffer = gathering;
    if (buffer != null) {
      sizeGuess = Math.max(MIN_BUFFER_BYTES, Integer.highestOneBit(buffer.readableBytes()) << 1);
      handOver(buffer);
    }
    if (unflushed) {
      unflushed = false;
      channel.flush();
      flushIncomplete = handedOver > 0;
    }
  }

  long queuedBytes() {
    ByteBuf buffer = gathering;
    long queued = handedOver + (buffer == null ? 0 : buffer.readableBytes());
    ChannelOutboundBuffer queue = handedOver == 0 ? null : channel.unsafe().outboundBuffer();
    return queue == null ? queued : queued - queue.currentProgress();
  }

  boolean isEmpty() {
    return handedOver == 0 && gathering == null;
  }

  /** Drops what is not in Netty's queue, which drops its own when the channel closes. */
  void end() {
    ended = true;
    ByteBuf buffer = gathering;
    if (buffer != null) {
      gathering = null;
      buffer.release();
    }
  }

  private void sent(int bytes, boolean success) {
    handedOver -= bytes;
    if (success && handedOver == 0 && flushIncomplete) {
      flushIncomplete = false;
      emptied.run();
    }
  }

  /** Tells when the socket has taken one buffer. A subclass needs no listener object. */
  private final class Sent extends DefaultChannelPromise {
    private final int bytes;

    Sent(int bytes) {
      super(channel);
      this.bytes = bytes;
    }

    @Override
    public boolean trySuccess(@Nullable Void result) {
      boolean first = super.trySuccess(result);
      if (first) {
        sent(bytes, true);
      }
      return first;
    }

    @Override
    public boolean tryFailure(Throwable cause) {
      boolean first = super.tryFailure(cause);
      if (first) {
        sent(bytes, false);
      }
      return first;
    }
  }
}
