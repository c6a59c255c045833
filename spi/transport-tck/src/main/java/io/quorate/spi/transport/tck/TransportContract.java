package io.quorate.spi.transport.tck;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.api.Stability;
import io.quorate.spi.transport.Transport;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/**
 * What every transport does, over real sockets. A provider's test extends this and implements
 * {@link #provider}. The numbers in the names are those of the rules on the package page of {@link
 * io.quorate.spi.transport}, which also says which rules no test can show.
 */
@Stability.Evolving
public abstract class TransportContract extends LoopContract {
  @Test
  public void rule1ConnectionsAreSpreadOverLoopsAndStayThere() throws Exception {
    Transport.Listener listener = listen(Recorder::new);
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    int[] perLoop = new int[LOOPS];
    for (int i = 0; i < 16 * LOOPS; i++) {
      Socket s = connect(listener);
      Recorder r = accepted();
      s.getOutputStream().write(1);
      until("byte", () -> r.total() == 1);
      threads.add(r.thread);
      perLoop[r.connection.loop().index()]++;
      assertSame(transport().loops().get(r.connection.loop().index()), r.connection.loop());
      assertEquals(s.getLocalSocketAddress(), r.connection.remoteAddress());
      assertEquals(listener.address(), r.connection.localAddress());
    }
    assertEquals(LOOPS, threads.size());
    for (int connections : perLoop) {
      assertTrue(connections > 0, "each loop has some: " + Arrays.toString(perLoop));
    }
  }

  @Test
  public void rule6ClosedOnceWhoeverEndsIt() throws Exception {
    Transport.Listener listener = listen(Recorder::new);
    Socket byClient = connect(listener);
    Recorder first = accepted();
    byClient.close();
    assertTrue(first.closed.await(WAIT_SECONDS, TimeUnit.SECONDS));

    Socket byReset = connect(listener);
    Recorder second = accepted();
    byReset.setSoLinger(true, 0);
    byReset.close();
    assertTrue(second.closed.await(WAIT_SECONDS, TimeUnit.SECONDS));

    Socket byAbort = connect(listener);
    Recorder third = accepted();
    third.connection.abort(); // this thread is not the loop
    third.connection.abort();
    assertTrue(third.closed.await(WAIT_SECONDS, TimeUnit.SECONDS));
    assertEnds(byAbort);
    run(
        third,
        () -> {
          third.connection.write(new byte[10], 0, 10);
          third.connection.flush();
          third.connection.closeAfterFlush();
          third.connection.resumeReading();
          assertEquals(0, third.connection.queuedBytes());
        });

    Socket byTransport = connect(listener);
    Recorder fourth = accepted();
    transport().close();
    assertEquals(1, fourth.closedCalls.get(), "closed before close() returns");
    assertEnds(byTransport);
    transport().close();
    fourth.connection.loop().execute(() -> {}); // dropped
    fourth.connection.abort();
  }

  @Test
  public void rule6AbortInsideReceivedGivesNothingMore() throws Exception {
    Socket socket =
        connectTaking(
            (c, length) -> {
              c.abort();
              return 0;
            });
    Recorder r = accepted();
    try {
      socket.getOutputStream().write(new byte[500_000]);
    } catch (IOException e) {
      assertTrue(r.closed.await(WAIT_SECONDS, TimeUnit.SECONDS), e.toString()); // it was quicker
    }
    assertTrue(r.closed.await(WAIT_SECONDS, TimeUnit.SECONDS));
    assertEquals(1, r.calls.get());
    assertEquals(0, r.completions.get());
  }

  @Test
  public void rule6AbortDropsWhatIsQueued() throws Exception {
    Socket socket = connect(Recorder::new);
    Recorder r = accepted();
    run(
        r,
        () -> {
          r.connection.write(new byte[32 << 20], 0, 32 << 20);
          r.connection.flush();
          r.connection.write(new byte[10], 0, 10);
          r.connection.abort();
        });
    assertTrue(r.closed.await(WAIT_SECONDS, TimeUnit.SECONDS));
    assertEquals(0, r.drains.get());
    int n = 0;
    try {
      n = socket.getInputStream().readAllBytes().length;
    } catch (IOException e) {
      assertTrue(String.valueOf(e.getMessage()).contains("reset"), e.toString());
    }
    assertTrue(n < 32 << 20);
  }

  @Test
  public void rule7AnExceptionClosesThatConnectionOnly() throws Exception {
    Transport.Listener listener =
        listen(
            c ->
                new Recorder(c) {
                  @Override
                  int take(byte[] array, int offset, int length) {
                    if (array[offset] == 'x') {
                      throw new IllegalStateException("meant");
                    }
                    if (array[offset] == 'e') {
                      throw new AssertionError("meant");
                    }
                    if (array[offset] == 'm') {
                      return length + 1;
                    }
                    return super.take(array, offset, length);
                  }

                  @Override
                  public void receiveComplete() {
                    super.receiveComplete();
                    if (total() == 2) {
                      throw new IllegalStateException("meant");
                    }
                  }

                  @Override
                  public void closed() {
                    super.closed();
                    throw new IllegalStateException("meant");
                  }
                });
    Socket good = connect(listener);
    Recorder survivor = accepted();
    for (String bad : List.of("x", "e", "m", "cc")) {
      Socket s = connect(listener);
      Recorder r = accepted();
      s.getOutputStream().write(bad.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      assertTrue(r.closed.await(WAIT_SECONDS, TimeUnit.SECONDS), bad);
      assertEnds(s);
    }
    good.getOutputStream().write('g');
    until("others go on", () -> survivor.total() == 1);
  }

  @Test
  public void rule7AThrowingAcceptorClosesThatConnectionOnly() throws Exception {
    AtomicInteger n = new AtomicInteger();
    Transport.Listener listener =
        listen(
            c -> {
              if (n.getAndIncrement() == 0) {
                throw new IllegalStateException("meant");
              }
              return new Recorder(c);
            });
    assertEnds(connect(listener));
    Socket second = connect(listener);
    Recorder r = accepted();
    second.getOutputStream().write(1);
    until("given", () -> r.total() == 1);
  }

  @Test
  public void rule10AClientThatHasFinishedSendingGetsItsReplies() throws Exception {
    byte[] reply = random(4 << 20, 23);
    Socket socket =
        connectTaking(
            (c, length) -> {
              c.write(reply, 0, reply.length);
              c.flush();
              return length;
            });
    Recorder r = accepted();
    socket.getOutputStream().write(1);
    socket.shutdownOutput();
    assertArrayEquals(reply, socket.getInputStream().readAllBytes());
    assertTrue(r.closed.await(WAIT_SECONDS, TimeUnit.SECONDS));
  }

  @Test
  public void rule10AHandlerMayStayForOutput() throws Exception {
    AtomicReference<Recorder> ended = new AtomicReference<>();
    Socket socket =
        connect(
            c ->
                new Recorder(c) {
                  @Override
                  public boolean inputEnded() {
                    ended.set(this);
                    return true;
                  }
                });
    Recorder r = accepted();
    socket.shutdownOutput();
    until("told", () -> ended.get() == r);
    assertFalse(r.closed.await(50, TimeUnit.MILLISECONDS));
    run(
        r,
        () -> {
          r.connection.resumeReading();
          r.connection.write(new byte[] {42}, 0, 1);
          r.connection.closeAfterFlush();
        });
    assertArrayEquals(new byte[] {42}, socket.getInputStream().readAllBytes());
    assertTrue(r.closed.await(WAIT_SECONDS, TimeUnit.SECONDS));
  }

  @Test
  public void rule1ManyConnectionsAreServed() throws Exception {
    Transport.Listener listener = listen(Recorder::new);
    List<Socket> clients = new ArrayList<>();
    List<Recorder> servers = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      clients.add(connect(listener));
    }
    for (int i = 0; i < 500; i++) {
      servers.add(accepted());
    }
    for (Socket client : clients) {
      client.getOutputStream().write(7);
    }
    for (Recorder server : servers) {
      until("byte", () -> server.total() == 1);
    }
  }

  @Test
  public void rule12ListeningOnATakenPortNamesTheAddress() throws Exception {
    Transport.Listener listener = listen(Recorder::new);
    assertTrue(listener.address().getPort() > 0);
    IOException e =
        assertThrows(
            IOException.class,
            () -> transport().listen(listener.address(), 10, c -> new Recorder(c)));
    assertTrue(
        String.valueOf(e.getMessage()).contains(Integer.toString(listener.address().getPort())),
        e.getMessage());
  }

  @Test
  public void rule12ClosingAListenerKeepsItsConnections() throws Exception {
    Transport.Listener listener = listen(Recorder::new);
    Socket socket = connect(listener);
    Recorder r = accepted();
    listener.close();
    assertThrows(IOException.class, () -> connect(listener));
    socket.getOutputStream().write(1);
    until("still served", () -> r.total() == 1);
  }
}
