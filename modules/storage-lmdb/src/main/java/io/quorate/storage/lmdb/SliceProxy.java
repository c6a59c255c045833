package io.quorate.storage.lmdb;

import java.util.Arrays;
import java.util.Comparator;
import jnr.ffi.Pointer;
import org.lmdbjava.BufferProxy;

/**
 * How LMDB's keys and values come to Java: as addresses, without an object or a copy for each. The
 * proxies that come with the library need either the JDK's internals opened or a copy of every key.
 */
final class SliceProxy extends BufferProxy<Slice> {
  static final SliceProxy INSTANCE = new SliceProxy();

  private SliceProxy() {}

  @Override
  protected Slice allocate() {
    return new Slice();
  }

  @Override
  protected void deallocate(Slice slice) {
    // the map's, or the caller's
  }

  @Override
  protected byte[] getBytes(Slice slice) {
    byte[] bytes = new byte[Math.toIntExact(slice.length)];
    Memory.copyOut(slice.address, bytes, 0, bytes.length);
    return bytes;
  }

  @Override
  protected Comparator<Slice> getSignedComparator() {
    return getUnsignedComparator();
  }

  @Override
  protected Comparator<Slice> getUnsignedComparator() {
    return (a, b) -> Arrays.compareUnsigned(getBytes(a), getBytes(b));
  }

  @Override
  @SuppressWarnings("NullAway") // null: nothing has to be kept alive
  protected Pointer in(Slice slice, Pointer to) {
    return in(slice, Math.toIntExact(slice.length), to);
  }

  @Override
  @SuppressWarnings("NullAway") // null: nothing has to be kept alive
  protected Pointer in(Slice slice, int size, Pointer to) {
    long address = to.address();
    Memory.putLong(address + STRUCT_FIELD_OFFSET_SIZE, size);
    Memory.putLong(address + STRUCT_FIELD_OFFSET_DATA, slice.address);
    return null;
  }

  @Override
  protected Slice out(Slice slice, Pointer from) {
    long address = from.address();
    return slice.set(
        Memory.getLong(address + STRUCT_FIELD_OFFSET_DATA),
        Memory.getLong(address + STRUCT_FIELD_OFFSET_SIZE));
  }
}
