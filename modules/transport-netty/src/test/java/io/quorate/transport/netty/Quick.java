package io.quorate.transport.netty;

import io.quorate.spi.transport.Transport;
import io.quorate.spi.transport.TransportConfiguration;
import io.quorate.spi.transport.TransportProvider;

/** The transport with times so short that the tests which wait for them end soon. */
final class Quick {
  static final ClosingLimits LIMITS = new ClosingLimits(3_000, 1_000, 1 << 20);

  private Quick() {}

  static TransportProvider provider(SocketKind kind) {
    return new TransportProvider() {
      @Override
      public String name() {
        return new NettyTransportProvider().name();
      }

      @Override
      public Transport open(TransportConfiguration configuration) {
        return new NettyTransport(configuration, kind, LIMITS);
      }
    };
  }
}
