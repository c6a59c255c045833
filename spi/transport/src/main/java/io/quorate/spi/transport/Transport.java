package io.quorate.spi.transport;

import io.quorate.api.Stability;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Running loops that can listen on ports. See the rules on the package page. */
@Stability.Evolving
public interface Transport extends AutoCloseable {
  /** The loops, fixed for the transport's life. */
  List<Loop> loops();

  /**
   * Listens on a port.
   *
   * @param address port 0 lets the kernel choose
   * @param backlog of the listening socket; -1 for the system's default
   * @param acceptor makes the handler of each accepted connection, on its loop
   * @throws IOException if the port can not be bound; names the address
   */
  Listener listen(InetSocketAddress address, int backlog, Acceptor acceptor) throws IOException;

  /** Closes listeners and connections and ends the loops; returns when they ended. */
  @Override
  void close();

  /** A loop: one thread that serves connections. */
  interface Loop {
    /** Its number, from 0. */
    int index();

    /** Runs a task on this loop, in order of submission. Any thread. */
    void execute(Runnable task);

    /** Runs a task on this loop again and again with this pause in between. Any thread. */
    void every(long periodMs, Runnable task);

    /** Runs a task on this loop once, after at least this time. Any thread. */
    default void after(long delayMs, Runnable task) {
      CompletableFuture.delayedExecutor(delayMs, TimeUnit.MILLISECONDS, this::execute)
          .execute(task);
    }
  }

  /** Makes handlers. */
  @FunctionalInterface
  interface Acceptor {
    /** The handler of this new connection. Throwing closes it. */
    ConnectionHandler accepted(Connection connection);
  }

  /** A listening port. */
  interface Listener {
    /** The address it is bound to, with the real port. */
    InetSocketAddress address();

    /** Stops listening; accepted connections stay. */
    void close();
  }
}
