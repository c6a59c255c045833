package io.quorate.transport.netty;

import io.quorate.spi.transport.Transport;
import io.quorate.spi.transport.TransportProvider;
import io.quorate.spi.transport.tck.TransportContract;

class NioTransportTest extends TransportContract {
  @Override
  protected TransportProvider provider() {
    return Quick.provider(SocketKind.NIO);
  }

  @Override
  protected void closed(Transport transport) {
    HeldMemory.assertNone(transport);
  }
}
