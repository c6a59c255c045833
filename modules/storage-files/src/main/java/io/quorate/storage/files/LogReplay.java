package io.quorate.storage.files;

import io.quorate.spi.codec.CodecException;
import io.quorate.spi.storage.CorruptStorageException;
import io.quorate.spi.storage.StorageConfiguration;
import io.quorate.spi.storage.TransactionLog.RecordVisitor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the logs from a zxid on and makes their end fit to be continued. Used once.
 *
 * <p>Every record behind the state that replay starts from has to follow its predecessor without a
 * gap. Records up to that state are skipped: they may be missing or leave gaps, since the state has
 * them.
 */
final class LogReplay {
  private static final Logger LOG = LoggerFactory.getLogger(LogReplay.class);
  private static final String RESYNC =
      "Restore the missing or damaged file from a backup; or, in an ensemble whose other servers"
          + " are well, move this server's version-2 folders away and start it empty, so that it"
          + " fetches the state from the leader";

  private final Path logDir;
  private final Disk disk;
  private final StorageConfiguration configuration;
  private final RecordVisitor visitor;
  private final long fromZxid;

  /** The last zxid that needs no record: that of the state, then that of the last record given. */
  private long covered;

  private long lastSeen = -1;

  /**
   * The file before the current one, if it ends with damage; then nothing may be missing at all.
   */
  private @Nullable Scanned torn;

  /** What reading one file came to. */
  private record Scanned(
      StoredFile file, long lastZxid, long end, long size, @Nullable String damage) {
    boolean isEmpty() {
      return lastZxid < 0;
    }
  }

  LogReplay(
      Path logDir,
      Disk disk,
      StorageConfiguration configuration,
      long fromZxid,
      RecordVisitor visitor) {
    this.logDir = logDir;
    this.disk = disk;
    this.configuration = configuration;
    this.fromZxid = fromZxid;
    this.covered = Math.max(0, fromZxid - 1);
    this.visitor = visitor;
  }

  /** Gives the records; returns the zxid of the last one in the log, or -1 if it holds none. */
  long run() throws IOException {
    List<StoredFile> files = StoredFile.list(logDir, StoredFile.LOG_PREFIX);
    files.removeIf(LogReplay::isForeign);
    int first = firstNeeded(files);
    List<Scanned> scanned = new ArrayList<>();
    for (StoredFile file : files.subList(first, files.size())) {
      scanned.add(scan(file));
    }
    // Behind a state newer than the log, or after a crash, the last files may hold no record.
    while (lastSeen < 0 && first > 0) {
      first--;
      torn = null; // an empty file at the end is not followed by anything
      scanned.addFirst(scan(files.get(first)));
    }
    settleEnd(scanned);
    return lastSeen;
  }

  private static boolean isForeign(StoredFile file) {
    if (!file.suffix().isEmpty()) {
      LOG.warn("Ignoring {}: not the name of a transaction log", file.path());
    }
    return !file.suffix().isEmpty();
  }

  /** The file in which {@code fromZxid} is: the last that starts at or before it. */
  private int firstNeeded(List<StoredFile> files) {
    int first = 0;
    for (int i = 0; i < files.size(); i++) {
      if (files.get(i).zxid() <= fromZxid) {
        first = i;
      }
    }
    return first;
  }

  private Scanned scan(StoredFile file) throws IOException {
    long before = lastSeen;
    Scanned result;
    try (LogFileReader reader = new LogFileReader(file.path(), configuration)) {
      boolean first = true;
      while (reader.next()) {
        long zxid = zxidOf(file, reader);
        if (first && zxid != file.zxid()) {
          throw corrupt(
              file,
              reader.position(),
              "The first record has zxid " + hex(zxid) + ", not that of the file's name");
        }
        first = false;
        take(file, reader, zxid);
      }
      result =
          new Scanned(
              file,
              lastSeen == before ? -1 : lastSeen,
              reader.position(),
              reader.size(),
              reader.damage());
      refuseUnlessTorn(result, reader);
    }
    if (result.damage() != null) {
      torn = result;
    }
    return result;
  }

  private void refuseUnlessTorn(Scanned result, LogFileReader reader) throws IOException {
    String damage = result.damage();
    Boolean unfinished = reader.tail().isUnfinishedWrite(reader.damagedBytes());
    if (unfinished == null) {
      if (damage != null
          && RecordSearch.anyFrom(
              result.file().path(), result.end(), configuration.maxRecordBytes())) {
        throw corrupt(
            result.file(), result.end(), "Damage with whole records behind it (" + damage + ")");
      }
    } else if (!unfinished) {
      throw corrupt(
          result.file(),
          result.end(),
          "Damage to what was durable (" + (damage == null ? "records are zeros" : damage) + ")");
    }
  }

  private long zxidOf(StoredFile file, LogFileReader reader) throws CorruptStorageException {
    try {
      return configuration.codec().zxidOf(reader.array(), reader.offset(), reader.length());
    } catch (CodecException e) {
      CorruptStorageException corrupt =
          corrupt(
              file,
              reader.position(),
              "A record with a right checksum is no transaction of this codec: " + e.getMessage());
      corrupt.initCause(e);
      throw corrupt;
    }
  }

  private void take(StoredFile file, LogFileReader reader, long zxid) throws IOException {
    if (zxid <= lastSeen) {
      throw corrupt(
          file,
          reader.position(),
          "Zxid " + hex(zxid) + " follows " + hex(lastSeen) + ", which is not less");
    }
    lastSeen = zxid;
    if (zxid > covered) {
      Scanned before = torn;
      if (before != null && zxid != covered + 1) {
        throw corrupt(before.file(), before.end(), before.damage() + ", and a later log goes on");
      }
      if (!LogFormat.follows(covered, zxid)) {
        throw corrupt(
            file,
            reader.position(),
            "Records are missing: zxid " + hex(zxid) + " follows " + hex(covered));
      }
      covered = zxid;
      visitor.record(zxid, reader.array(), reader.offset(), reader.length());
    }
    torn = null;
  }

  /**
   * Cuts what is behind the last record and deletes empty files behind it, then puts it all on
   * stable storage: what was given to the visitor counts as logged from now on, though the process
   * that wrote it may have died before its fsync.
   */
  private void settleEnd(List<Scanned> scanned) throws IOException {
    int last = scanned.size() - 1;
    for (; last >= 0 && scanned.get(last).isEmpty(); last--) {
      Scanned empty = scanned.get(last);
      LOG.warn("Deleting {}: no record in it is whole", empty.file().path());
      disk.delete(empty.file().path());
    }
    if (last >= 0) {
      Scanned end = scanned.get(last);
      if (end.damage() != null) {
        LOG.warn(
            "Cutting {} at offset {}: the last write was torn ({})",
            end.file().path(),
            end.end(),
            end.damage());
      }
      try (DiskFile file = disk.open(end.file().path())) {
        if (end.size() > end.end()) {
          file.truncate(end.end());
        }
        file.force();
      }
    }
    disk.syncDirectory(logDir);
  }

  private static CorruptStorageException corrupt(StoredFile file, long offset, String problem) {
    return new CorruptStorageException(file.path(), offset, problem, RESYNC);
  }

  private static String hex(long zxid) {
    return "0x" + Long.toHexString(zxid);
  }
}
