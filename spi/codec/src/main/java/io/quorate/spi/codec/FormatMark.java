package io.quorate.spi.codec;

import io.quorate.api.Stability;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The first bytes of files with transactions or states: "QUOR" and the name of the codec, filled up
 * with zeros. Apache refuses a file that begins so, and a server with another codec can say what is
 * the matter. The codec {@code jute} has Apache's own marks instead, "ZKSN" and "ZKLG".
 */
@Stability.Evolving
public final class FormatMark {
  /** How long a mark is. */
  public static final int BYTES = 12;

  /** The name of the codec whose files are Apache's. */
  public static final String APACHE = "jute";

  private static final int MAGIC = 0x51554f52;
  private static final int APACHE_STATE = 0x5a4b534e;
  private static final int APACHE_LOG = 0x5a4b4c47;
  private static final int MAX_NAME = BYTES - Integer.BYTES;

  private FormatMark() {}

  /** Whether a codec may have this name: 1 to 8 lower-case letters, digits and hyphens. */
  public static boolean isName(String name) {
    return !name.isEmpty()
        && name.length() <= MAX_NAME
        && name.chars().allMatch(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-');
  }

  /**
   * The mark of a codec other than {@link #APACHE}.
   *
   * @throws IllegalArgumentException if it has no such name
   */
  public static byte[] of(String codec) {
    if (!isName(codec) || codec.equals(APACHE)) {
      throw new IllegalArgumentException("a codec with a mark of its own is not named " + codec);
    }
    return ByteBuffer.allocate(BYTES)
        .putInt(MAGIC)
        .put(codec.getBytes(StandardCharsets.US_ASCII))
        .array();
  }

  /**
   * The codec that wrote a file.
   *
   * @param first the first {@link #BYTES} of the file, or all it has
   * @return its name, or null if they are no mark
   */
  public static @Nullable String codecOf(byte[] first) {
    if (first.length < Integer.BYTES) {
      return null;
    }
    int magic = ByteBuffer.wrap(first).getInt();
    if (magic == APACHE_STATE || magic == APACHE_LOG) {
      return APACHE;
    }
    if (magic != MAGIC || first.length < BYTES) {
      return null;
    }
    int end = BYTES;
    while (end > Integer.BYTES && first[end - 1] == 0) {
      end--;
    }
    byte[] ascii = Arrays.copyOfRange(first, Integer.BYTES, end);
    String name = new String(ascii, StandardCharsets.US_ASCII);
    return isName(name) && !name.equals(APACHE) ? name : null;
  }
}
