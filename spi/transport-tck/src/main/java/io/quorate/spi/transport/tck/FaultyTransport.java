package io.quorate.spi.transport.tck;

import io.quorate.api.Stability;
import io.quorate.spi.transport.Connection;
import io.quorate.spi.transport.ConnectionHandler;
import io.quorate.spi.transport.Transport;
import io.quorate.spi.transport.TransportConfiguration;
import io.quorate.spi.transport.TransportProvider;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A transport for tests of those who use one. It gives bytes to handlers in pieces whose lengths
 * depend on a seed and on the number of the connection, and breaks a connection when it is told to.
 * Within the rules of the package page it is as unfriendly as a network may be.
 */
@Stability.Evolving
public final class FaultyTransport implements TransportProvider {
  private static final int MAX_PIECE = 5_000;

  private final TransportProvider behind;
  private final long seed;
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger left = new AtomicInteger(Integer.MAX_VALUE);

  /** A transport in front of another. */
  public FaultyTransport(TransportProvider behind, long seed) {
    this.behind = behind;
    this.seed = seed;
  }

  /**
   * Lets {@code pieces} more pieces of input and flushes pass, counted over all connections, and
   * breaks the connection of the next one before it, once. What was queued is lost then. Any
   * thread.
   */
  public void breakAfter(int pieces) {
    left.set(pieces);
  }

  private boolean breaksNow() {
    int before = left.getAndUpdate(n -> n == Integer.MAX_VALUE ? n : n == 0 ? -1 : n - 1);
    if (before == 0) {
      left.set(Integer.MAX_VALUE);
    }
    return before == 0;
  }

  @Override
  public String name() {
    return behind.name();
  }

  @Override
  public Transport open(TransportConfiguration configuration) throws IOException {
    Transport transport = behind.open(configuration);
    return new Transport() {
      @Override
      public List<Loop> loops() {
        return transport.loops();
      }

      @Override
      public Listener listen(InetSocketAddress address, int backlog, Acceptor acceptor)
          throws IOException {
        return transport.listen(
            address,
            backlog,
            c -> {
              Wire wire = new Wire(c);
              return new Pieces(wire, acceptor.accepted(wire), connections.getAndIncrement());
            });
      }

      @Override
      public void close() {
        transport.close();
      }
    };
  }

  /** Gives a handler its bytes in pieces. On the connection's loop. */
  private final class Pieces implements ConnectionHandler {
    private final Wire wire;
    private final ConnectionHandler handler;
    private final Random random;

    Pieces(Wire wire, ConnectionHandler handler, int number) {
      this.wire = wire;
      this.handler = handler;
      this.random = new Random(seed * 31 + number);
    }

    @Override
    public int received(byte[] array, int offset, int length) {
      int consumed = 0;
      int piece = 0;
      while (piece < length - consumed && !wire.paused && !wire.closing) {
        if (breaksNow()) {
          wire.abort();
          return consumed;
        }
        piece = Math.min(length - consumed, piece + 1 + random.nextInt(MAX_PIECE));
        int used = handler.received(array, offset + consumed, piece);
        if (used < 0 || used > piece) {
          return length + 1; // for the transport to judge
        }
        consumed += used;
        piece -= used;
      }
      return consumed;
    }

    @Override
    public void receiveComplete() {
      if (!wire.closing) {
        handler.receiveComplete();
      }
    }

    @Override
    public int maxUnconsumed() {
      return handler.maxUnconsumed();
    }

    @Override
    public void drained() {
      handler.drained();
    }

    @Override
    public boolean inputEnded() {
      return handler.inputEnded();
    }

    @Override
    public void closed() {
      handler.closed();
    }
  }

  /** Remembers what the handler asked for. */
  private final class Wire implements Connection {
    private final Connection connection;
    private boolean paused;
    private volatile boolean closing;

    Wire(Connection connection) {
      this.connection = connection;
    }

    @Override
    public Transport.Loop loop() {
      return connection.loop();
    }

    @Override
    public InetSocketAddress remoteAddress() {
      return connection.remoteAddress();
    }

    @Override
    public InetSocketAddress localAddress() {
      return connection.localAddress();
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      connection.write(bytes, offset, length);
    }

    @Override
    public void flush() {
      if (!closing && breaksNow()) {
        abort();
      }
      connection.flush();
    }

    @Override
    public long queuedBytes() {
      return connection.queuedBytes();
    }

    @Override
    public void pauseReading() {
      paused = true;
      connection.pauseReading();
    }

    @Override
    public void resumeReading() {
      paused = false;
      connection.resumeReading();
    }

    @Override
    public void closeAfterFlush() {
      closing = true;
      connection.closeAfterFlush();
    }

    @Override
    public void closeAfterFarewell() {
      closing = true;
      connection.closeAfterFarewell();
    }

    @Override
    public void abort() {
      closing = true;
      connection.abort();
    }
  }
}
