package io.quorate.transport.netty;

import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.FastThreadLocalThread;
import io.quorate.spi.transport.Transport;
import io.quorate.spi.transport.TransportConfiguration;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Loops and listeners over Netty. */
final class NettyTransport implements Transport {
  private static final int PAGE_BYTES = 8 * 1024;

  /** Pool chunks of 1 MiB: enough for sixteen full buffers, and little to hold when idle. */
  private static final int MAX_ORDER = 7;

  private final TransportConfiguration configuration;
  private final SocketKind kind;
  private final ClosingLimits closingLimits;
  private final IoEventLoopGroup group;
  final PooledByteBufAllocator allocator;
  private final List<NettyLoop> loops;
  private final Set<NettyListener> listeners = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean released = new AtomicBoolean();

  NettyTransport(
      TransportConfiguration configuration, SocketKind kind, ClosingLimits closingLimits) {
    this.closingLimits = closingLimits;
    int count = configuration.loops();
    if (count < 1) {
      throw new IllegalArgumentException("loops=" + count + ": at least 1 is needed");
    }
    this.configuration = configuration;
    this.kind = kind;
    // One arena a loop and caches for loops only: no lock is fought for, and no thread that passes
    // by
    // leaves memory behind.
    this.allocator =
        new PooledByteBufAllocator(true, 0, count, PAGE_BYTES, MAX_ORDER, 64, 16, false);
    AtomicInteger number = new AtomicInteger();
    this.group =
        new MultiThreadIoEventLoopGroup(
            count,
            task -> {
              Thread t = new FastThreadLocalThread(task, "quorate-io-" + number.getAndIncrement());
              t.setDaemon(true);
              return t;
            },
            kind.ioHandler());
    List<NettyLoop> list = new ArrayList<>();
    for (EventExecutor executor : group) {
      list.add(new NettyLoop(list.size(), (EventLoop) executor, allocator));
    }
    this.loops = List.copyOf(list);
    for (NettyLoop loop : loops) {
      // Threads start with the first task; one after the other gives them their numbers in order.
      loop.eventLoop().submit(() -> {}).syncUninterruptibly();
    }
  }

  @Override
  public List<Loop> loops() {
    return List.copyOf(loops);
  }

  @Override
  public Listener listen(InetSocketAddress address, int backlog, Acceptor acceptor)
      throws IOException {
    ServerChannel channel = kind.serverChannel();
    channel.config().setAllocator(allocator).setOption(ChannelOption.SO_REUSEADDR, true);
    if (backlog >= 0) {
      channel.config().setOption(ChannelOption.SO_BACKLOG, backlog);
    }
    channel
        .pipeline()
        .addLast(new NettyAcceptor(loops, configuration.tcpKeepAlive(), acceptor, closingLimits));
    ChannelFuture bound = loops.get(0).eventLoop().register(channel).awaitUninterruptibly();
    if (bound.isSuccess()) {
      bound = channel.bind(address).awaitUninterruptibly();
    }
    if (!bound.isSuccess()) {
      channel.close();
      Throwable cause = bound.cause();
      throw new IOException("can not listen on " + address + ": " + cause.getMessage(), cause);
    }
    NettyListener listener = new NettyListener(channel);
    listeners.add(listener);
    return listener;
  }

  @Override
  public void close() {
    if (onLoop()) {
      throw new IllegalStateException("a loop can not wait for its own end");
    }
    listeners.forEach(NettyListener::close);
    for (NettyLoop loop : loops) {
      loop.execute(loop::abortAll);
    }
    group.shutdownGracefully(0, 10, TimeUnit.SECONDS);
    group.terminationFuture().awaitUninterruptibly();
    if (!released.getAndSet(true)) {
      loops.forEach(NettyLoop::release);
    }
  }

  private boolean onLoop() {
    for (NettyLoop loop : loops) {
      if (loop.eventLoop().inEventLoop()) {
        return true;
      }
    }
    return false;
  }

  private final class NettyListener implements Listener {
    private final Channel channel;
    private final InetSocketAddress address;

    NettyListener(Channel channel) {
      this.channel = channel;
      this.address = (InetSocketAddress) channel.localAddress();
    }

    @Override
    public InetSocketAddress address() {
      return address;
    }

    @Override
    public void close() {
      if (!listeners.remove(this)) {
        return;
      }
      channel.close();
      if (!onLoop()) {
        channel.closeFuture().awaitUninterruptibly();
        if (kind == SocketKind.NIO) {
          // The JDK gives the port free in the selector's next turn.
          loops
              .get(0)
              .eventLoop()
              .schedule(() -> {}, 1, TimeUnit.MILLISECONDS)
              .syncUninterruptibly();
        }
      }
    }
  }
}
