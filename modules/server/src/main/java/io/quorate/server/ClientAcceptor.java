package io.quorate.server;

import io.quorate.spi.metrics.MetricsProvider;
import io.quorate.spi.transport.Connection;
import io.quorate.spi.transport.ConnectionHandler;
import io.quorate.spi.transport.Transport;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes new connections within the limits (reference section 2.9). Called on I/O loops. */
final class ClientAcceptor implements Transport.Acceptor {
  private static final Logger LOG = LoggerFactory.getLogger(ClientAcceptor.class);

  private final List<IoShard> shards;
  private final ServerConfig.Client limits;
  private final ConnectionThrottle throttle;
  private final int cost;
  private final MetricsProvider.Counter requests;
  private final MetricsProvider.Counter rejected;
  private final MetricsProvider.Counter dropped;
  private final AtomicLong nextId = new AtomicLong(1);
  private final AtomicInteger open = new AtomicInteger();
  private final ConcurrentHashMap<InetAddress, Integer> perAddress = new ConcurrentHashMap<>();

  ClientAcceptor(
      List<IoShard> shards,
      ServerConfig config,
      ConnectionThrottle throttle,
      MetricsProvider metrics) {
    this.shards = shards;
    this.limits = config.client();
    this.throttle = throttle;
    this.cost =
        config.connectionThrottle().weights() ? config.connectionThrottle().globalWeight() : 1;
    this.requests = metrics.counter("connection_request_count");
    this.rejected = metrics.counter("connection_rejected");
    this.dropped = metrics.counter("connection_drop_count");
  }

  int open() {
    return open.get();
  }

  @Override
  public ConnectionHandler accepted(Connection connection) {
    requests.add(1);
    InetAddress address = connection.remoteAddress().getAddress();
    if (limits.maxConnections() > 0 && open.get() >= limits.maxConnections()) {
      return refuse(connection, "maxCnxns=" + limits.maxConnections() + " is reached");
    }
    int of = perAddress.merge(address, 1, Integer::sum);
    open.incrementAndGet();
    if (limits.maxPerAddress() > 0 && of > limits.maxPerAddress()) {
      left(address);
      return refuse(
          connection, "maxClientCnxns=" + limits.maxPerAddress() + " of one address is reached");
    }
    if (!throttle.admit(cost)) {
      left(address);
      dropped.add(1);
      return refuse(connection, "connection_throttle_tokens are used up");
    }
    IoShard shard = shards.get(connection.loop().index());
    return new Counted(new ClientConnection(shard, connection, nextId.getAndIncrement()), address);
  }

  private ConnectionHandler refuse(Connection connection, String why) {
    rejected.add(1);
    LOG.warn("connection from {} refused: {}", connection.remoteAddress(), why);
    connection.abort();
    return new Refused();
  }

  private void left(InetAddress address) {
    open.decrementAndGet();
    perAddress.computeIfPresent(address, (a, n) -> n == 1 ? null : n - 1);
  }

  /** Counts down when the connection ends. */
  private final class Counted implements ConnectionHandler {
    private final ClientConnection connection;
    private final InetAddress address;

    Counted(ClientConnection connection, InetAddress address) {
      this.connection = connection;
      this.address = address;
    }

    @Override
    public int received(byte[] array, int offset, int length) {
      return connection.received(array, offset, length);
    }

    @Override
    public void receiveComplete() {
      connection.receiveComplete();
    }

    @Override
    public int maxUnconsumed() {
      return connection.maxUnconsumed();
    }

    @Override
    public void drained() {
      connection.drained();
    }

    @Override
    public boolean inputEnded() {
      return connection.inputEnded();
    }

    @Override
    public void closed() {
      left(address);
      connection.closed();
    }
  }

  /** Hears nothing more. */
  private static final class Refused implements ConnectionHandler {
    @Override
    public int received(byte[] array, int offset, int length) {
      return length;
    }

    @Override
    public void receiveComplete() {
      // nothing to send
    }

    @Override
    public int maxUnconsumed() {
      return 0;
    }

    @Override
    public void closed() {
      // was never counted
    }
  }
}
