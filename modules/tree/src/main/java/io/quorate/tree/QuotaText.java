package io.quorate.tree;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The text of limits and stats znodes (QUO-1): {@code count=N,bytes=M}, and where a hard limit is
 * set a lone {@code =} and {@code ;byteHardLimit=B;countHardLimit=C}. -1 means unset.
 */
public record QuotaText(long count, long bytes, long byteHardLimit, long countHardLimit) {
  private static final QuotaText UNSET = new QuotaText(-1, -1, -1, -1);

  /** Reads the text of a limits or stats znode; null and what is missing are unset. */
  public static QuotaText parse(byte @Nullable [] data) {
    if (data == null) {
      return UNSET;
    }
    long count = -1;
    long bytes = -1;
    long byteHard = -1;
    long countHard = -1;
    for (String part : new String(data, StandardCharsets.UTF_8).split("[,;]+")) {
      int eq = part.indexOf('=');
      String key = eq < 0 ? part : part.substring(0, eq);
      long value = number(eq < 0 ? "" : part.substring(eq + 1));
      switch (key) {
        case "count" -> count = value;
        case "bytes" -> bytes = value;
        case "byteHardLimit" -> byteHard = value;
        case "countHardLimit" -> countHard = value;
        default -> {} // later keys, as Apache skips them
      }
    }
    return new QuotaText(count, bytes, byteHard, countHard);
  }

  /** A value as written by a client: text that is no number, as the stray "=", is unset. */
  private static long number(String text) {
    String digits = text.endsWith("=") ? text.substring(0, text.length() - 1) : text;
    try {
      return digits.isEmpty() ? -1 : Long.parseLong(digits);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  byte[] encode() {
    StringBuilder s = new StringBuilder();
    s.append("count=").append(count).append(",bytes=").append(bytes);
    if (byteHardLimit > -1 || countHardLimit > -1) {
      s.append('=');
      if (byteHardLimit > -1) {
        s.append(";byteHardLimit=").append(byteHardLimit);
      }
      if (countHardLimit > -1) {
        s.append(";countHardLimit=").append(countHardLimit);
      }
    }
    return s.toString().getBytes(StandardCharsets.UTF_8);
  }
}
