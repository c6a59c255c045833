package io.quorate.storage.files;

import io.quorate.api.TreeStore;
import io.quorate.spi.storage.Epochs;
import io.quorate.spi.storage.Snapshots;
import io.quorate.spi.storage.Storage;
import io.quorate.spi.storage.StorageConfiguration;
import io.quorate.spi.storage.TransactionLog;
import java.io.IOException;
import java.util.Optional;

/** An opened pair of directories: log and epochs, and snapshots beside them. */
final class FilesStorage implements Storage {
  private final LogFolders folders;
  private final FileSnapshots snapshots;

  private FilesStorage(LogFolders folders, StorageConfiguration configuration) {
    this.folders = folders;
    this.snapshots = new FileSnapshots(folders.layout(), folders.disk(), configuration);
  }

  static FilesStorage open(StorageConfiguration configuration, Disk disk) throws IOException {
    LogFolders folders = LogFolders.open(configuration, disk, null);
    try {
      return new FilesStorage(folders, configuration);
    } catch (Throwable t) {
      folders.close();
      throw t;
    }
  }

  @Override
  public TransactionLog log() {
    return folders.log();
  }

  @Override
  public Snapshots snapshots() {
    return snapshots;
  }

  @Override
  public Epochs epochs() {
    return folders.epochs();
  }

  @Override
  public Optional<TreeStore> treeStore() {
    return Optional.empty();
  }

  @Override
  public long dataSizeBytes() {
    return folders.stateSizeBytes();
  }

  @Override
  public long logSizeBytes() {
    return folders.logSizeBytes();
  }

  @Override
  public void close() throws IOException {
    folders.close();
  }
}
