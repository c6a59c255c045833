/** What an authentication plug-in implements: a scheme of ids and how a connection gets one. */
module io.quorate.spi.auth {
  requires transitive io.quorate.api;
  requires static transitive org.jspecify;

  exports io.quorate.spi.auth;
}
