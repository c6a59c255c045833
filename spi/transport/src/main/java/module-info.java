/** What a transport plug-in implements: connections, byte streams, TLS, back-pressure. */
module io.quorate.spi.transport {
  requires transitive io.quorate.api;
  requires static transitive org.jspecify;

  exports io.quorate.spi.transport;
}
