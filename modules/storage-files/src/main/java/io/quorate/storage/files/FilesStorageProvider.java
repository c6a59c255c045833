package io.quorate.storage.files;

import io.quorate.spi.storage.Storage;
import io.quorate.spi.storage.StorageConfiguration;
import io.quorate.spi.storage.StorageProvider;
import java.io.IOException;

/**
 * Storage in files of the ZooKeeper formats: {@code log.<zxid>}, {@code snapshot.<zxid>} and the
 * epoch files in {@code version-2} folders. Znodes are kept on the heap by the server.
 */
public final class FilesStorageProvider implements StorageProvider {
  /** For {@link java.util.ServiceLoader}. */
  public FilesStorageProvider() {}

  @Override
  public String name() {
    return "files";
  }

  /**
   * Opens the two directories.
   *
   * @throws IOException if one of them is missing and may not be made, can not be written, is in
   *     use, or holds what belongs into the other
   * @throws IllegalArgumentException if the configuration names a compression that is not known
   */
  @Override
  public Storage open(StorageConfiguration configuration) throws IOException {
    return FilesStorage.open(configuration, new SystemDisk(configuration.forceSync()));
  }

  /** Also while a server uses the directories: only files that it does not need any more go. */
  @Override
  public int purge(StorageConfiguration configuration, int retain) throws IOException {
    Disk disk = new SystemDisk(configuration.forceSync());
    Layout layout = Layout.open(configuration.dataDir(), configuration.logDir(), false, disk);
    return new FileSnapshots(layout, disk, configuration).purge(retain, 0);
  }
}
