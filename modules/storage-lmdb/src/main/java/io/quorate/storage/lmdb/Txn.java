package io.quorate.storage.lmdb;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** A transaction of LMDB. One thread at a time. */
final class Txn implements AutoCloseable {
  private final long address;
  private final int dbi;
  private boolean ended;

  Txn(long address, int dbi) {
    this.address = address;
    this.dbi = dbi;
  }

  /** Looks up the key in the room; its value is found there then, if this returns true. */
  boolean get(Room room) {
    return Lmdb.found(Lmdb.call(Lmdb.GET, open(), dbi, room.keyStruct(), room.valueStruct()));
  }

  /** Makes room for a value of the key in the room, and says there where. */
  void reserve(Room room, int length) {
    room.askFor(length);
    Lmdb.check(
        Lmdb.call(Lmdb.PUT, open(), dbi, room.keyStruct(), room.valueStruct(), Lmdb.RESERVE));
  }

  /** Deletes the key in the room, if it is there. */
  void delete(Room room) {
    Lmdb.found(Lmdb.call(Lmdb.DELETE, open(), dbi, room.keyStruct(), 0));
  }

  Cursor openCursor() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment out = arena.allocate(ValueLayout.JAVA_LONG);
      Lmdb.check(Lmdb.call(Lmdb.CURSOR_OPEN, open(), dbi, out.address()));
      return new Cursor(out.get(ValueLayout.JAVA_LONG, 0));
    }
  }

  /** A place among the keys. */
  static final class Cursor {
    private final long address;

    private Cursor(long address) {
      this.address = address;
    }

    /** Moves by an operation of LMDB's; the room gets key and value, if this returns true. */
    boolean move(Room room, int operation) {
      return Lmdb.found(
          Lmdb.call(Lmdb.CURSOR_GET, address, room.keyStruct(), room.valueStruct(), operation));
    }

    void renew(Txn txn) {
      Lmdb.check(Lmdb.call(Lmdb.CURSOR_RENEW, txn.open(), address));
    }

    void close() {
      Lmdb.call(Lmdb.CURSOR_CLOSE, address);
    }
  }

  /** Lets go of the state that it reads. */
  void reset() {
    Lmdb.call(Lmdb.TXN_RESET, open());
  }

  /** After {@link #reset}: reads the newest commit. */
  void renew() {
    Lmdb.check(Lmdb.call(Lmdb.TXN_RENEW, open()));
  }

  /** Ends it; whatever it throws, nothing more can be done with it. */
  void commit() {
    long txn = open();
    ended = true;
    Lmdb.check(Lmdb.call(Lmdb.TXN_COMMIT, txn));
  }

  private long open() {
    if (ended) {
      throw new IllegalStateException("the transaction has ended");
    }
    return address;
  }

  /** Ends it without any effect, unless it has ended. */
  @Override
  public void close() {
    if (!ended) {
      ended = true;
      Lmdb.call(Lmdb.TXN_ABORT, address);
    }
  }
}
