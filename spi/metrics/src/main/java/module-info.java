/** What a metrics plug-in implements: where numbers go. */
module io.quorate.spi.metrics {
  requires transitive io.quorate.api;
  requires static transitive org.jspecify;

  exports io.quorate.spi.metrics;
}
