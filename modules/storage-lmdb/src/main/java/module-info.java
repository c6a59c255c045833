/** Storage that keeps znodes in a memory map. */
module io.quorate.storage.lmdb {
  requires static org.jspecify;
  requires transitive io.quorate.api;
  requires transitive io.quorate.spi.storage;
  requires io.quorate.storage.files;
  requires org.slf4j;

  exports io.quorate.storage.lmdb;

  provides io.quorate.spi.storage.StorageProvider with
      io.quorate.storage.lmdb.LmdbStorageProvider;
}
