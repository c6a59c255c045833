package io.quorate.storage.files;

import io.quorate.api.Zxid;
import io.quorate.spi.codec.FormatMark;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The transaction log's layout (reference section 4.2). All numbers are big-endian. With another
 * codec than Apache's only the file header differs, so that Apache refuses the file.
 */
final class LogFormat {
  /** "ZKLG". */
  private static final int MAGIC = 0x5a4b4c47;

  private static final int VERSION = 2;

  /** The version behind a {@link FormatMark}. */
  private static final int MARKED_VERSION = 1;

  /** Magic, version, and a database id that is always 0; or a mark and a version. */
  static final int HEADER_BYTES = 16;

  /** What precedes a record's bytes: Adler-32 as a long, and the length as an int. */
  static final int PREFIX_BYTES = 12;

  /** What follows a record's bytes. */
  static final byte END = 0x42;

  /** A record's bytes and what is around them. */
  static final int OVERHEAD_BYTES = PREFIX_BYTES + 1;

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private LogFormat() {}

  /** What a log file begins with. */
  static byte[] header(String codec) {
    ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
    if (codec.equals(FormatMark.APACHE)) {
      return header.putInt(MAGIC).putInt(VERSION).putLong(0).array();
    }
    return header.put(FormatMark.of(codec)).putInt(MARKED_VERSION).array();
  }

  static int intAt(byte[] array, int offset) {
    return (int) INT.get(array, offset);
  }

  static long longAt(byte[] array, int offset) {
    return (long) LONG.get(array, offset);
  }

  /**
   * Whether {@code next} may stand right behind {@code previous}: the next counter, or the first of
   * a newer epoch.
   */
  static boolean follows(long previous, long next) {
    return next == previous + 1
        || (Zxid.counter(next) == 1 && Zxid.epoch(next) > Zxid.epoch(previous));
  }
}
