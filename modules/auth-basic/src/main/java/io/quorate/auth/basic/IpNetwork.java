package io.quorate.auth.basic;

import org.jspecify.annotations.Nullable;

/**
 * An IPv4 or IPv6 address with a number of bits that count. No name is ever looked up. What is
 * accepted is exactly what Apache 3.9.5 accepts, signs before numbers included: servers of one
 * ensemble must agree.
 */
final class IpNetwork {
  private final byte[] address;
  private final int bits;

  private IpNetwork(byte[] address, int bits) {
    this.address = address;
    this.bits = bits;
  }

  /** An address, or an address, a slash and a number of bits; null if it is neither. */
  static @Nullable IpNetwork parse(String text) {
    int slash = text.indexOf('/');
    byte[] address = address(slash < 0 ? text : text.substring(0, slash));
    if (address == null) {
      return null;
    }
    if (slash < 0) {
      return new IpNetwork(address, address.length * 8);
    }
    int bits = number(text.substring(slash + 1), 10);
    return bits < 0 || bits > address.length * 8 ? null : new IpNetwork(address, bits);
  }

  /** Whether this is an address of the same kind whose first bits are the same. */
  boolean contains(String other) {
    byte[] that = address(other);
    if (that == null || that.length != address.length) {
      return false;
    }
    for (int i = 0, left = bits; left > 0; i++, left -= 8) {
      int mask = left >= 8 ? 0xff : 0xff << (8 - left);
      if (((address[i] ^ that[i]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }

  private static byte @Nullable [] address(String text) {
    if (text.indexOf(':') >= 0) {
      return v6(text);
    }
    return v4(text);
  }

  private static byte @Nullable [] v4(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != 4) {
      return null;
    }
    byte[] address = new byte[4];
    for (int i = 0; i < 4; i++) {
      int v = number(parts[i], 10);
      if (v < 0 || v > 255) {
        return null;
      }
      address[i] = (byte) v;
    }
    return address;
  }

  private static byte @Nullable [] v6(String text) {
    byte[] address = new byte[16];
    int gap = text.indexOf("::");
    if (gap < 0) {
      return groups(text, address, false) == 8 ? address : null;
    }
    String tail = text.substring(gap + 2);
    if (tail.contains("::")) {
      return null;
    }
    int before = groups(text.substring(0, gap), address, false);
    int after = groups(tail, address, true);
    // "::" stands for at least one group.
    return before >= 0 && after >= 0 && before + after < 8 ? address : null;
  }

  /**
   * Puts groups of 16 bits into an address, at its start or at its end.
   *
   * @return how many they are; -1 if one is wrong or they are too many
   */
  private static int groups(String text, byte[] address, boolean atEnd) {
    if (text.isEmpty()) {
      return 0;
    }
    String[] parts = text.split(":", -1);
    if (parts.length > 8) {
      return -1;
    }
    int at = atEnd ? 16 - 2 * parts.length : 0;
    for (String part : parts) {
      if (part.isEmpty() || part.length() > 4) {
        return -1;
      }
      int v;
      try {
        v = Integer.parseInt(part, 16);
      } catch (NumberFormatException e) {
        return -1;
      }
      address[at++] = (byte) (v >> 8);
      address[at++] = (byte) v;
    }
    return parts.length;
  }

  /** The number; -1 if it is none. */
  private static int number(String text, int radix) {
    try {
      return Integer.parseInt(text, radix);
    } catch (NumberFormatException e) {
      return -1;
    }
  }
}
