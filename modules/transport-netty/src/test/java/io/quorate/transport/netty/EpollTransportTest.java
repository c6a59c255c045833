package io.quorate.transport.netty;

import io.netty.channel.epoll.Epoll;
import io.quorate.spi.transport.Transport;
import io.quorate.spi.transport.TransportProvider;
import io.quorate.spi.transport.tck.TransportContract;
import org.junit.jupiter.api.Assumptions;

class EpollTransportTest extends TransportContract {
  @Override
  protected TransportProvider provider() {
    Assumptions.assumeTrue(Epoll.isAvailable(), "no native library for this platform");
    return Quick.provider(SocketKind.EPOLL);
  }

  @Override
  protected void closed(Transport transport) {
    HeldMemory.assertNone(transport);
  }
}
