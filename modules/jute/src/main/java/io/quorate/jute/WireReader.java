package io.quorate.jute;

import io.quorate.api.ZnodePath;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads Jute values from an array. The first value that does not fit makes the reader fail: from
 * then on every read gives 0, null or something empty, and {@link #failed} tells. So a decoder
 * reads all fields and asks once, and no exception is made for what a client sends.
 *
 * <p>Nothing longer than what is left is ever allocated.
 */
final class WireReader {
  private static final byte[] NOTHING = {};

  private final byte[] a;
  private final int start;
  private int end;
  private int pos;
  private @Nullable String problem;
  private int problemAt;

  WireReader(byte[] a, int offset, int length) {
    this.a = a;
    this.start = offset;
    this.pos = offset;
    this.end = offset + length;
  }

  /** Whether some value did not fit. */
  boolean failed() {
    return problem != null;
  }

  /** What did not fit and where, for people. */
  String problem() {
    return problem + " at byte " + problemAt;
  }

  /** How many bytes are left; 0 after a failure. */
  int remaining() {
    return end - pos;
  }

  /** Fails, unless it failed before. */
  void fail(String what) {
    if (problem == null) {
      problem = what;
      problemAt = pos - start;
      pos = end;
    }
  }

  boolean readBoolean() {
    if (pos >= end) {
      fail("the message ends within a boolean");
      return false;
    }
    return a[pos++] != 0;
  }

  int readInt() {
    int p = pos;
    if (end - p < 4) {
      fail("the message ends within an int");
      return 0;
    }
    pos = p + 4;
    return BigEndian.getInt(a, p);
  }

  long readLong() {
    int p = pos;
    if (end - p < 8) {
      fail("the message ends within a long");
      return 0;
    }
    pos = p + 8;
    return BigEndian.getLong(a, p);
  }

  /**
   * The length of a string or buffer of which at least that many bytes are left; -1 for null, and
   * after a failure.
   */
  private int readLength() {
    int n = readInt();
    if (failed()) {
      return -1;
    }
    if (n < -1 || n > end - pos) {
      pos -= 4;
      fail("unreasonable length " + n);
      return -1;
    }
    return n;
  }

  byte @Nullable [] readBuffer() {
    int n = readLength();
    if (n < 0) {
      return null;
    }
    int p = pos;
    pos = p + n;
    return n == 0 ? NOTHING : Arrays.copyOfRange(a, p, p + n);
  }

  @Nullable String readString() {
    int n = readLength();
    if (n < 0) {
      return null;
    }
    int p = pos;
    pos = p + n;
    return Utf8.decode(a, p, n);
  }

  @Nullable ZnodePath readPathOrNull() {
    int n = readLength();
    if (n < 0) {
      return null;
    }
    int p = pos;
    pos = p + n;
    return ZnodePath.copyOf(a, p, n);
  }

  /** A path; fails where it is null. */
  ZnodePath readPath() {
    ZnodePath path = readPathOrNull();
    if (path == null) {
      fail("a null path");
      return ZnodePath.ROOT;
    }
    return path;
  }

  /**
   * The count of a vector whose elements take at least {@code minBytes} each; -1 for null. Other
   * negative counts mean none, as they do to Apache.
   */
  int readCount(int minBytes, int max) {
    int n = readInt();
    if (n > max || n > remaining() / minBytes) {
      if (!failed()) {
        pos -= 4;
        fail("unreasonable count " + n);
      }
      return 0;
    }
    return n < -1 ? 0 : n;
  }

  /** A list of paths; fails where it or one of them is null. */
  List<ZnodePath> readPaths() {
    int n = readCount(4, Integer.MAX_VALUE);
    if (n == 0) {
      return List.of();
    }
    if (n < 0) {
      fail("a null list");
      return List.of();
    }
    List<ZnodePath> paths = new ArrayList<>(n);
    for (int i = 0; i < n && !failed(); i++) {
      paths.add(readPath());
    }
    return paths;
  }

  /** The next int, which stays unread; 0 where there is none. */
  int peekInt() {
    return end - pos < 4 ? 0 : BigEndian.getInt(a, pos);
  }

  /**
   * Reads the length of a buffer and confines the reader to that buffer; fails where it is null.
   *
   * @return what to give to {@link #endBuffer}
   */
  int beginBuffer() {
    int outer = end;
    int n = readLength();
    if (n < 0) {
      fail("a null buffer");
      return outer;
    }
    end = pos + n;
    return outer;
  }

  /** Leaves a buffer, of which nothing may be left. */
  void endBuffer(int outer) {
    if (pos < end) {
      fail((end - pos) + " bytes too many");
    }
    end = outer;
    if (failed()) {
      pos = end;
    }
  }

  /** Passes over what is left of the buffer. */
  void skipRest() {
    pos = end;
  }

  /** Whether the next bytes are these; if so, moves behind them. */
  boolean skip(byte[] expected) {
    int n = expected.length;
    if (n > end - pos || !Arrays.equals(a, pos, pos + n, expected, 0, n)) {
      return false;
    }
    pos += n;
    return true;
  }
}
