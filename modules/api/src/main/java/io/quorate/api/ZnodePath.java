package io.quorate.api;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The path of a znode as its UTF-8 bytes. Immutable; compares by bytes. Any byte sequence can be
 * held, because clients may ask for any; {@link #isValid} tells whether a znode may have it. Both
 * "" and "/" name the root.
 */
public final class ZnodePath implements Comparable<ZnodePath> {
  /** The root, "/". */
  public static final ZnodePath ROOT = new ZnodePath(new byte[] {'/'});

  private final byte[] utf8;
  private int hash;

  private ZnodePath(byte[] utf8) {
    this.utf8 = utf8;
  }

  /** The path with this text. */
  public static ZnodePath of(String path) {
    return new ZnodePath(path.getBytes(StandardCharsets.UTF_8));
  }

  /** The path with a copy of these bytes. */
  public static ZnodePath copyOf(byte[] source, int offset, int length) {
    return new ZnodePath(Arrays.copyOfRange(source, offset, offset + length));
  }

  /** The path that keeps {@code utf8} itself; the caller gives the array away. */
  public static ZnodePath wrap(byte[] utf8) {
    return new ZnodePath(utf8);
  }

  /** The bytes themselves, not a copy: must not be changed. */
  public byte[] bytes() {
    return utf8;
  }

  /** Length in bytes. */
  public int length() {
    return utf8.length;
  }

  /** Whether this names the root ("" or "/"). */
  public boolean isRoot() {
    return utf8.length == 0 || (utf8.length == 1 && utf8[0] == '/');
  }

  /** Offset of the last segment's first byte; 0 where there is no slash. */
  public int nameOffset() {
    int i = utf8.length;
    while (i > 0 && utf8[i - 1] != '/') {
      i--;
    }
    return i;
  }

  /** The parent's path; the root's parent is the root. */
  public ZnodePath parent() {
    int name = nameOffset();
    if (name <= 1) {
      return ROOT;
    }
    return new ZnodePath(Arrays.copyOf(utf8, name - 1));
  }

  /** Whether there is a slash, so that a parent can be looked up. */
  public boolean hasParent() {
    return nameOffset() > 0;
  }

  /** The path of a child with this name. */
  public ZnodePath child(byte[] name, int offset, int length) {
    int base = isRoot() ? 0 : utf8.length;
    byte[] b = new byte[base + 1 + length];
    System.arraycopy(utf8, 0, b, 0, base);
    b[base] = '/';
    System.arraycopy(name, offset, b, base + 1, length);
    return new ZnodePath(b);
  }

  /** The path of a child with this name. */
  public ZnodePath child(String name) {
    byte[] b = name.getBytes(StandardCharsets.UTF_8);
    return child(b, 0, b.length);
  }

  /** This path with text put behind it, as sequential creates do. */
  public ZnodePath append(String suffix) {
    byte[] s = suffix.getBytes(StandardCharsets.UTF_8);
    byte[] b = Arrays.copyOf(utf8, utf8.length + s.length);
    System.arraycopy(s, 0, b, utf8.length, s.length);
    return new ZnodePath(b);
  }

  /** Whether this is {@code prefix} or lies below it. */
  public boolean isAtOrBelow(ZnodePath prefix) {
    if (prefix.isRoot()) {
      return true;
    }
    int n = prefix.utf8.length;
    return utf8.length >= n
        && Arrays.equals(utf8, 0, n, prefix.utf8, 0, n)
        && (utf8.length == n || utf8[n] == '/');
  }

  /** Whether the bytes begin with these bytes, segment borders ignored. */
  public boolean startsWith(ZnodePath prefix) {
    int n = prefix.utf8.length;
    return utf8.length >= n && Arrays.equals(utf8, 0, n, prefix.utf8, 0, n);
  }

  /** Whether a NUL byte occurs. */
  public boolean hasNul() {
    for (byte b : utf8) {
      if (b == 0) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether a znode may have this path (NODE-20): starts with a slash, no empty, "." or ".."
   * segment, no trailing slash, no control, surrogate, private-use or special code points.
   */
  public boolean isValid() {
    return PathRules.isValid(utf8);
  }

  @Override
  public int compareTo(ZnodePath other) {
    return Arrays.compareUnsigned(utf8, other.utf8);
  }

  @Override
  public boolean equals(@org.jspecify.annotations.Nullable Object o) {
    return o instanceof ZnodePath && Arrays.equals(utf8, ((ZnodePath) o).utf8);
  }

  @Override
  public int hashCode() {
    int h = hash;
    if (h == 0) {
      h = Arrays.hashCode(utf8);
      hash = h;
    }
    return h;
  }

  /** The text; malformed bytes show as replacement characters. */
  @Override
  public String toString() {
    return new String(utf8, StandardCharsets.UTF_8);
  }
}
