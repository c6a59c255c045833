package io.quorate.server;

import io.quorate.spi.transport.Connection;
import java.util.Arrays;

/**
 * The frames of one connection that have to wait, in order. More than the limit of them stops
 * reading from the socket until half of that is left. On the connection's loop.
 */
final class HeldFrames {
  private static final byte[] NOTHING = new byte[0];
  private static final int KEPT_BYTES = 64 << 10;

  private final Connection channel;
  private final int limit;
  private byte[] array = NOTHING;
  private int length;
  private long sinceNanos;
  private boolean paused;

  HeldFrames(Connection channel, int limit) {
    this.channel = channel;
    this.limit = limit;
  }

  byte[] array() {
    return array;
  }

  /** How many bytes are held; they begin at index 0 of the array. */
  int length() {
    return length;
  }

  boolean isEmpty() {
    return length == 0;
  }

  /** Since when the frames that are held wait. */
  long sinceNanos() {
    return sinceNanos;
  }

  /** Whether the socket is not read because of what is held. */
  boolean paused() {
    return paused;
  }

  void add(byte[] from, int offset, int count, long nowNanos) {
    if (length == 0) {
      sinceNanos = nowNanos;
    }
    if (length + count > array.length) {
      array = Arrays.copyOf(array, Math.max(256, Math.max(length + count, 2 * length)));
    }
    System.arraycopy(from, offset, array, length, count);
    length += count;
    if (!paused && length > limit) {
      paused = true;
      channel.pauseReading();
    }
  }

  /** The first {@code count} bytes are done with. */
  void consume(int count) {
    length -= count;
    if (length == 0) {
      array = array.length > KEPT_BYTES ? NOTHING : array;
    } else if (count > 0) {
      System.arraycopy(array, count, array, 0, length);
    }
    if (paused && length <= limit / 2) {
      paused = false;
      channel.resumeReading();
    }
  }

  /** The connection ends: nothing is held any more. */
  void clear() {
    length = 0;
    array = NOTHING;
  }
}
