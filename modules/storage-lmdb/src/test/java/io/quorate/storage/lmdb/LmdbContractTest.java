package io.quorate.storage.lmdb;

import io.quorate.api.EphemeralOwner;
import io.quorate.spi.storage.Storage;
import io.quorate.spi.storage.StorageConfiguration;
import io.quorate.spi.storage.StorageProvider;
import io.quorate.spi.storage.tck.DiskFaults;
import io.quorate.spi.storage.tck.StorageContract;
import io.quorate.storage.files.FailingFolders;
import java.io.IOException;

/**
 * This storage does what every storage does. The disk fails below log and epochs; LMDB writes its
 * file itself, and the tests of the shipped image fill and cut a real disk below that.
 */
class LmdbContractTest extends StorageContract {
  private static final long MB = 1 << 20;

  private final FailingFolders folders = new FailingFolders();

  @Override
  protected StorageProvider provider() {
    return new StorageProvider() {
      @Override
      public String name() {
        return "lmdb";
      }

      @Override
      public Storage open(StorageConfiguration configuration) throws IOException {
        return LmdbStorage.open(
            configuration,
            new TreeSettings(3, EphemeralOwner.Encoding.EXTENDED, true, MB, MB, true),
            folders::open);
      }
    };
  }

  @Override
  protected DiskFaults faults() {
    return folders;
  }
}
