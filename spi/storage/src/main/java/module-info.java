/** What a storage plug-in implements: transaction log, snapshots or tree store, epochs. */
module io.quorate.spi.storage {
  requires transitive io.quorate.api;
  requires transitive io.quorate.spi.codec;
  requires static transitive org.jspecify;

  exports io.quorate.spi.storage;
}
