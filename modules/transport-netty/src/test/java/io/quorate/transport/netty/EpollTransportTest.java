package io.quorate.transport.netty;

import io.netty.channel.epoll.Epoll;
import io.quorate.spi.transport.Transport;
import io.quorate.spi.transport.TransportConfiguration;
import java.io.IOException;
import org.junit.jupiter.api.Assumptions;

class EpollTransportTest extends TransportRules {
  @Override
  Transport open(int loops) throws IOException {
    Assumptions.assumeTrue(Epoll.isAvailable(), "no native library for this platform");
    return new NettyTransport(new TransportConfiguration(loops, true), SocketKind.EPOLL, LIMITS);
  }

  @Override
  void assertNothingHeld(Transport closed) {
    HeldMemory.assertNone(closed);
  }
}
