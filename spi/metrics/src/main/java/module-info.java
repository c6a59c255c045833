/** Provider interface for where numbers go. */
module io.quorate.spi.metrics {
  requires static org.jspecify;
  requires transitive io.quorate.api;
}
