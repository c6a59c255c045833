package io.quorate.transport.netty;

import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.epoll.Epoll;
import io.quorate.spi.transport.Transport;
import io.quorate.spi.transport.TransportConfiguration;
import io.quorate.spi.transport.TransportProvider;
import java.io.IOException;
import java.lang.reflect.Method;
import java.util.Objects;

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
    readAnnotations();
    return new NettyTransport(
        configuration,
        Epoll.isAvailable() ? SocketKind.EPOLL : SocketKind.NIO,
        ClosingLimits.DEFAULT);
  }

  /**
   * Netty asks handlers and their methods for annotations when the first handler is added, and the
   * JVM makes classes for the answer. Asked here, they are made while the state is recovered, not
   * when the port is to be opened.
   */
  private static void readAnnotations() {
    Objects.requireNonNull(ChannelInitializer.class.getAnnotations());
    for (Method method : ChannelInboundHandlerAdapter.class.getMethods()) {
      if (method.getName().equals("channelRegistered")) {
        Objects.requireNonNull(method.getAnnotations());
      }
    }
  }

  private static void setIfAbsent(String key, String value) {
    if (System.getProperty(key) == null) {
      System.setProperty(key, value);
    }
  }
}
