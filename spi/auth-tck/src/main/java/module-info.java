/** The tests that every authentication scheme passes. */
module io.quorate.spi.auth.tck {
  requires static org.jspecify;
  requires transitive io.quorate.api;
  requires transitive io.quorate.spi.auth;
  requires transitive org.junit.jupiter.api;

  exports io.quorate.spi.auth.tck;

  opens io.quorate.spi.auth.tck;
}
