package io.quorate.transport.netty;

import io.quorate.spi.transport.Transport;
import io.quorate.spi.transport.TransportConfiguration;
import java.io.IOException;

class NioTransportTest extends TransportRules {
  @Override
  Transport open(int loops) throws IOException {
    return new NettyTransport(new TransportConfiguration(loops, false), SocketKind.NIO, LIMITS);
  }

  @Override
  void assertNothingHeld(Transport closed) {
    HeldMemory.assertNone(closed);
  }
}
