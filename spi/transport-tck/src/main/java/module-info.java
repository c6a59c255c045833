/** The tests that every transport passes. */
module io.quorate.spi.transport.tck {
  requires static org.jspecify;
  requires transitive io.quorate.api;
  requires transitive io.quorate.spi.transport;
  requires transitive org.junit.jupiter.api;

  exports io.quorate.spi.transport.tck;

  opens io.quorate.spi.transport.tck;
}
