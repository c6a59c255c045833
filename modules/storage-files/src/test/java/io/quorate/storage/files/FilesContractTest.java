package io.quorate.storage.files;

import io.quorate.spi.storage.Storage;
import io.quorate.spi.storage.StorageConfiguration;
import io.quorate.spi.storage.StorageProvider;
import io.quorate.spi.storage.tck.DiskFaults;
import io.quorate.spi.storage.tck.StorageContract;
import java.io.IOException;

/** This storage does what every storage does. */
class FilesContractTest extends StorageContract {
  private final FaultyDisk disk = new FaultyDisk(new SystemDisk(false));

  @Override
  protected StorageProvider provider() {
    return new StorageProvider() {
      @Override
      public String name() {
        return "files";
      }

      @Override
      public Storage open(StorageConfiguration configuration) throws IOException {
        return FilesStorage.open(configuration, disk);
      }
    };
  }

  @Override
  protected DiskFaults faults() {
    return new DiskFaults() {
      @Override
      public void failAfter(int operations) {
        disk.failAfter(operations);
      }

      @Override
      public void heal() {
        disk.heal();
      }
    };
  }
}
