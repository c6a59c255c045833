package io.quorate.transport.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.spi.transport.Connection;
import io.quorate.spi.transport.ConnectionHandler;
import io.quorate.spi.transport.Transport;
import io.quorate.spi.transport.TransportConfiguration;
import io.quorate.spi.transport.TransportProvider;
import io.quorate.spi.transport.tck.FaultyTransport;
import io.quorate.spi.transport.tck.TransportContract;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The transport for tests of damage is a transport until it is told to do some. */
class FaultyTransportContractTest extends TransportContract {
  private final FaultyTransport faulty = new FaultyTransport(Quick.provider(SocketKind.NIO), 3);

  @Override
  protected TransportProvider provider() {
    return faulty;
  }

  @Test
  void breaksOneConnectionWhenTold() throws Exception {
    AtomicInteger given = new AtomicInteger();
    CountDownLatch broken = new CountDownLatch(1);
    try (Transport transport = faulty.open(new TransportConfiguration(1, false))) {
      InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      Transport.Listener listener = transport.listen(any, -1, c -> new Echo(c, given, broken));
      faulty.breakAfter(4);
      try (Socket socket = new Socket()) {
        socket.connect(listener.address());
        socket.setSoTimeout(30_000);
        for (int i = 0; i < 2; i++) {
          socket.getOutputStream().write(i);
          assertEquals(i, socket.getInputStream().read()); // a piece and a flush
        }
        socket.getOutputStream().write(9);
        assertTrue(broken.await(30, TimeUnit.SECONDS));
      }
      assertEquals(2, given.get());
      try (Socket socket = new Socket()) {
        socket.connect(listener.address());
        socket.setSoTimeout(30_000);
        socket.getOutputStream().write(7);
        assertEquals(7, socket.getInputStream().read());
      }
    }
  }

  private record Echo(Connection connection, AtomicInteger given, CountDownLatch broken)
      implements ConnectionHandler {
    @Override
    public int received(byte[] array, int offset, int length) {
      given.incrementAndGet();
      connection.write(array, offset, length);
      return length;
    }

    @Override
    public void receiveComplete() {
      connection.flush();
    }

    @Override
    public int maxUnconsumed() {
      return 100;
    }

    @Override
    public void closed() {
      broken.countDown();
    }
  }
}
