package io.quorate.storage.files;

import io.quorate.spi.storage.Storage;
import io.quorate.spi.storage.StorageConfiguration;
import io.quorate.spi.storage.StorageProvider;
import io.quorate.spi.storage.tck.DiskFaults;
import io.quorate.spi.storage.tck.FaultyStorage;
import io.quorate.spi.storage.tck.StorageContract;
import java.io.IOException;

/** The storage that fails when told to keeps to the rules while it does, and otherwise. */
class FaultyStorageContractTest extends StorageContract {
  private final FilesStorageProvider files = new FilesStorageProvider();
  private int left = Integer.MAX_VALUE;
  private long seed;
  private FaultyStorage newest;

  @Override
  protected StorageProvider provider() {
    return new StorageProvider() {
      @Override
      public String name() {
        return "faulty";
      }

      @Override
      public Storage open(StorageConfiguration configuration) throws IOException {
        newest =
            new FaultyStorage(files.open(configuration), configuration.maxRecordBytes(), seed++);
        newest.failAfter(left);
        return newest;
      }
    };
  }

  @Override
  protected DiskFaults faults() {
    return new DiskFaults() {
      @Override
      public void failAfter(int operations) {
        left = operations;
        newest.failAfter(operations);
      }

      @Override
      public void heal() {
        left = Integer.MAX_VALUE;
      }
    };
  }
}
