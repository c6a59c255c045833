/** The tests that every codec passes. */
module io.quorate.spi.codec.tck {
  requires static org.jspecify;
  requires transitive io.quorate.api;
  requires transitive io.quorate.spi.codec;
  requires transitive org.junit.jupiter.api;
  requires jdk.management;

  exports io.quorate.spi.codec.tck;

  opens io.quorate.spi.codec.tck;
}
