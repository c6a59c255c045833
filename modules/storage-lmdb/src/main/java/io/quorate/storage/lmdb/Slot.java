package io.quorate.storage.lmdb;

import java.lang.foreign.Arena;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.lmdbjava.Cursor;
import org.lmdbjava.Dbi;
import org.lmdbjava.Env;
import org.lmdbjava.GetOp;
import org.lmdbjava.Txn;

/**
 * One read transaction with what a reader needs beside it. Whoever takes it has it for itself, so
 * LMDB never sees one transaction on two threads; it is held for one look-up or one batch of a scan
 * and then given back.
 */
final class Slot {
  private static final int FREE = 0;
  private static final int TAKEN = 1;
  private static final int CLOSED = 2;

  private final AtomicInteger state = new AtomicInteger(CLOSED);
  private final Dbi<Slice> dbi;
  private final Txn<Slice> txn;
  private final Slice key = new Slice();
  private final long keyAddress;
  private @Nullable Cursor<Slice> cursor;
  private long generation; // written while closed, read while taken
  private volatile long takenNanos;

  /** The key that is looked for, or the one that a scan stands at. */
  final byte[] keyBytes = new byte[Keys.MAX_BYTES + 1];

  final Records records = new Records();

  /** Begins a read transaction at the newest commit; the slot is not open yet. */
  Slot(Env<Slice> env, Dbi<Slice> dbi, Arena arena) {
    this.dbi = dbi;
    this.keyAddress = arena.allocate(Keys.MAX_BYTES + 1L).address();
    this.txn = env.txnRead();
  }

  /**
   * Takes it, unless somebody has it, or it reads another generation by now: who asks may have
   * known it from before.
   */
  boolean tryTake(long generation) {
    if (state.get() != FREE || !state.compareAndSet(FREE, TAKEN)) {
      return false;
    }
    if (this.generation != generation) {
      state.set(FREE);
      return false;
    }
    takenNanos = System.nanoTime();
    return true;
  }

  void giveBack() {
    takenNanos = 0;
    state.set(FREE);
  }

  /** When it was taken, by {@link System#nanoTime}, or 0 if it is free. Any thread. */
  long takenNanos() {
    return takenNanos;
  }

  /** Lets readers of a generation take it. */
  void open(long generation) {
    this.generation = generation;
    state.set(FREE);
  }

  /** Waits for the reader that has it, then keeps others out. Readers are quick. */
  void close() {
    while (!state.compareAndSet(FREE, CLOSED)) {
      if (state.get() == CLOSED) {
        return;
      }
      Thread.yield();
    }
  }

  /** Lets go of the state that it reads; only while it is closed. */
  void reset() {
    txn.reset();
  }

  /** Reads the newest commit from here on; only while it is closed. */
  void renew() {
    txn.renew();
    Cursor<Slice> c = cursor;
    if (c != null) {
      c.renew(txn);
    }
  }

  /** Ends it for good; only while it is closed. */
  void end() {
    Cursor<Slice> c = cursor;
    if (c != null) {
      c.close();
    }
    txn.close();
  }

  /** The value of the key in the first bytes of {@link #keyBytes}, or null. */
  @Nullable Slice get(int keyLength) {
    Memory.copyIn(keyBytes, 0, keyLength, keyAddress);
    return dbi.get(txn, key.set(keyAddress, keyLength));
  }

  /** A cursor at the first key that is not before the one in {@link #keyBytes}, or null. */
  @Nullable Cursor<Slice> seek(int keyLength) {
    Cursor<Slice> c = cursor;
    if (c == null) {
      c = dbi.openCursor(txn);
      cursor = c;
    }
    Memory.copyIn(keyBytes, 0, keyLength, keyAddress);
    return c.get(key.set(keyAddress, keyLength), GetOp.MDB_SET_RANGE) ? c : null;
  }
}
