package io.quorate.jute;

import io.quorate.spi.codec.Codec;
import io.quorate.spi.codec.CodecConfiguration;
import io.quorate.spi.codec.CodecProvider;
import io.quorate.spi.codec.FormatMark;

/** Provides the codec {@code jute}: Apache ZooKeeper's own formats, to the byte. */
public final class JuteCodecProvider implements CodecProvider {
  /** For {@link java.util.ServiceLoader}. */
  public JuteCodecProvider() {}

  @Override
  public String name() {
    return FormatMark.APACHE;
  }

  @Override
  public Codec open(CodecConfiguration configuration) {
    return new JuteCodec(configuration);
  }
}
