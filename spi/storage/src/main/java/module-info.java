/** Provider interface for the transaction log, snapshots and epochs. */
module io.quorate.spi.storage {
  requires static org.jspecify;
  requires transitive io.quorate.api;
}
