package io.quorate.storage.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes what is older than the oldest snapshot to be kept (reference section 4.7). Only whole
 * snapshots count (ZooKeeper bug 3231: the newest were kept though none of them could be loaded),
 * and with each stay the logs from the one that its replay starts in.
 */
final class Purge {
  private static final Logger LOG = LoggerFactory.getLogger(Purge.class);

  /** Tells whether a snapshot can be loaded. */
  interface Check {
    boolean isWhole(StoredFile snapshot) throws IOException;
  }

  private final Layout layout;
  private final Disk disk;
  private final Check check;

  Purge(Layout layout, Disk disk, Check check) {
    this.layout = layout;
    this.disk = disk;
    this.check = check;
  }

  /** Deletes; returns how many files. Nothing goes if no snapshot is whole. */
  int run(int retain, long sizeBudgetBytes) throws IOException {
    List<StoredFile> snapshots = layout.snapshots();
    List<StoredFile> logs = StoredFile.list(layout.logDir(), StoredFile.LOG_PREFIX);
    int oldest = oldestKept(snapshots, logs, retain, sizeBudgetBytes);
    if (oldest < 0) {
      if (!snapshots.isEmpty()) {
        LOG.error("Nothing is purged: no snapshot in {} is whole", layout.snapshotDir());
      }
      return 0;
    }
    List<Path> unneeded = new ArrayList<>();
    long keptZxid = snapshots.get(oldest).zxid();
    for (StoredFile snapshot : snapshots.subList(oldest + 1, snapshots.size()).reversed()) {
      // Of two with one zxid (compressed and not) both stay.
      if (snapshot.zxid() < keptZxid) {
        unneeded.add(snapshot.path());
      }
    }
    for (StoredFile log : logs.subList(0, firstLogFor(logs, keptZxid))) {
      unneeded.add(log.path());
    }
    for (Path path : unneeded) {
      LOG.info("Purging {}", path);
      disk.delete(path);
    }
    return unneeded.size();
  }

  /** Deletes the logs that a replay from behind {@code zxid} does not need; returns how many. */
  static int logsBefore(Layout layout, Disk disk, long zxid) throws IOException {
    List<StoredFile> logs = StoredFile.list(layout.logDir(), StoredFile.LOG_PREFIX);
    List<StoredFile> unneeded = logs.subList(0, firstLogFor(logs, zxid));
    for (StoredFile log : unneeded) {
      LOG.info("Purging {}", log.path());
      disk.delete(log.path());
    }
    return unneeded.size();
  }

  /** Index of the oldest snapshot to be kept, or -1 if none is whole. */
  private int oldestKept(
      List<StoredFile> snapshots, List<StoredFile> logs, int retain, long sizeBudgetBytes)
      throws IOException {
    int kept = 0;
    int oldest = -1;
    long bytes = 0;
    int countedLogs = logs.size();
    for (int i = 0; i < snapshots.size() && kept < retain; i++) {
      StoredFile snapshot = snapshots.get(i);
      if (!check.isWhole(snapshot)) {
        continue;
      }
      int firstLog = firstLogFor(logs, snapshot.zxid());
      bytes += Files.size(snapshot.path()) + sizes(logs, firstLog, countedLogs);
      countedLogs = Math.min(countedLogs, firstLog);
      if (kept > 0 && sizeBudgetBytes > 0 && bytes > sizeBudgetBytes) {
        break;
      }
      oldest = i;
      kept++;
    }
    return oldest;
  }

  /** Index of the last log that starts at or before this zxid; 0 if none does. */
  private static int firstLogFor(List<StoredFile> logs, long zxid) {
    int first = 0;
    for (int i = 0; i < logs.size(); i++) {
      if (logs.get(i).zxid() <= zxid) {
        first = i;
      }
    }
    return first;
  }

  private static long sizes(List<StoredFile> files, int from, int to) throws IOException {
    long sum = 0;
    for (StoredFile file : files.subList(from, Math.max(from, to))) {
      sum += Files.size(file.path());
    }
    return sum;
  }
}
