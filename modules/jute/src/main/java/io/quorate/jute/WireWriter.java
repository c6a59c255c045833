package io.quorate.jute;

import io.quorate.api.ChildList;
import io.quorate.api.ZnodePath;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A growing array of bytes to which messages are written, one frame behind the other. One thread
 * uses it at a time; {@link #reset} makes it ready for the next batch.
 *
 * <p>Source of the encodings: reference section 1.1.
 */
public final class WireWriter {
  /** An array that grew beyond this is given back by {@link #reset}, in bytes. */
  public static final int KEPT_BYTES = 1 << 20;

  /** The longest array, in bytes; writing more throws {@link IllegalStateException}. */
  static final int MAX_BYTES = Integer.MAX_VALUE - 16;

  /** Writes the names of children as strings; made once, since a lambda per reply is garbage. */
  final ChildList.Visitor childNames =
      (array, offset, length, znode) -> putBuffer(array, offset, length);

  private final int initialCapacity;
  private byte[] array;
  private int position;

  /** An empty writer with 4 KiB. */
  public WireWriter() {
    this(4096);
  }

  /** An empty writer with this much room, in bytes, at most {@link #KEPT_BYTES}. */
  public WireWriter(int initialCapacity) {
    if (initialCapacity < 0 || initialCapacity > KEPT_BYTES) {
      throw new IllegalArgumentException(
          "capacity must be 0 to " + KEPT_BYTES + ": " + initialCapacity);
    }
    this.initialCapacity = initialCapacity;
    this.array = new byte[initialCapacity];
  }

  private WireWriter(byte[] array) {
    this.initialCapacity = 0;
    this.array = array;
  }

  /** A writer whose array has exactly this size, however large, until it has to grow. */
  static WireWriter ofSize(int bytes) {
    return new WireWriter(new byte[bytes]);
  }

  /** What was written is in the first {@link #position} bytes. Another array after any put. */
  public byte[] array() {
    return array;
  }

  /** How many bytes were written since the last reset. */
  public int position() {
    return position;
  }

  /** Forgets what was written; memory beyond {@link #KEPT_BYTES} is given back. */
  public void reset() {
    position = 0;
    if (array.length > KEPT_BYTES) {
      array = new byte[initialCapacity];
    }
  }

  /** Reserves the length of a frame. Returns the mark for {@link #endFrame}. */
  public int beginFrame() {
    return advance(4);
  }

  /** Ends the frame that began at {@code mark}: fills in how many bytes came behind its length. */
  public void endFrame(int mark) {
    BigEndian.putInt(array, mark, position - mark - 4);
  }

  /** Drops what was written behind {@code position}, which must not be beyond the current one. */
  void truncate(int to) {
    position = to;
  }

  /**
   * Makes room for {@code n} bytes and moves behind them. The caller fills them in, in {@link
   * #array}, which it must fetch after this call.
   *
   * @return where the first of them goes
   */
  int advance(int n) {
    int at = position;
    if (n < 0 || n > array.length - at) {
      grow(n);
    }
    position = at + n;
    return at;
  }

  private void grow(int n) {
    long needed = (long) position + n;
    if (n < 0 || needed > MAX_BYTES) {
      throw new IllegalStateException("messages of more than " + MAX_BYTES + " bytes");
    }
    long doubled = Math.min(2L * array.length, MAX_BYTES);
    array = Arrays.copyOf(array, (int) Math.max(needed, doubled));
  }

  /** Writes one byte. */
  public void putByte(int v) {
    int at = advance(1);
    array[at] = (byte) v;
  }

  /** Writes a boolean as one byte, 0 or 1. */
  public void putBoolean(boolean v) {
    putByte(v ? 1 : 0);
  }

  /** Writes four bytes. */
  public void putInt(int v) {
    int at = advance(4);
    BigEndian.putInt(array, at, v);
  }

  /** Writes eight bytes. */
  public void putLong(long v) {
    int at = advance(8);
    BigEndian.putLong(array, at, v);
  }

  /** Writes bytes as they are, without a length. */
  public void putBytes(byte[] source, int offset, int length) {
    int at = advance(length);
    System.arraycopy(source, offset, array, at, length);
  }

  /** Writes a buffer: its length and its bytes; length -1 for null. */
  public void putBuffer(byte @Nullable [] buffer) {
    if (buffer == null) {
      putInt(-1);
    } else {
      putBuffer(buffer, 0, buffer.length);
    }
  }

  /** Writes a buffer, or a string whose UTF-8 bytes these are. */
  public void putBuffer(byte[] source, int offset, int length) {
    int at = advance(4 + length);
    BigEndian.putInt(array, at, length);
    System.arraycopy(source, offset, array, at + 4, length);
  }

  /** Writes a string as UTF-8; length -1 for null. */
  public void putString(@Nullable String s) {
    if (s == null) {
      putInt(-1);
      return;
    }
    byte[] utf8 = s.getBytes(StandardCharsets.UTF_8);
    putBuffer(utf8, 0, utf8.length);
  }

  /** Writes a path as a string. */
  public void putPath(ZnodePath path) {
    byte[] utf8 = path.bytes();
    putBuffer(utf8, 0, utf8.length);
  }
}
