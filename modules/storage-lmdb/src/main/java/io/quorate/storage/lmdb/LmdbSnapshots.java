package io.quorate.storage.lmdb;

import io.quorate.api.TreeStore;
import io.quorate.api.TreeView;
import io.quorate.spi.storage.CorruptStorageException;
import io.quorate.spi.storage.Snapshots;
import io.quorate.storage.files.LogFolders;
import java.io.IOException;
import java.nio.file.Path;

/** The states in the file: there is always one, the newest checkpoint. */
final class LmdbSnapshots implements Snapshots {
  private final LogFolders folders;
  private final LmdbTreeStore store;
  private final Checkpoints checkpoints;
  private final TreeSettings settings;

  LmdbSnapshots(
      LogFolders folders, LmdbTreeStore store, Checkpoints checkpoints, TreeSettings settings) {
    this.folders = folders;
    this.store = store;
    this.checkpoints = checkpoints;
    this.settings = settings;
  }

  @Override
  public Loaded load(TreeStore into) throws IOException {
    if (into != store) {
      throw new IllegalArgumentException("states are loaded into the storage's own tree store");
    }
    State state = checkpoints.load(store.nextLineage());
    if (state == null) {
      refuseSnapshots();
      folders.checkNoRecords("no tree");
      return Loaded.NOTHING;
    }
    store.start(state);
    return new Loaded(state.zxid, settings.digests() ? state.zxid : -1, state.digest);
  }

  private void refuseSnapshots() throws IOException {
    Path snapshot = folders.newestSnapshot();
    if (snapshot != null) {
      throw new CorruptStorageException(
          snapshot,
          -1,
          "The data directory belongs to the storage files",
          "Start with storage=files, or convert the directory");
    }
  }

  @Override
  public long write(TreeView view) throws IOException {
    if (!(view instanceof State state)) {
      throw new IllegalArgumentException("not a view of this storage's tree store");
    }
    return checkpoints.write(state);
  }

  @Override
  public int purge(int retain, long sizeBudgetBytes) throws IOException {
    if (retain < 1) {
      throw new IllegalArgumentException("At least one state has to stay, not " + retain);
    }
    if (checkpoints.done() == null) {
      checkpoints.load(store.nextLineage());
    }
    long[] history = checkpoints.history();
    if (history.length == 0) {
      return 0;
    }
    boolean tooLarge =
        sizeBudgetBytes > 0 && folders.logSizeBytes() + checkpoints.usedBytes() > sizeBudgetBytes;
    int oldest = tooLarge ? history.length - 1 : Math.max(0, history.length - retain);
    return folders.purgeBefore(history[oldest]);
  }
}
