package io.quorate.spi.storage;

import java.io.IOException;

/** A storage by name; found by {@link java.util.ServiceLoader} through module descriptors. */
public interface StorageProvider {
  /** The name in the configuration, lower case. */
  String name();

  /**
   * Opens the storage, making what is missing. Takes the directory for this process.
   *
   * @throws IOException if the directory can not be used or is in use; nothing was changed
   */
  Storage open(StorageConfiguration configuration) throws IOException;
}
