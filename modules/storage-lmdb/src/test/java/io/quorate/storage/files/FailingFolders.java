package io.quorate.storage.files;

import io.quorate.spi.storage.StorageConfiguration;
import io.quorate.spi.storage.tck.DiskFaults;
import java.io.IOException;

/** Log and epochs on a disk that fails when it is told to. */
public final class FailingFolders implements DiskFaults {
  private final FaultyDisk disk = new FaultyDisk(new SystemDisk(false));

  /** As {@link LogFolders#open(StorageConfiguration, LogFolders.States)}. */
  public LogFolders open(StorageConfiguration configuration, LogFolders.States states)
      throws IOException {
    return LogFolders.open(configuration, disk, states);
  }

  @Override
  public void failAfter(int operations) {
    disk.failAfter(operations);
  }

  @Override
  public void heal() {
    disk.heal();
  }
}
