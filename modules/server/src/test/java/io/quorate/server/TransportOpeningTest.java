package io.quorate.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.spi.transport.Transport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TransportOpeningTest {
  private static final class Closings implements Transport {
    final AtomicInteger closed = new AtomicInteger();
    final CountDownLatch once = new CountDownLatch(1);

    @Override
    public List<Loop> loops() {
      return List.of();
    }

    @Override
    public Listener listen(InetSocketAddress address, int backlog, Acceptor acceptor) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
      closed.incrementAndGet();
      once.countDown();
    }
  }

  @Test
  void givesTheTransportAndClosesItOnce() throws Exception {
    Closings transport = new Closings();
    TransportOpening opening = TransportOpening.begin(() -> transport);
    assertSame(transport, opening.await());
    opening.close();
    opening.close();
    assertEquals(1, transport.closed.get());
  }

  @Test
  void closesWhatIsOpenedAfterTheStartWasGivenUp() throws Exception {
    Closings transport = new Closings();
    CountDownLatch go = new CountDownLatch(1);
    TransportOpening opening =
        TransportOpening.begin(
            () -> {
              go.await();
              return transport;
            });
    opening.close();
    assertFalse(transport.once.await(0, TimeUnit.SECONDS));
    go.countDown();
    assertTrue(transport.once.await(10, TimeUnit.SECONDS));
  }

  @Test
  void throwsWhatTheProviderThrew() {
    StartException refused = new StartException(ExitCode.BAD_CONFIGURATION, "no");
    IOException failed = new IOException("no port");
    LinkageError broken = new NoClassDefFoundError("x");
    assertSame(refused, assertThrows(StartException.class, () -> failing(refused).await()));
    assertSame(failed, assertThrows(IOException.class, () -> failing(failed).await()));
    assertSame(broken, assertThrows(LinkageError.class, () -> failing(broken).await()));
  }

  @Test
  void hasNothingToCloseWhereNothingWasOpened() {
    TransportOpening opening = failing(new IOException("no port"));
    assertThrows(IOException.class, opening::await);
    opening.close();
  }

  private static TransportOpening failing(Throwable cause) {
    return TransportOpening.begin(
        () -> {
          if (cause instanceof Exception e) {
            throw e;
          }
          throw (Error) cause;
        });
  }
}
