package io.quorate.transport.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.quorate.spi.transport.Transport;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives each accepted channel to the next loop, with its connection as the handler. On the loop of
 * the listening channel. Netty's own bootstrap would do, but its handlers have annotations, for
 * which the JVM makes classes at every start.
 */
final class NettyAcceptor extends PlainHandler {
  private static final Logger LOG = LoggerFactory.getLogger(NettyAcceptor.class);

  /** Without a free file descriptor every attempt fails, at once. */
  private static final long PAUSE_MS = 1000;

  private static final WriteBufferWaterMark NEVER_FULL =
      new WriteBufferWaterMark(Integer.MAX_VALUE - 1, Integer.MAX_VALUE);

  private final List<NettyLoop> loops;
  private final boolean keepAlive;
  private final Transport.Acceptor acceptor;
  private final ClosingLimits limits;
  private int next;

  NettyAcceptor(
      List<NettyLoop> loops, boolean keepAlive, Transport.Acceptor acceptor, ClosingLimits limits) {
    this.loops = loops;
    this.keepAlive = keepAlive;
    this.acceptor = acceptor;
    this.limits = limits;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    Channel channel = (Channel) message;
    NettyLoop loop = loops.get(next);
    next = (next + 1) % loops.size();
    // Every option of the socket costs each connection a system call. TCP_NODELAY is Netty's
    // default.
    channel
        .config()
        .setAllocator(loop.allocator())
        .setRecvByteBufAllocator(loop.receiveAllocator)
        .setWriteBufferWaterMark(NEVER_FULL)
        .setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
    if (keepAlive) {
      channel.config().setOption(ChannelOption.SO_KEEPALIVE, true);
    }
    channel.pipeline().addLast(new NettyConnection(loop, channel, acceptor, limits));
    loop.eventLoop()
        .register(channel)
        .addListener(
            registered -> {
              if (!registered.isSuccess()) {
                channel.unsafe().closeForcibly(); // the loop has ended
              }
            });
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    LOG.warn(
        "{} can not accept a connection; the next attempt is in {} ms: {}",
        ctx.channel().localAddress(),
        PAUSE_MS,
        cause.toString());
    Channel listening = ctx.channel();
    listening.config().setAutoRead(false);
    listening
        .eventLoop()
        .schedule(() -> listening.config().setAutoRead(true), PAUSE_MS, TimeUnit.MILLISECONDS);
  }
}
