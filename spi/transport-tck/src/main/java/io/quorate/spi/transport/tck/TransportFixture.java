package io.quorate.spi.transport.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.spi.transport.Connection;
import io.quorate.spi.transport.Transport;
import io.quorate.spi.transport.TransportConfiguration;
import io.quorate.spi.transport.TransportProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** Opens the transport under test, connects to it, and looks at every call of its handlers. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class TransportFixture {
  static final int LOOPS = 2;
  static final int WAIT_SECONDS = 30;
  private static final long POLL_NANOS = 50_000;
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  private @Nullable Transport opened;
  private final BlockingQueue<Recorder> accepted = new LinkedBlockingQueue<>();
  private final List<Socket> sockets = new ArrayList<>();
  private final List<Recorder> recorders = new ArrayList<>();

  /**
   * The provider under test. Tests of rule 9 wait until it gives up on an end that takes no bytes:
   * within 30 seconds.
   */
  protected abstract TransportProvider provider();

  /** Called with each transport after it was closed, to look for what it has left behind. */
  protected void closed(Transport transport) {
    // nothing that all transports could leave
  }

  /** What is under test, running. */
  final Transport transport() {
    Transport t = opened;
    if (t == null) {
      throw new IllegalStateException("JUnit calls start");
    }
    return t;
  }

  /** Opens the transport. */
  @BeforeEach
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  public final void start() throws IOException {
    opened = provider().open(new TransportConfiguration(LOOPS, false));
  }

  /** Ends it and sees to it that each handler was called as the rules say. */
  @AfterEach
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  public final void stop() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
    Transport t = opened;
    if (t == null) {
      return; // it did not open, and JUnit tells why
    }
    t.close();
    closed(t);
    for (Recorder r : recorders) {
      assertEquals(1, r.closedCalls.get(), "rule 6: closed() exactly once");
      assertEquals(0, r.wrongThread.get(), "rule 1: always its own loop");
      assertEquals(0, r.afterClosed.get(), "rule 6: nothing after closed()");
      assertEquals(0, r.nested.get(), "rule 1: one call at a time");
    }
  }

  final Socket connect(Function<Connection, Recorder> handler) throws IOException {
    return connect(listen(handler));
  }

  /** What a test's handler does with bytes instead of keeping them. */
  @FunctionalInterface
  interface Taking {
    int take(Connection connection, int length);
  }

  final Socket connectTaking(Taking taking) throws IOException {
    return connect(
        c ->
            new Recorder(c) {
              @Override
              int take(byte[] array, int offset, int length) {
                return taking.take(c, length);
              }
            });
  }

  final Transport.Listener listen(Function<Connection, Recorder> handler) throws IOException {
    return transport()
        .listen(
            new InetSocketAddress(LOOPBACK, 0),
            -1,
            c -> {
              Recorder r = handler.apply(c);
              accepted.add(r);
              return r;
            });
  }

  final Socket connect(Transport.Listener listener) throws IOException {
    Socket socket = new Socket();
    socket.setTcpNoDelay(true);
    sockets.add(socket);
    socket.connect(listener.address());
    socket.setSoTimeout(WAIT_SECONDS * 1000);
    return socket;
  }

  final Recorder accepted() throws InterruptedException {
    Recorder r = accepted.poll(WAIT_SECONDS, TimeUnit.SECONDS);
    if (r == null) {
      throw new AssertionError("not accepted");
    }
    recorders.add(r);
    return r;
  }

  static void until(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS);
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < deadline, what);
      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  /** Runs a task on the connection's loop and waits for what it gives. */
  static <T> T on(Recorder r, Callable<T> task) throws Exception {
    CompletableFuture<T> result = new CompletableFuture<>();
    r.connection
        .loop()
        .execute(
            () -> {
              try {
                result.complete(task.call());
              } catch (Throwable t) {
                result.completeExceptionally(t);
              }
            });
    return result.get(WAIT_SECONDS, TimeUnit.SECONDS);
  }

  static void run(Recorder r, Runnable task) throws Exception {
    on(
        r,
        () -> {
          task.run();
          return true;
        });
  }

  static byte[] random(int length, long seed) {
    byte[] b = new byte[length];
    new Random(seed).nextBytes(b);
    return b;
  }

  static void assertEnds(Socket socket) throws IOException {
    try {
      assertEquals(-1, socket.getInputStream().read());
    } catch (SocketTimeoutException e) {
      throw e;
    } catch (IOException e) {
      assertTrue(String.valueOf(e.getMessage()).contains("reset"), e.toString());
    }
  }
}
