/** Deterministic simulator: virtual clock, network and disk. */
module io.quorate.simulation {
  requires static org.jspecify;
  requires transitive io.quorate.api;
  requires io.quorate.replica;
  requires io.quorate.server;
  requires io.quorate.jute;
  requires io.quorate.spi.storage;
  requires io.quorate.spi.codec;
  requires io.quorate.spi.transport;
  requires io.quorate.spi.auth;
  requires io.quorate.spi.metrics;
}
