package io.quorate.storage.lmdb;

import io.quorate.codec.kryo.KryoCodecProvider;
import io.quorate.spi.codec.CodecProvider;

class LmdbKryoContractTest extends LmdbContractTest {
  @Override
  protected CodecProvider codec() {
    return new KryoCodecProvider();
  }
}
