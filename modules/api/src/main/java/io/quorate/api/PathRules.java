package io.quorate.api;

/** The rules for znode paths (NODE-20), on UTF-8 bytes. */
final class PathRules {
  private PathRules() {}

  static boolean isValid(byte[] p) {
    int n = p.length;
    if (n == 0 || p[0] != '/') {
      return false;
    }
    if (n == 1) {
      return true;
    }
    if (p[n - 1] == '/') {
      return false;
    }
    int segment = 1;
    int i = 1;
    while (i < n) {
      int b = p[i];
      if (b == '/') {
        if (badSegment(p, segment, i)) {
          return false;
        }
        segment = i + 1;
        i++;
      } else if (b >= 0x20 && b < 0x7f) {
        i++;
      } else {
        int used = multiByte(p, i);
        if (used == 0) {
          return false;
        }
        i += used;
      }
    }
    return !badSegment(p, segment, n);
  }

  private static boolean badSegment(byte[] p, int from, int to) {
    int length = to - from;
    return length == 0
        || (length == 1 && p[from] == '.')
        || (length == 2 && p[from] == '.' && p[from + 1] == '.');
  }

  /** Length of the allowed multi-byte character at i, or 0 if it is malformed or forbidden. */
  private static int multiByte(byte[] p, int i) {
    int b = p[i];
    if (b >= 0) {
      return 0; // a control character: printable ASCII was handled by the caller
    }
    int length = (b & 0xe0) == 0xc0 ? 2 : (b & 0xf0) == 0xe0 ? 3 : (b & 0xf8) == 0xf0 ? 4 : 0;
    if (length == 0 || i + length > p.length) {
      return 0;
    }
    int c = b & (0x7f >> length);
    for (int k = 1; k < length; k++) {
      int x = p[i + k];
      if ((x & 0xc0) != 0x80) {
        return 0;
      }
      c = c << 6 | (x & 0x3f);
    }
    boolean overlong = c < (length == 2 ? 0x80 : length == 3 ? 0x800 : 0x10000);
    boolean control = c >= 0x7f && c <= 0x9f;
    boolean surrogateOrPrivate = c >= 0xd800 && c <= 0xf8ff;
    boolean special = c >= 0xfff0; // outside the BMP Java sees surrogates, which are forbidden
    return overlong || control || surrogateOrPrivate || special ? 0 : length;
  }
}
