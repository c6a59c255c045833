package com.example.memoryfile;

import io.quorate.spi.storage.StorageProvider;
import io.quorate.spi.storage.tck.DiskFaults;
import io.quorate.spi.storage.tck.StorageContract;
import java.io.IOException;

/** This storage does what every storage does. All tests are inherited. */
class MemoryFileContractTest extends StorageContract {
  private int left = Integer.MAX_VALUE;

  @Override
  protected StorageProvider provider() {
    return new MemoryFileProvider(
        () -> {
          if (left-- <= 0) {
            throw new IOException("the disk fails, because a test wants it to");
          }
        });
  }

  @Override
  protected DiskFaults faults() {
    return new DiskFaults() {
      @Override
      public void failAfter(int operations) {
        left = operations;
      }

      @Override
      public void heal() {
        left = Integer.MAX_VALUE;
      }
    };
  }
}
