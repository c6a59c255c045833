/** Four-letter words, metrics and the log of pauses, over the published view of the server. */
module io.quorate.admin {
  exports io.quorate.admin;

  requires static org.jspecify;
  requires transitive io.quorate.api;
  requires transitive io.quorate.server;
  requires org.slf4j;

  provides io.quorate.spi.metrics.MetricsProvider with
      io.quorate.admin.DefaultMetrics;
}
