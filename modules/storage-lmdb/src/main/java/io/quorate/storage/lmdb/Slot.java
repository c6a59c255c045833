package io.quorate.storage.lmdb;

import java.lang.foreign.Arena;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

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
  private final Txn txn;
  private Txn.@Nullable Cursor cursor;
  private long generation; // written while closed, read while taken
  private volatile long takenNanos;

  /** The key that is looked for, or the one that a scan stands at. */
  final byte[] keyBytes = new byte[Keys.MAX_BYTES + 1];

  /** Where LMDB says what it found. */
  final Room room;

  final Records records = new Records();

  private @Nullable Leaf leaf;

  /** Begins a read transaction at the newest commit; the slot is not open yet. */
  Slot(Env env, Arena arena) {
    this.room = new Room(arena);
    this.txn = env.read();
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
    Txn.Cursor c = cursor;
    if (c != null) {
      c.renew(txn);
    }
  }

  /** Ends it for good; only while it is closed. */
  void end() {
    Txn.Cursor c = cursor;
    if (c != null) {
      c.close();
    }
    txn.close();
  }

  /** Whether the key in the first bytes of {@link #keyBytes} is there; the room has its value. */
  boolean get(int keyLength) {
    return txn.get(room.key(keyBytes, keyLength));
  }

  /** Goes to the first key that is not before the one in {@link #keyBytes}, if there is one. */
  boolean seek(int keyLength) {
    Txn.Cursor c = cursor;
    if (c == null) {
      c = txn.openCursor();
      cursor = c;
    }
    return c.move(room.key(keyBytes, keyLength), Lmdb.SET_RANGE);
  }

  /** The page with the key that the cursor found; good until the next call. */
  Leaf leaf() {
    Leaf l = leaf;
    if (l == null) {
      l = new Leaf();
      leaf = l;
    }
    l.take(room.keyAddress());
    return l;
  }

  /** Goes to the key after, if there is one. */
  boolean next() {
    Txn.Cursor c = cursor;
    return c != null && c.move(room, Lmdb.NEXT);
  }
}
