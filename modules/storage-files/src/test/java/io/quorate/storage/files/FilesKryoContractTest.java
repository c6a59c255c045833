package io.quorate.storage.files;

import io.quorate.codec.kryo.KryoCodecProvider;
import io.quorate.spi.codec.CodecProvider;

class FilesKryoContractTest extends FilesContractTest {
  @Override
  protected CodecProvider codec() {
    return new KryoCodecProvider();
  }
}
