package io.quorate.storage.lmdb;

import java.lang.foreign.Arena;

/**
 * Memory outside the heap in which LMDB is given a key and says where it has what was asked for:
 * two of its {@code MDB_val}, each a length and an address, and the bytes of the key. No object and
 * no copy is made for what it says. One thread at a time.
 */
final class Room {
  private static final int ADDRESS = 8;
  private static final int STRUCT_BYTES = 16;

  private final long key;
  private final long value;
  private final long bytes;

  Room(Arena arena) {
    key = arena.allocate(2L * STRUCT_BYTES + Keys.MAX_BYTES + 1, Long.BYTES).address();
    value = key + STRUCT_BYTES;
    bytes = value + STRUCT_BYTES;
  }

  /** Sets the key. */
  Room key(byte[] from, int length) {
    Memory.copyIn(from, 0, length, bytes);
    Memory.putLong(key, length);
    Memory.putLong(key + ADDRESS, bytes);
    return this;
  }

  void askFor(int length) {
    Memory.putLong(value, length);
  }

  long keyStruct() {
    return key;
  }

  long valueStruct() {
    return value;
  }

  /** Where a cursor's key is. */
  long keyAddress() {
    return Memory.getLong(key + ADDRESS);
  }

  long keyLength() {
    return Memory.getLong(key);
  }

  long valueAddress() {
    return Memory.getLong(value + ADDRESS);
  }

  long valueLength() {
    return Memory.getLong(value);
  }
}
