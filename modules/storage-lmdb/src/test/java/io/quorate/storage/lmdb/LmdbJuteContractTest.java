package io.quorate.storage.lmdb;

import io.quorate.jute.JuteCodecProvider;
import io.quorate.spi.codec.CodecProvider;

class LmdbJuteContractTest extends LmdbContractTest {
  @Override
  protected CodecProvider codec() {
    return new JuteCodecProvider();
  }
}
