package io.quorate.jute;

import io.quorate.spi.codec.Codec;
import io.quorate.spi.codec.CodecConfiguration;
import io.quorate.spi.codec.CodecProvider;

/** Provides the codec {@code jute}: Apache ZooKeeper's own formats, to the byte. */
public final class JuteCodecProvider implements CodecProvider {
  /** For {@link java.util.ServiceLoader}. */
  public JuteCodecProvider() {}

  @Override
  public String name() {
    return "jute";
  }

  @Override
  public Codec open(CodecConfiguration configuration) {
    return new JuteCodec(configuration);
  }
}
