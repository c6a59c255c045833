package io.quorate.storage.files;

import io.quorate.api.TreeStore;
import io.quorate.spi.storage.Epochs;
import io.quorate.spi.storage.Snapshots;
import io.quorate.spi.storage.Storage;
import io.quorate.spi.storage.StorageConfiguration;
import io.quorate.spi.storage.TransactionLog;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** An opened pair of directories. */
final class FilesStorage implements Storage {
  private final Layout layout;
  private final Deque<DirectoryLock> locks;
  private final FileTransactionLog log;
  private final FileSnapshots snapshots;
  private final FileEpochs epochs;

  private FilesStorage(
      Layout layout, Deque<DirectoryLock> locks, Disk disk, StorageConfiguration configuration) {
    this.layout = layout;
    this.locks = locks;
    this.epochs = new FileEpochs(layout.snapshotDir(), disk);
    this.log = new FileTransactionLog(layout, disk, configuration, epochs::settle);
    this.snapshots = new FileSnapshots(layout, disk, configuration);
  }

  static FilesStorage open(StorageConfiguration configuration, Disk disk) throws IOException {
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
      return new FilesStorage(layout, locks, disk, configuration);
    } catch (Throwable t) {
      release(locks);
      throw t;
    }
  }

  @Override
  public TransactionLog log() {
    return log;
  }

  @Override
  public Snapshots snapshots() {
    return snapshots;
  }

  @Override
  public Epochs epochs() {
    return epochs;
  }

  @Override
  public Optional<TreeStore> treeStore() {
    return Optional.empty();
  }

  @Override
  public long dataSizeBytes() {
    return Layout.sizeOf(layout.snapshotDir());
  }

  @Override
  public long logSizeBytes() {
    return Layout.sizeOf(layout.logDir());
  }

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
