/** Transport over Netty, with native epoll where present. */
module io.quorate.transport.netty {
  requires static org.jspecify;
  requires transitive io.quorate.api;
  requires transitive io.quorate.spi.transport;
  requires io.netty.common;
  requires io.netty.buffer;
  requires io.netty.transport;
  requires io.netty.transport.classes.epoll;
  requires org.slf4j;

  exports io.quorate.transport.netty;

  provides io.quorate.spi.transport.TransportProvider with
      io.quorate.transport.netty.NettyTransportProvider;
}
