/** What a codec plug-in implements: transactions and state to bytes and back. */
module io.quorate.spi.codec {
  requires transitive io.quorate.api;
  requires static transitive org.jspecify;

  exports io.quorate.spi.codec;
}
