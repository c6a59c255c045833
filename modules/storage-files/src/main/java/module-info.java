/** Storage in files of the ZooKeeper formats. */
module io.quorate.storage.files {
  requires static org.jspecify;
  requires transitive io.quorate.api;
  requires transitive io.quorate.spi.storage;
  requires transitive io.quorate.spi.codec;
  requires org.slf4j;
  requires io.netty.buffer;
  requires io.netty.codec.compression;

  exports io.quorate.storage.files;

  provides io.quorate.spi.storage.StorageProvider with
      io.quorate.storage.files.FilesStorageProvider;
}
