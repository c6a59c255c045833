package io.quorate.server;

import io.quorate.spi.storage.StorageProvider;
import java.io.IOException;

/** Purges a data directory from outside its server. */
public final class StoragePurge {
  private StoragePurge() {}

  /**
   * Deletes all snapshots but the newest, and the logs that only they need (reference section 4.7).
   *
   * @param retain how many whole snapshots stay, at least 1
   * @return how many files were deleted
   * @throws StartException if a provider is missing
   * @throws IOException if the directory can not be used
   */
  public static int run(ServerConfig config, int retain) throws StartException, IOException {
    // Purging is often told no more than the directories; what they hold they say themselves.
    DataRecord data =
        DataRecord.find(config.data().dataDir(), config.data().logDir())
            .orElse(DataRecord.of(config));
    Providers providers = Providers.of(config);
    StorageProvider provider =
        providers.find(StorageProvider.class, "storage", data.storage(), StorageProvider::name);
    return provider.purge(
        QuorateServer.storageSettings(config, QuorateServer.codec(providers, config, data.codec())),
        retain);
  }
}
