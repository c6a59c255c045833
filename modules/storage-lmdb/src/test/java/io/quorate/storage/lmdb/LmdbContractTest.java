package io.quorate.storage.lmdb;

import io.quorate.spi.storage.StorageProvider;
import io.quorate.spi.storage.tck.StorageContract;

class LmdbContractTest extends StorageContract {
  @Override
  protected StorageProvider provider() {
    return new LmdbStorageProvider();
  }
}
