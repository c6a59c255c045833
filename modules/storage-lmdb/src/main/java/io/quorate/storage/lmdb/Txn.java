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

  Cursor openCursor() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment out = arena.allocate(ValueLayout.JAVA_LONG);
      Lmdb.check(Lmdb.call(Lmdb.CURSOR_OPEN, open(), dbi, out.address()));
      return new Cursor(out.get(ValueLayout.JAVA_LONG, 0));
    }
  }

  /** A place among the keys. */
  static final class Cursor implements AutoCloseable {
    private final long address;

    private Cursor(long address) {
      this.address = address;
    }

    /** Moves by an operation of LMDB's; the room gets key and value, if this returns true. */
    boolean move(Room room, int operation) {
      return Lmdb.found(
          Lmdb.call(Lmdb.CURSOR_GET, address, room.keyStruct(), room.valueStruct(), operation));
    }

    /** Makes room for a value of the key in the room, and says there where. */
    void reserve(Room room, int length) {
      room.askFor(length);
      Lmdb.check(
          Lmdb.call(Lmdb.CURSOR_PUT, address, room.keyStruct(), room.valueStruct(), Lmdb.RESERVE));
    }

    /** The same, unless the key is there: then its value is in the room, and this returns false. */
    boolean reserveNew(Room room, int length) {
      room.askFor(length);
      int result =
          Lmdb.call(
              Lmdb.CURSOR_PUT,
              address,
              room.keyStruct(),
              room.valueStruct(),
              Lmdb.RESERVE | Lmdb.NO_OVERWRITE);
      if (result == Lmdb.KEY_EXISTS) {
        return false;
      }
      Lmdb.check(result);
      return true;
    }

    /** Deletes what it stands at. */
    void delete() {
      Lmdb.check(Lmdb.call(Lmdb.CURSOR_DELETE, address, 0));
    }

    void renew(Txn txn) {
      Lmdb.check(Lmdb.call(Lmdb.CURSOR_RENEW, txn.open(), address));
    }

    /** One of a transaction that writes: before that ends. */
    @Override
    public void close() {
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
