package io.quorate.transport.netty;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;

/** How the kernel is asked for events and bytes. */
enum SocketKind {
  /** Netty's native library over epoll. */
  EPOLL(EpollServerSocketChannel.class),
  /** The JDK's selectors. */
  NIO(NioServerSocketChannel.class);

  final Class<? extends ServerChannel> serverChannel;

  SocketKind(Class<? extends ServerChannel> serverChannel) {
    this.serverChannel = serverChannel;
  }

  IoHandlerFactory ioHandler() {
    return this == EPOLL ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
  }
}
