/** A storage for Quorate that keeps all in memory and writes one file. */
module com.example.memoryfile {
  requires io.quorate.spi.storage;

  provides io.quorate.spi.storage.StorageProvider with
      com.example.memoryfile.MemoryFileProvider;
}
