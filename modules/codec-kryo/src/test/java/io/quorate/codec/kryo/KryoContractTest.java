package io.quorate.codec.kryo;

import io.quorate.spi.codec.CodecProvider;
import io.quorate.spi.codec.tck.CodecContract;

/** This codec does what every codec does. */
class KryoContractTest extends CodecContract {
  @Override
  protected CodecProvider provider() {
    return new KryoCodecProvider();
  }
}
