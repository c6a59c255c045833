package io.quorate.storage.lmdb;

import io.quorate.api.TreeStore;
import io.quorate.spi.storage.Epochs;
import io.quorate.spi.storage.Snapshots;
import io.quorate.spi.storage.Storage;
import io.quorate.spi.storage.StorageConfiguration;
import io.quorate.spi.storage.TransactionLog;
import io.quorate.storage.files.LogFolders;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** An opened pair of directories: log and epochs in files, and the tree in its own beside them. */
final class LmdbStorage implements Storage {
  private final LogFolders folders;
  private final Checkpoints checkpoints;
  private final LmdbTreeStore store;
  private final LmdbSnapshots snapshots;
  private final TransactionLog log;

  private LmdbStorage(LogFolders folders, Checkpoints checkpoints, TreeSettings settings) {
    this.folders = folders;
    this.checkpoints = checkpoints;
    this.log = new StartLog(folders.log(), checkpoints);
    this.store = new LmdbTreeStore(settings, checkpoints);
    this.snapshots = new LmdbSnapshots(folders, store, checkpoints, settings);
  }

  static LmdbStorage open(StorageConfiguration configuration, TreeSettings settings)
      throws IOException {
    return open(configuration, settings, LogFolders::open);
  }

  /** Opens log and epochs; tests do so on a disk that fails. */
  @FunctionalInterface
  interface FoldersOpener {
    /** As {@link LogFolders#open}. */
    LogFolders open(StorageConfiguration configuration, LogFolders.States states)
        throws IOException;
  }

  static LmdbStorage open(
      StorageConfiguration configuration, TreeSettings settings, FoldersOpener opener)
      throws IOException {
    NativeLibrary.loadAhead();
    Checkpoints[] made = new Checkpoints[1];
    LogFolders folders = opener.open(configuration, () -> made[0].zxid());
    made[0] = new Checkpoints(settings, folders);
    return new LmdbStorage(folders, made[0], settings);
  }

  /** For tests and measurements. */
  Checkpoints checkpoints() {
    return checkpoints;
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
    return folders.epochs();
  }

  @Override
  public Optional<TreeStore> treeStore() {
    return Optional.of(store);
  }

  @Override
  public long dataSizeBytes() {
    return folders.stateSizeBytes();
  }

  @Override
  public long logSizeBytes() {
    return folders.logSizeBytes();
  }

  /**
   * {@code lmdb_checkpoints}: how many were written; {@code lmdb_checkpoint_waits}: how often
   * writes had to wait for one; {@code lmdb_reader_age_ms}: how long the oldest read of the map has
   * taken so far; {@code lmdb_map_used_bytes}: the part of the map that holds something.
   */
  @Override
  public Map<String, Number> numbers() {
    return Map.of(
        "lmdb_checkpoints", checkpoints.written(),
        "lmdb_checkpoint_waits", checkpoints.waits(),
        "lmdb_reader_age_ms", checkpoints.readerAgeMs(),
        "lmdb_map_used_bytes", checkpoints.usedBytes());
  }

  @Override
  public void close() throws IOException {
    try {
      store.close();
    } finally {
      folders.close();
    }
  }
}
