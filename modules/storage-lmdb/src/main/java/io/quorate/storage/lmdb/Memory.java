package io.quorate.storage.lmdb;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Reads and writes memory outside the heap by address. Nothing is checked here: callers have
 * compared addresses with the borders of the map.
 */
final class Memory {
  private static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

  private Memory() {}

  static long getLong(long address) {
    return ALL.get(ValueLayout.JAVA_LONG_UNALIGNED, address);
  }

  static void putLong(long address, long value) {
    ALL.set(ValueLayout.JAVA_LONG_UNALIGNED, address, value);
  }

  static void copyOut(long address, byte[] to, int at, int length) {
    MemorySegment.copy(ALL, ValueLayout.JAVA_BYTE, address, to, at, length);
  }

  static void copyIn(byte[] from, int at, int length, long address) {
    MemorySegment.copy(from, at, ALL, ValueLayout.JAVA_BYTE, address, length);
  }
}
