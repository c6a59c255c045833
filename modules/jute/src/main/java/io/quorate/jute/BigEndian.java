package io.quorate.jute;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Big-endian numbers in byte arrays; each access is one machine instruction and a byte swap. */
final class BigEndian {
  static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private BigEndian() {}

  static int getInt(byte[] a, int at) {
    return (int) INT.get(a, at);
  }

  static long getLong(byte[] a, int at) {
    return (long) LONG.get(a, at);
  }

  static void putInt(byte[] a, int at, int v) {
    INT.set(a, at, v);
  }

  static void putLong(byte[] a, int at, long v) {
    LONG.set(a, at, v);
  }
}
