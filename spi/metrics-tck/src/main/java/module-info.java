/** The tests that every metrics provider passes. */
module io.quorate.spi.metrics.tck {
  requires static org.jspecify;
  requires transitive io.quorate.api;
  requires transitive io.quorate.spi.metrics;
  requires transitive org.junit.jupiter.api;
  requires jdk.management;

  exports io.quorate.spi.metrics.tck;

  opens io.quorate.spi.metrics.tck;
}
