package io.quorate.admin;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Writes lines that end in LF, whatever the platform, since that is what readers split at. */
record Lines(Appendable out) {
  Lines line(String text) throws IOException {
    out.append(text).append('\n');
    return this;
  }

  Lines pair(String key, Object value) throws IOException {
    return line(key + "=" + value);
  }

  Lines text(String text) throws IOException {
    out.append(text);
    return this;
  }

  static String hex(long value) {
    return "0x" + Long.toHexString(value);
  }

  /** As {@code /127.0.0.1:2181}, with brackets around IPv6 addresses. */
  static String address(InetSocketAddress address) {
    InetAddress ip = address.getAddress();
    if (ip == null) {
      return "/" + address.getHostString() + ":" + address.getPort();
    }
    String host = ip.getHostAddress();
    return "/" + (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + address.getPort();
  }
}
