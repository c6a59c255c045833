/** Provider interface for authentication schemes. */
module io.quorate.spi.auth {
  requires static org.jspecify;
  requires transitive io.quorate.api;
}
