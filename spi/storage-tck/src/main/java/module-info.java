/** The tests that every storage passes. */
module io.quorate.spi.storage.tck {
  requires static org.jspecify;
  requires transitive io.quorate.api;
  requires transitive io.quorate.spi.codec;
  requires transitive io.quorate.spi.storage;
  requires io.quorate.spi.codec.tck;
  requires transitive org.junit.jupiter.api;

  exports io.quorate.spi.storage.tck;

  opens io.quorate.spi.storage.tck;
}
