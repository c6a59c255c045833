/** The loops that carry inputs to the replica and its effects to the providers; configuration. */
module io.quorate.server {
  requires static org.jspecify;
  requires transitive io.quorate.api;
  requires transitive io.quorate.replica;
  requires transitive io.quorate.jute;
  requires transitive io.quorate.spi.auth;
  requires transitive io.quorate.spi.metrics;
  requires transitive io.quorate.spi.transport;
  requires io.quorate.spi.codec;
  requires io.quorate.spi.storage;
  requires org.slf4j;
  requires org.jctools.core;

  exports io.quorate.server;

  uses io.quorate.spi.auth.AuthProvider;
  uses io.quorate.spi.auth.SaslProvider;
  uses io.quorate.spi.codec.CodecProvider;
  uses io.quorate.spi.metrics.MetricsProvider;
  uses io.quorate.spi.storage.StorageProvider;
  uses io.quorate.spi.transport.TransportProvider;
}
