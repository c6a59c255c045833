/** Provider interface for turning records into bytes and back. */
module io.quorate.spi.codec {
  requires static org.jspecify;
  requires transitive io.quorate.api;
}
