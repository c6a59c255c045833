package io.quorate.transport.netty;

import io.netty.channel.epoll.Epoll;
import io.quorate.spi.transport.Transport;
import io.quorate.spi.transport.TransportConfiguration;
import io.quorate.spi.transport.TransportProvider;
import java.io.IOException;

/**
 * The transport "netty": native epoll where its library is found, else the JDK's selectors. {@code
 * -Dio.netty.transport.noNative=true} forces the latter.
 *
 * <p>Netty's own system properties are respected; where they are unset, this class chooses speed:
 * no leak detection, and no search for a hardware address and process id (they only make channel
 * names unique). Every channel here gets an allocator of ours, so the default one is the simplest.
 */
public final class NettyTransportProvider implements TransportProvider {
  static {
    // Netty reads these when its classes are initialised, so they are set before any is touched.
    setIfAbsent("io.netty.leakDetection.level", "disabled");
    setIfAbsent("io.netty.machineId", "00:00:00:00:00:00:00:01");
    setIfAbsent("io.netty.processId", "1");
    setIfAbsent("io.netty.allocator.type", "unpooled");
  }

  /** For {@link java.util.ServiceLoader}. */
  public NettyTransportProvider() {}

  @Override
  public String name() {
    return "netty";
  }

  /**
   * Starts the loops as daemon threads {@code quorate-io-0}, {@code quorate-io-1} ...
   *
   * @throws IllegalArgumentException if there is less than one loop
   */
  @Override
  public Transport open(TransportConfiguration configuration) throws IOException {
    return new NettyTransport(
        configuration,
        Epoll.isAvailable() ? SocketKind.EPOLL : SocketKind.NIO,
        ClosingLimits.DEFAULT);
  }

  private static void setIfAbsent(String key, String value) {
    if (System.getProperty(key) == null) {
      System.setProperty(key, value);
    }
  }
}
