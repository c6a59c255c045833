package io.quorate.storage.files;

import io.quorate.api.Zxid;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The transaction log's layout (reference section 4.2). All numbers are big-endian. */
final class LogFormat {
  /** "ZKLG". */
  static final int MAGIC = 0x5a4b4c47;

  static final int VERSION = 2;

  /** Magic, version, and a database id that is always 0. */
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
