/** The Jute codec and the client wire messages. */
module io.quorate.jute {
  requires static org.jspecify;
  requires transitive io.quorate.api;
  requires transitive io.quorate.spi.codec;

  exports io.quorate.jute;

  provides io.quorate.spi.codec.CodecProvider with
      io.quorate.jute.JuteCodecProvider;
}
