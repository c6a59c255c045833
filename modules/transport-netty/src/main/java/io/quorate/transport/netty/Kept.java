package io.quorate.transport.netty;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * Bytes of one connection that its handler has not consumed. Holds no array when there are none.
 */
final class Kept {
  private static final byte[] NONE = new byte[0];

  private byte[] array = NONE;
  private int from;
  private int length;

  byte[] array() {
    return array;
  }

  int offset() {
    return from;
  }

  int length() {
    return length;
  }

  boolean isEmpty() {
    return length == 0;
  }

  void clear() {
    array = NONE;
    from = 0;
    length = 0;
  }

  /** Keeps a copy of these bytes in place of what was kept. */
  void replace(byte[] bytes, int offset, int count) {
    if (count == 0) {
      clear();
      return;
    }
    array = Arrays.copyOfRange(bytes, offset, offset + count);
    from = 0;
    length = count;
  }

  /** Forgets the first bytes. */
  void consume(int count) {
    from += count;
    length -= count;
    if (length == 0) {
      clear();
    }
  }

  /**
   * Puts new bytes behind. The array doubles when it is too short, so that a long frame which comes
   * in small pieces is copied a few times only.
   */
  void append(ByteBuf in) {
    int count = in.readableBytes();
    if (from + length + count > array.length) {
      int capacity = Math.addExact(length, count);
      byte[] target = capacity > array.length - array.length / 4 ? grown(capacity) : array;
      System.arraycopy(array, from, target, 0, length);
      array = target;
      from = 0;
    }
    in.readBytes(array, from + length, count);
    length += count;
  }

  private byte[] grown(int needed) {
    return new byte[(int) Math.min(Integer.MAX_VALUE - 8L, Math.max(256L, needed * 2L))];
  }
}
