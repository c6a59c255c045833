package io.quorate.simulation.model;

/** The ids of scheme "ip": IPv4 addresses, with or without a number of bits. */
final class Addresses {
  private Addresses() {}

  static boolean valid(String id) {
    String[] parts = id.split("/", 2);
    if (bits(parts[0]) < 0) {
      return false;
    }
    if (parts.length == 1) {
      return true;
    }
    try {
      int n = Integer.parseInt(parts[1]);
      return n >= 0 && n <= 32;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  static boolean matches(String address, String id) {
    if (!valid(id)) {
      return false;
    }
    String[] parts = id.split("/", 2);
    int n = parts.length == 1 ? 32 : Integer.parseInt(parts[1]);
    long mask = n == 0 ? 0 : 0xffffffffL << (32 - n) & 0xffffffffL;
    return (bits(address) & mask) == (bits(parts[0]) & mask);
  }

  /** The address as 32 bits, -1 if it is none. */
  private static long bits(String address) {
    String[] parts = address.split("\\.", -1);
    if (parts.length != 4) {
      return -1;
    }
    long all = 0;
    for (String p : parts) {
      if (!p.matches("[0-9]{1,3}") || Integer.parseInt(p) > 255) {
        return -1;
      }
      all = all << 8 | Integer.parseInt(p);
    }
    return all;
  }
}
