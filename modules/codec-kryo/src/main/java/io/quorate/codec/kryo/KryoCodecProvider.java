package io.quorate.codec.kryo;

import io.quorate.spi.codec.Codec;
import io.quorate.spi.codec.CodecConfiguration;
import io.quorate.spi.codec.CodecProvider;

/** Provides the codec {@code kryo}. */
public final class KryoCodecProvider implements CodecProvider {
  /** For {@link java.util.ServiceLoader}. */
  public KryoCodecProvider() {}

  @Override
  public String name() {
    return KryoCodec.NAME;
  }

  @Override
  public Codec open(CodecConfiguration configuration) {
    return new KryoCodec(configuration);
  }
}
