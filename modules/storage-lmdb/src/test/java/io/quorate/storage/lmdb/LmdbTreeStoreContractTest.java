package io.quorate.storage.lmdb;

import io.quorate.api.EphemeralOwner;
import io.quorate.api.TreeStore;
import io.quorate.api.TreeView;
import io.quorate.spi.storage.tck.TreeStoreContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** With settling by checkpoints, and with layers so small that they move all the time. */
abstract class LmdbTreeStoreContractTest extends TreeStoreContract {
  private final long layerBytes;
  private final Map<TreeStore, LmdbStorage> storages = new HashMap<>();
  @TempDir Path temp;

  LmdbTreeStoreContractTest(long layerBytes) {
    this.layerBytes = layerBytes;
  }

  @Override
  protected TreeStore create(EphemeralOwner.Encoding encoding, boolean digests) {
    try {
      Path directory = temp.resolve("data-" + storages.size());
      TreeSettings settings =
          new TreeSettings(storages.size(), encoding, digests, layerBytes, 1 << 20, false);
      LmdbStorage storage = LmdbStorage.open(Directories.configuration(directory), settings);
      TreeStore store = storage.treeStore().orElseThrow();
      storages.put(store, storage);
      return store;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  protected void settle(TreeStore store) {
    TreeView published = store.reader().latest();
    try {
      storages.get(store).snapshots().write(published);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @AfterEach
  void closeStorages() throws IOException {
    for (LmdbStorage storage : storages.values()) {
      storage.close();
    }
  }
}
