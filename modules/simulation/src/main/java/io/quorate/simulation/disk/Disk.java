package io.quorate.simulation.disk;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;
import java.util.function.LongConsumer;

/**
 * What one server keeps: log records, snapshots, epochs. Outlives the server's incarnations. A
 * record is safe once it was forced; a power cut takes away any part of the rest.
 */
public final class Disk {
  private static final int TORN_MODES = 4;

  /** One log record. */
  static final class Entry {
    final long zxid;
    final byte[] bytes;
    boolean synced;

    /** Cut short or overwritten by a power cut: found by its checksum when it is read. */
    boolean torn;

    Entry(long zxid, byte[] bytes) {
      this.zxid = zxid;
      this.bytes = bytes;
    }
  }

  /** One log file. */
  static final class LogFile {
    final List<Entry> entries = new ArrayList<>();
  }

  /** One snapshot; seen by nobody before it is whole. */
  record Image(long zxid, byte[] bytes) {}

  /** What goes wrong next. */
  public enum Fault {
    NONE,
    APPEND,
    FORCE,
    SNAPSHOT,
    EPOCH
  }

  final List<LogFile> files = new ArrayList<>();
  final TreeMap<Long, Image> images = new TreeMap<>();
  long acceptedEpoch = -1;
  long currentEpoch = -1;
  private final TreeMap<Long, byte[]> truth = new TreeMap<>();
  private Fault fault = Fault.NONE;
  private boolean failed;
  private int operationsLeft = Integer.MAX_VALUE;
  private boolean inUse;
  private LongConsumer appended = zxid -> {};
  private LongConsumer durable = zxid -> {};

  /** Has appends and forces reported. */
  public void observe(LongConsumer appended, LongConsumer durable) {
    this.appended = appended;
    this.durable = durable;
  }

  /** Makes the next operation of this kind fail, and all after it. */
  public void inject(Fault next) {
    fault = next;
  }

  /** Lets so many more operations succeed, and none after. */
  public void failAfter(int operations) {
    operationsLeft = operations;
  }

  /** A process takes the disk, and nobody else until it has ended. */
  void take() throws IOException {
    if (inUse) {
      throw new IOException("the disk is in use by process " + ProcessHandle.current().pid());
    }
    inUse = true;
  }

  /** What a copy of all files holds. */
  public Disk copy() {
    Disk copy = new Disk();
    for (LogFile file : files) {
      LogFile other = new LogFile();
      for (Entry e : file.entries) {
        Entry entry = new Entry(e.zxid, e.bytes);
        entry.synced = e.synced;
        entry.torn = e.torn;
        other.entries.add(entry);
      }
      copy.files.add(other);
    }
    copy.images.putAll(images);
    copy.acceptedEpoch = acceptedEpoch;
    copy.currentEpoch = currentEpoch;
    copy.truth.putAll(truth);
    return copy;
  }

  /** Whether an operation has failed in this incarnation. */
  public boolean failed() {
    return failed;
  }

  void may(Fault kind, String what) throws IOException {
    if (failed || fault == kind || operationsLeft == 0) {
      failed = true;
      throw new IOException(what + ": the simulated disk fails");
    }
    operationsLeft--;
  }

  void appended(Entry entry) {
    truth.put(entry.zxid, entry.bytes);
    appended.accept(entry.zxid);
  }

  void forced() {
    long last = 0;
    for (LogFile file : files) {
      for (Entry e : file.entries) {
        if (!e.synced) {
          e.synced = true;
          last = e.zxid;
        }
      }
    }
    if (last != 0) {
      durable.accept(last);
    }
  }

  /** Drops a record that will never be read again. */
  void dropped(Entry e) {
    truth.remove(e.zxid);
  }

  /** The process ends; what it wrote is still in the page cache. */
  public void processEnded() {
    fault = Fault.NONE;
    failed = false;
    operationsLeft = Integer.MAX_VALUE;
    inUse = false;
  }

  /**
   * Power is cut: of what was not synced, everything is lost, or a part is kept, or the last one
   * kept is torn, or parts are kept in no order. What is left is on the disk for good.
   *
   * @param below draws a number below its argument
   */
  public void powerCut(IntUnaryOperator below) {
    int mode = below.applyAsInt(TORN_MODES);
    List<Entry> unsynced = new ArrayList<>();
    files.forEach(f -> f.entries.stream().filter(e -> !e.synced).forEach(unsynced::add));
    int kept = mode == 0 ? 0 : below.applyAsInt(unsynced.size() + 1);
    for (int i = 0; i < unsynced.size(); i++) {
      Entry e = unsynced.get(i);
      boolean lost =
          switch (mode) {
            case 3 -> below.applyAsInt(2) == 0;
            default -> i >= kept;
          };
      e.torn = lost || (mode == 2 && i == kept - 1);
    }
    long last = 0;
    for (Entry e : unsynced) {
      e.synced = true;
      if (e.torn) {
        break;
      }
      last = e.zxid;
    }
    files.forEach(f -> f.entries.forEach(e -> e.synced = true));
    if (last != 0) {
      durable.accept(last);
    }
    processEnded();
  }

  /** The records of all that was logged and not lost, also of what was purged. */
  public List<byte[]> truth() {
    return List.copyOf(truth.values());
  }

  /** How many log files, and snapshots, there are. */
  public int fileCount() {
    return files.size() + images.size();
  }
}
