/** Provider interface for client and peer connections. */
module io.quorate.spi.transport {
  requires static org.jspecify;
  requires transitive io.quorate.api;
}
