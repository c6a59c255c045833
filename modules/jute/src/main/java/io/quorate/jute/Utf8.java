package io.quorate.jute;

import java.nio.charset.StandardCharsets;

/**
 * Text from bytes. Besides UTF-8 it takes what Apache's Java writer makes of characters outside the
 * basic plane: each surrogate as three bytes of its own (trap A-34).
 */
final class Utf8 {
  private Utf8() {}

  /** The text; what is neither form becomes replacement characters. */
  static String decode(byte[] a, int offset, int length) {
    int end = offset + length;
    for (int i = offset; i + 5 < end; i++) {
      if (isPair(a, i)) {
        return decodePairs(a, offset, end, i);
      }
    }
    return new String(a, offset, length, StandardCharsets.UTF_8);
  }

  /** How many bytes the UTF-8 form of a text has. */
  static int length(String s) {
    for (int i = 0; i < s.length(); i++) {
      if (s.charAt(i) >= 0x80) {
        return s.getBytes(StandardCharsets.UTF_8).length;
      }
    }
    return s.length();
  }

  /** Whether a high surrogate and a low one stand at i, three bytes each. */
  private static boolean isPair(byte[] a, int i) {
    return a[i] == (byte) 0xed
        && (a[i + 1] & 0xf0) == 0xa0
        && (a[i + 2] & 0xc0) == 0x80
        && a[i + 3] == (byte) 0xed
        && (a[i + 4] & 0xf0) == 0xb0
        && (a[i + 5] & 0xc0) == 0x80;
  }

  private static String decodePairs(byte[] a, int offset, int end, int firstPair) {
    StringBuilder text = new StringBuilder(end - offset);
    int done = offset;
    int i = firstPair;
    while (i + 5 < end) {
      if (isPair(a, i)) {
        text.append(new String(a, done, i - done, StandardCharsets.UTF_8));
        text.append(unit(a, i)).append(unit(a, i + 3));
        i += 6;
        done = i;
      } else {
        i++;
      }
    }
    return text.append(new String(a, done, end - done, StandardCharsets.UTF_8)).toString();
  }

  private static char unit(byte[] a, int i) {
    return (char) ((a[i] & 0x0f) << 12 | (a[i + 1] & 0x3f) << 6 | (a[i + 2] & 0x3f));
  }
}
