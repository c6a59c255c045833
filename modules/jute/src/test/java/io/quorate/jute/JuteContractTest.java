package io.quorate.jute;

import io.quorate.spi.codec.CodecProvider;
import io.quorate.spi.codec.tck.CodecContract;

/** This codec does what every codec does. */
class JuteContractTest extends CodecContract {
  @Override
  protected CodecProvider provider() {
    return new JuteCodecProvider();
  }
}
