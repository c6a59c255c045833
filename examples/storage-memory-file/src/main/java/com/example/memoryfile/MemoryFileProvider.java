package com.example.memoryfile;

import io.quorate.spi.storage.Storage;
import io.quorate.spi.storage.StorageConfiguration;
import io.quorate.spi.storage.StorageProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the server finds: a public class without arguments, named in {@code module-info}. */
public final class MemoryFileProvider implements StorageProvider {
  private final DiskHook hook;

  /** For the server. */
  public MemoryFileProvider() {
    this(() -> {});
  }

  /** For tests, whose disk fails. */
  MemoryFileProvider(DiskHook hook) {
    this.hook = hook;
  }

  @Override
  public String name() {
    return "memory-file";
  }

  /** Opens {@code memory-file.data} in the data directory; the log's directory is not used. */
  @Override
  public Storage open(StorageConfiguration configuration) throws IOException {
    Path directory = configuration.dataDir();
    if (!Files.isDirectory(directory)) {
      if (!configuration.autoCreate()) {
        throw new IOException("The data directory " + directory + " is missing");
      }
      Files.createDirectories(directory);
    }
    DirectoryLock lock = DirectoryLock.take(directory);
    try {
      return new MemoryFileStorage(configuration, lock, hook);
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }
}
