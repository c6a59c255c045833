/** The loops that carry inputs to the replica and its effects to the providers; configuration. */
module io.quorate.server {
  exports io.quorate.server;

  requires static org.jspecify;
  requires transitive io.quorate.api;
  requires io.quorate.replica;
  requires io.quorate.jute;
  requires io.quorate.spi.storage;
  requires io.quorate.spi.codec;
  requires io.quorate.spi.transport;
  requires io.quorate.spi.auth;
  requires transitive io.quorate.spi.metrics;
  requires org.slf4j;
  requires org.jctools.core;
}
