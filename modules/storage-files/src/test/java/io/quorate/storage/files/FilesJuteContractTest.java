package io.quorate.storage.files;

import io.quorate.jute.JuteCodecProvider;
import io.quorate.spi.codec.CodecProvider;

class FilesJuteContractTest extends FilesContractTest {
  @Override
  protected CodecProvider codec() {
    return new JuteCodecProvider();
  }
}
