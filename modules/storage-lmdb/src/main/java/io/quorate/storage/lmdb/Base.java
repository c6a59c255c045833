package io.quorate.storage.lmdb;

import io.quorate.api.ZnodePath;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A state that is in a file: a generation of it. The next checkpoint makes the next generation and
 * leaves here the differences back to this one, so that views of this one go on to be what they
 * were, for as long as somebody holds them, and LMDB has to keep old pages only while somebody is
 * in the midst of reading them.
 *
 * <p>Any thread reads. One thread at a time calls {@link #replaceBy}, {@link #whileEmpty} and
 * {@link #close}.
 */
final class Base {
  private static final int FIRST_SLOTS = 4;
  private static final AtomicLong GENERATIONS = new AtomicLong();

  final TreeFile file;
  private final Deque<Slot> spare;
  private volatile Slot[] slots;
  private volatile boolean retired;
  private volatile @Nullable Link next;
  private volatile @Nullable FileSketch sketch;
  private final long generation = GENERATIONS.incrementAndGet();
  private final long fileBytes;

  /**
   * What came after.
   *
   * @param reverse what makes {@code base} this state again
   */
  record Link(Reverse reverse, Base base) {}

  /** The newest commit of the file. */
  Base(TreeFile file) {
    this(file, new ArrayDeque<>(), null);
  }

  private Base(TreeFile file, Deque<Slot> spare, @Nullable FileSketch sketch) {
    this.file = file;
    this.spare = spare;
    this.sketch = sketch;
    this.slots = new Slot[Math.max(FIRST_SLOTS, spare.size())];
    this.fileBytes = file.usedBytes();
    for (int i = 0; i < slots.length; i++) {
      Slot slot = spare.poll();
      if (slot == null) {
        slot = file.newSlot();
      } else {
        slot.renew();
      }
      slots[i] = slot;
      slot.open(generation);
    }
  }

  /** Size of the file's used part. */
  long fileBytes() {
    return fileBytes;
  }

  /** What came after, or null while this is the newest. */
  @Nullable Link next() {
    return next;
  }

  /** What tells of most paths that they are not in this generation, or null. */
  @Nullable FileSketch sketch() {
    return sketch;
  }

  /**
   * Sets what tells so of this generation and of those after it.
   *
   * @param sketch all of this generation's paths that are not long are in it; null if none is known
   */
  void sketch(@Nullable FileSketch sketch) {
    this.sketch = sketch;
  }

  /** Whether it is known that there is no znode with this path, without looking. */
  boolean lacks(int hash, ZnodePath path) {
    FileSketch s = sketch;
    return s != null && !s.mayHave(hash) && !Keys.isLong(path);
  }

  /** A slot to read this generation with, or null if there is a next one by now. */
  @Nullable Slot take() {
    while (true) {
      Slot[] all = slots;
      int first = (int) Thread.currentThread().threadId();
      for (int i = 0; i < all.length; i++) {
        Slot slot = all[Math.floorMod(first + i, all.length)];
        if (slot.tryTake(generation)) {
          return slot;
        }
      }
      if (retired) {
        return null;
      }
      addSlot(all);
    }
  }

  private void addSlot(Slot[] seen) {
    synchronized (file.lock) {
      if (!retired && slots == seen) {
        Slot[] more = java.util.Arrays.copyOf(seen, seen.length + 1);
        Slot slot = file.newSlot();
        more[seen.length] = slot;
        slot.open(generation);
        slots = more;
      }
    }
  }

  /** What came after a generation that gives no slot. */
  Link mustHaveNext() {
    Link link = next;
    if (link == null) {
      throw new IllegalStateException("The tree is closed: " + file.path());
    }
    return link;
  }

  /** The znode with this path in the state of this generation, or null. */
  static @Nullable Node find(Base start, int hash, ZnodePath path) {
    Base base = start;
    while (true) {
      Link link = base.next;
      if (link == null) {
        Slot slot = base.take();
        if (slot != null) {
          try {
            return base.find(slot, path);
          } catch (Records.Damaged | LmdbException e) {
            throw base.damaged(e);
          } finally {
            slot.giveBack();
          }
        }
        link = base.mustHaveNext();
      }
      int written = link.reverse.indexOf(hash, path.bytes());
      if (written >= 0) {
        return link.reverse.before(written);
      }
      base = link.base;
    }
  }

  private @Nullable Node find(Slot slot, ZnodePath path) {
    int keyLength = Keys.znode(path, slot.keyBytes, 0);
    byte[] record = keyLength < 0 ? null : value(slot, keyLength);
    if (record == null) {
      return null;
    }
    Records records = slot.records;
    if (Keys.isLong(path) && !path.equals(records.path(record))) {
      throw new IllegalStateException("two paths with one SHA-256: " + path);
    }
    return records.znode(record);
  }

  /** The timeout of a session in this generation, or {@link Layer.SessionEntry#GONE}. */
  static int sessionTimeout(Base start, int hash, byte[] id) {
    Base base = start;
    while (true) {
      Link link = base.next;
      if (link == null) {
        Slot slot = base.take();
        if (slot != null) {
          try {
            byte[] value = base.value(slot, Keys.session(id, slot.keyBytes));
            return value == null ? Layer.SessionEntry.GONE : Records.number(value);
          } catch (Records.Damaged | LmdbException e) {
            throw base.damaged(e);
          } finally {
            slot.giveBack();
          }
        }
        link = base.mustHaveNext();
      }
      Layer.SessionEntry entry = link.reverse.sessionsAndOwners().session(hash, id);
      if (entry != null) {
        return entry.timeoutMs;
      }
      base = link.base;
    }
  }

  /**
   * A checked copy of the value of the key in the slot's first bytes, or null.
   *
   * @throws Records.Damaged if the checksum is another
   */
  byte @Nullable [] value(Slot slot, int keyLength) {
    if (!slot.get(keyLength)) {
      return null;
    }
    byte[] value = copyValue(slot.room);
    slot.records.check(value, slot.keyBytes, keyLength);
    return value;
  }

  /** A copy of the value that was found in the map. */
  byte[] copyValue(Room room) {
    long length = room.valueLength();
    if (length < 0 || length > Math.min(fileBytes, Integer.MAX_VALUE - 64)) {
      throw new Records.Damaged("a value that is longer than the file");
    }
    byte[] bytes = new byte[(int) length];
    Memory.copyOut(room.valueAddress(), bytes, 0, bytes.length);
    return bytes;
  }

  /** Copies the key that a cursor is at; returns its length. */
  static int copyKey(Room room, byte[] to) {
    long length = room.keyLength();
    if (length < 0 || length > Keys.MAX_BYTES) {
      throw new Records.Damaged("a key that is longer than keys are");
    }
    Memory.copyOut(room.keyAddress(), to, 0, (int) length);
    return (int) length;
  }

  /** What a reader throws that found damage: the server is told as well, and ends. */
  UncheckedIOException damaged(RuntimeException e) {
    return file.damaged("Found " + e.getMessage());
  }

  /**
   * Commits by {@code commit} and makes what it committed the next generation.
   *
   * @param reverse what makes it this state again
   */
  Base replaceBy(Runnable commit, Reverse reverse) {
    Base newer;
    Slot[] old;
    synchronized (file.lock) { // no slot may be added to this one that reads the commit
      commit.run();
      newer = new Base(file, spare, sketch);
      next = new Link(reverse, newer);
      retired = true;
      old = slots;
    }
    for (Slot slot : old) {
      slot.close();
      slot.reset();
      spare.add(slot);
    }
    return newer;
  }

  /** Runs this while no transaction is open; readers wait. */
  void whileEmpty(Runnable action) {
    synchronized (file.lock) {
      for (Slot slot : slots) {
        slot.close();
        slot.reset();
      }
      action.run();
      for (Slot slot : slots) {
        slot.renew();
        slot.open(generation);
      }
    }
  }

  /** How long the oldest read has taken so far, in ns; 0 if nobody reads. Any thread. */
  long readerAgeNanos() {
    long oldest = 0;
    long now = System.nanoTime();
    for (Slot slot : slots) {
      long taken = slot.takenNanos();
      oldest = taken == 0 ? oldest : Math.max(oldest, now - taken);
    }
    return oldest;
  }

  /** Lets nobody read any more. */
  void close() {
    synchronized (file.lock) {
      retired = true;
    }
  }
}
