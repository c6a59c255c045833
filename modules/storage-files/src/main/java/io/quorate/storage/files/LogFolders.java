package io.quorate.storage.files;

import io.quorate.spi.storage.CorruptStorageException;
import io.quorate.spi.storage.Epochs;
import io.quorate.spi.storage.StorageConfiguration;
import io.quorate.spi.storage.TransactionLog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a data directory that do not depend on how states are kept: the folders with their
 * locks, the transaction log, and the epochs. {@link FilesStorageProvider} keeps its snapshots
 * beside them; another storage that keeps states in its own way opens this and has no log of its
 * own.
 *
 * <p>Threads as rule 6 of the storage contract says: the log is the log writer's; {@link
 * #purgeBefore} and {@link #checkNoRecords} belong to the snapshot helper's thread or to the start.
 */
public final class LogFolders implements AutoCloseable {
  /** Says which states there are. */
  @FunctionalInterface
  public interface States {
    /**
     * The zxid of the newest durable state, or -1; the log is not truncated below it. Any thread.
     */
    long newestZxid() throws IOException;
  }

  private final Layout layout;
  private final Deque<DirectoryLock> locks;
  private final Disk disk;
  private final StorageConfiguration configuration;
  private final FileTransactionLog log;
  private final FileEpochs epochs;

  private LogFolders(
      Layout layout,
      Deque<DirectoryLock> locks,
      Disk disk,
      StorageConfiguration configuration,
      States states) {
    this.layout = layout;
    this.locks = locks;
    this.disk = disk;
    this.configuration = configuration;
    this.epochs = new FileEpochs(layout.snapshotDir(), disk);
    this.log = new FileTransactionLog(layout, disk, configuration, states, epochs::settle);
  }

  /**
   * Opens the two directories and takes them for this process.
   *
   * @param states where the caller's states are
   * @throws IOException if one of them is missing and may not be made, can not be written, is in
   *     use (naming the process), or holds what belongs into the other
   */
  public static LogFolders open(StorageConfiguration configuration, States states)
      throws IOException {
    return open(configuration, new SystemDisk(configuration.forceSync()), states);
  }

  /** With {@code states} null, the states are the snapshots in the folder. */
  static LogFolders open(StorageConfiguration configuration, Disk disk, @Nullable States states)
      throws IOException {
    Layout layout =
        Layout.open(
            configuration.dataDir(), configuration.logDir(), configuration.autoCreate(), disk);
    Deque<DirectoryLock> locks = new ArrayDeque<>();
    try {
      locks.push(DirectoryLock.take(layout.dataDir()));
      if (!layout.isShared()) {
        locks.push(DirectoryLock.take(layout.dataLogDir()));
      }
      layout.checkContents();
      layout.deleteLeftovers(disk);
      return new LogFolders(
          layout, locks, disk, configuration, states == null ? () -> newestZxid(layout) : states);
    } catch (Throwable t) {
      release(locks);
      throw t;
    }
  }

  private static long newestZxid(Layout layout) throws IOException {
    List<StoredFile> snapshots = layout.snapshots();
    return snapshots.isEmpty() ? -1 : snapshots.getFirst().zxid();
  }

  Layout layout() {
    return layout;
  }

  Disk disk() {
    return disk;
  }

  /** The transaction log. */
  public TransactionLog log() {
    return log;
  }

  /** The epochs. */
  public Epochs epochs() {
    return epochs;
  }

  /** The folder for states; epochs are in it too. */
  public Path stateFolder() {
    return layout.snapshotDir();
  }

  /** The newest snapshot of {@link FilesStorageProvider} in the folder, or null. */
  public @Nullable Path newestSnapshot() throws IOException {
    List<StoredFile> snapshots = layout.snapshots();
    return snapshots.isEmpty() ? null : snapshots.getFirst().path();
  }

  /**
   * Puts creations, renames and deletions in {@link #stateFolder} on stable storage.
   *
   * @throws IOException if the disk refuses
   */
  public void syncStateFolder() throws IOException {
    disk.syncDirectory(layout.snapshotDir());
  }

  /**
   * Refuses logs without a state (rule 9), unless the configuration trusts an empty one.
   *
   * @param missing why there is no state, in the words of the message: "no snapshot"
   * @throws CorruptStorageException if the log holds a record
   */
  public void checkNoRecords(String missing) throws IOException {
    new LogsAlone(layout, configuration).refuse(missing);
  }

  /**
   * Deletes the log files that a replay from behind {@code zxid} does not need.
   *
   * @return how many
   */
  public int purgeBefore(long zxid) throws IOException {
    return Purge.logsBefore(layout, disk, zxid);
  }

  /** Size of all files in {@link #stateFolder}, in bytes. Any thread. */
  public long stateSizeBytes() {
    return Layout.sizeOf(layout.snapshotDir());
  }

  /** Size of all files where logs are, in bytes. Any thread. */
  public long logSizeBytes() {
    return Layout.sizeOf(layout.logDir());
  }

  /** Ends the log without forcing it and lets the directories go. */
  @Override
  public void close() throws IOException {
    try {
      log.close();
    } finally {
      release(locks);
    }
  }

  private static void release(Deque<DirectoryLock> locks) throws IOException {
    while (!locks.isEmpty()) {
      locks.pop().close();
    }
  }
}
