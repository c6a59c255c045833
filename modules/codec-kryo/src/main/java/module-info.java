/** A compact codec, made with Kryo. */
module io.quorate.codec.kryo {
  requires static org.jspecify;
  requires transitive io.quorate.api;
  requires transitive io.quorate.spi.codec;
  requires com.esotericsoftware.kryo.kryo5;

  exports io.quorate.codec.kryo;

  provides io.quorate.spi.codec.CodecProvider with
      io.quorate.codec.kryo.KryoCodecProvider;
}
