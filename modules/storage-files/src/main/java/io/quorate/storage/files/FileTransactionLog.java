package io.quorate.storage.files;

import io.quorate.spi.storage.StorageConfiguration;
import io.quorate.spi.storage.TransactionLog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The transaction log in Apache's format (reference section 4.2). After replay, a roll or a
 * truncation the next record starts a new file, so a file is only ever appended to by the process
 * that created it.
 *
 * <p>The first failure of a write or an fsync is final: which bytes reached the disk is then
 * unknown, and a later fsync that succeeds would say nothing about them.
 */
final class FileTransactionLog implements TransactionLog {
  /** Told once, when replay is done. */
  interface ReplayListener {
    /** The last zxid that the state or the log has, or -1. */
    void replayed(long lastZxid) throws IOException;
  }

  private final Layout layout;
  private final Disk disk;
  private final StorageConfiguration configuration;
  private final LogFolders.States states;
  private final ReplayListener listener;

  private boolean replayed;
  private long lastZxid = -1;
  private @Nullable LogFileWriter writer;
  private LogFileWriter.@Nullable Settings settings; // made when the first file is
  private @Nullable Throwable failure;
  private volatile long lastForceNanos;

  FileTransactionLog(
      Layout layout,
      Disk disk,
      StorageConfiguration configuration,
      LogFolders.States states,
      ReplayListener listener) {
    this.layout = layout;
    this.disk = disk;
    this.configuration = configuration;
    this.states = states;
    this.listener = listener;
  }

  @Override
  public long replay(long fromZxid, RecordVisitor visitor) throws IOException {
    checkUsable();
    if (replayed) {
      throw new IllegalStateException("The log was replayed already");
    }
    try {
      lastZxid = new LogReplay(layout.logDir(), disk, configuration, fromZxid, visitor).run();
      listener.replayed(Math.max(lastZxid, fromZxid - 1));
    } catch (Throwable t) {
      throw fail(t);
    }
    replayed = true;
    return lastZxid;
  }

  @Override
  public void append(long zxid, byte[] record) throws IOException {
    checkReady();
    if (zxid <= lastZxid) {
      throw new IllegalArgumentException(
          "Zxid " + Long.toHexString(zxid) + " is not after " + Long.toHexString(lastZxid));
    }
    if (record.length == 0 || record.length > configuration.maxRecordBytes()) {
      throw new IllegalArgumentException(
          "A record of " + record.length + " bytes could not be read back");
    }
    try {
      if (writer != null && !LogFormat.follows(lastZxid, zxid)) {
        // A state from elsewhere has what is between; within a file that would look like a hole.
        endFile();
      }
      LogFileWriter w = writer;
      if (w == null) {
        w = startFile(zxid);
        writer = w;
      }
      w.append(record);
      lastZxid = zxid;
    } catch (Throwable t) {
      throw fail(t);
    }
  }

  @Override
  public void force() throws IOException {
    checkReady();
    LogFileWriter w = writer;
    if (w == null) {
      return;
    }
    try {
      long start = System.nanoTime();
      w.force();
      lastForceNanos = System.nanoTime() - start;
      if (configuration.logSizeLimitBytes() > 0 && w.size() > configuration.logSizeLimitBytes()) {
        endFile();
      }
    } catch (Throwable t) {
      throw fail(t);
    }
  }

  @Override
  public void roll() throws IOException {
    checkReady();
    try {
      endFile();
    } catch (Throwable t) {
      throw fail(t);
    }
  }

  @Override
  public void truncate(long zxid) throws IOException {
    checkReady();
    try {
      endFile();
      refuseBelowState(zxid);
      List<StoredFile> files = StoredFile.list(layout.logDir(), StoredFile.LOG_PREFIX);
      files.removeIf(file -> !file.suffix().isEmpty());
      // From the newest on: whenever this stops, what is left has no hole.
      while (!files.isEmpty() && files.getLast().zxid() > zxid) {
        disk.delete(files.removeLast().path());
        disk.syncDirectory(layout.logDir());
      }
      lastZxid = files.isEmpty() ? -1 : cut(files.getLast().path(), zxid);
    } catch (Throwable t) {
      throw fail(t);
    }
  }

  @Override
  public long lastForceNanos() {
    return lastForceNanos;
  }

  /** Closes the current file; what was appended and not forced may be lost. */
  void close() throws IOException {
    LogFileWriter w = writer;
    writer = null;
    if (w == null) {
      return;
    }
    if (failure == null) {
      w.end();
    } else {
      w.abandon();
    }
  }

  private LogFileWriter startFile(long zxid) throws IOException {
    LogFileWriter.Settings s = settings;
    if (s == null) {
      s =
          new LogFileWriter.Settings(
              configuration.codec().name(),
              configuration.preallocateBytes(),
              configuration.forceSync());
      settings = s;
    }
    String name = StoredFile.LOG_PREFIX + Long.toHexString(zxid);
    return new LogFileWriter(disk, layout.logDir(), name, s);
  }

  private void endFile() throws IOException {
    LogFileWriter w = writer;
    if (w != null) {
      w.force();
      w.end();
      writer = null;
    }
  }

  /** A state holds only what was committed, and that is never taken back. */
  private void refuseBelowState(long zxid) throws IOException {
    long newest = states.newestZxid();
    if (newest > zxid) {
      throw new IOException(
          "The log can not be truncated to zxid 0x"
              + Long.toHexString(zxid)
              + ": the state of zxid 0x"
              + Long.toHexString(newest)
              + " in "
              + layout.snapshotDir()
              + " is newer");
    }
  }

  /** Cuts a file behind its last record up to {@code zxid}; returns that record's zxid. */
  private long cut(Path path, long zxid) throws IOException {
    long last = -1;
    long end;
    try (LogFileReader reader = new LogFileReader(path, configuration)) {
      while (reader.next()) {
        long z = configuration.codec().zxidOf(reader.array(), reader.offset(), reader.length());
        if (z > zxid) {
          break;
        }
        last = z;
      }
      end = reader.position();
    }
    try (DiskFile file = disk.open(path)) {
      file.truncate(end);
      file.force();
    }
    return last;
  }

  private void checkReady() throws IOException {
    checkUsable();
    if (!replayed) {
      throw new IllegalStateException("The log has to be replayed first");
    }
  }

  private void checkUsable() throws IOException {
    Throwable f = failure;
    if (f != null) {
      throw new IOException("The transaction log failed before and is not used again", f);
    }
  }

  private IOException fail(Throwable t) {
    failure = t;
    switch (t) {
      case IOException e -> {
        return e;
      }
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> {
        return new IOException(t);
      }
    }
  }
}
