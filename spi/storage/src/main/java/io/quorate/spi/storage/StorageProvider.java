package io.quorate.spi.storage;

import io.quorate.api.Stability;
import java.io.IOException;

/** A storage by name; found by {@link java.util.ServiceLoader} through module descriptors. */
@Stability.Stable
public interface StorageProvider {
  /** The name in the configuration, lower case. */
  String name();

  /**
   * Opens the storage, making what is missing. Takes the directory for this process.
   *
   * @throws IOException if the directory can not be used or is in use; nothing was changed
   */
  Storage open(StorageConfiguration configuration) throws IOException;

  /**
   * Deletes what is not needed, as {@link Snapshots#purge}, for the command line. A storage that
   * can do so while another process uses the directory overrides it; this one refuses then.
   *
   * @return how many files were deleted
   */
  default int purge(StorageConfiguration configuration, int retain) throws IOException {
    try (Storage storage = open(configuration)) {
      return storage.snapshots().purge(retain, 0);
    }
  }
}
