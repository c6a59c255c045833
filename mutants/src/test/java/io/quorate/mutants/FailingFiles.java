package io.quorate.mutants;

import io.quorate.spi.storage.Storage;
import io.quorate.spi.storage.StorageConfiguration;
import io.quorate.spi.storage.StorageProvider;
import io.quorate.spi.storage.tck.DiskFaults;
import io.quorate.spi.storage.tck.FaultyStorage;
import io.quorate.storage.files.FilesStorageProvider;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A right storage whose disk fails when told to. */
final class FailingFiles implements StorageProvider, DiskFaults {
  private final FilesStorageProvider files = new FilesStorageProvider();
  private int left = Integer.MAX_VALUE;
  private long seed;
  private @Nullable FaultyStorage newest;

  @Override
  public String name() {
    return "failing";
  }

  @Override
  public Storage open(StorageConfiguration configuration) throws IOException {
    FaultyStorage storage =
        new FaultyStorage(files.open(configuration), configuration.maxRecordBytes(), seed++);
    storage.failAfter(left);
    newest = storage;
    return storage;
  }

  @Override
  public void failAfter(int operations) {
    left = operations;
    if (newest != null) {
      newest.failAfter(operations);
    }
  }

  @Override
  public void heal() {
    left = Integer.MAX_VALUE;
  }
}
