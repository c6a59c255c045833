package io.quorate.transport.netty;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.spi.transport.Connection;
import io.quorate.spi.transport.Transport;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The numbered rules of the transport SPI, over real sockets. A test's name starts with its rule.
 */
@Timeout(60)
abstract class TransportRules {
  /** Short, so that the tests which wait for them end soon. */
  static final ClosingLimits LIMITS = new ClosingLimits(3_000, 1_000, 1 << 20);

  private static final int LOOPS = 2;
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  private final BlockingQueue<Recorder> accepted = new LinkedBlockingQueue<>();
  private final List<Socket> sockets = new ArrayList<>();
  private final List<Recorder> recorders = new ArrayList<>();
  private Transport transport;

  /** The transport under test, running, with this many loops. */
  abstract Transport open(int loops) throws IOException;

  /** Fails if a closed transport holds memory outside the heap. */
  abstract void assertNothingHeld(Transport closed);

  @BeforeEach
  void start() throws IOException {
    transport = open(LOOPS);
  }

  @AfterEach
  void stop() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
    transport.close();
    assertNothingHeld(transport);
    for (Recorder r : recorders) {
      assertEquals(1, r.closedCalls.get(), "closed() exactly once");
      assertEquals(0, r.wrongThread.get(), "always its own loop");
      assertEquals(0, r.afterClosed.get(), "nothing after closed()");
      assertEquals(0, r.nested.get(), "one call at a time");
    }
  }

  private Socket connect(Function<Connection, Recorder> handler) throws Exception {
    Transport.Listener listener = listen(handler);
    return connect(listener);
  }

  private Transport.Listener listen(Function<Connection, Recorder> handler) throws IOException {
    return transport.listen(
        new InetSocketAddress(LOOPBACK, 0),
        -1,
        c -> {
          Recorder r = handler.apply(c);
          accepted.add(r);
          return r;
        });
  }

  private Socket connect(Transport.Listener listener) throws IOException {
    Socket socket = new Socket();
    socket.setTcpNoDelay(true);
    sockets.add(socket);
    socket.connect(listener.address());
    socket.setSoTimeout(30_000);
    return socket;
  }

  private Recorder accepted() throws InterruptedException {
    Recorder r = accepted.poll(30, TimeUnit.SECONDS);
    assertTrue(r != null, "accepted");
    recorders.add(r);
    return r;
  }

  private static void until(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < deadline, what);
      Thread.onSpinWait();
      Thread.yield();
    }
  }

  private static <T> T on(Recorder r, java.util.concurrent.Callable<T> task) throws Exception {
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
    return result.get(30, TimeUnit.SECONDS);
  }

  private static void run(Recorder r, Runnable task) throws Exception {
    on(
        r,
        () -> {
          task.run();
          return true;
        });
  }

  private static byte[] random(int length, long seed) {
    byte[] b = new byte[length];
    new Random(seed).nextBytes(b);
    return b;
  }

  private static void assertEnds(Socket socket) throws IOException {
    try {
      assertEquals(-1, socket.getInputStream().read());
    } catch (SocketTimeoutException e) {
      throw e;
    } catch (IOException e) {
      assertTrue(e.getMessage().contains("reset"), e.toString());
    }
  }

  @Test
  void rule1ConnectionsAreSpreadOverLoopsAndStayThere() throws Exception {
    Transport.Listener listener = listen(Recorder::new);
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    int[] perLoop = new int[LOOPS];
    for (int i = 0; i < 2 * LOOPS; i++) {
      Socket s = connect(listener);
      Recorder r = accepted();
      s.getOutputStream().write(1);
      until("byte", () -> r.total() == 1);
      threads.add(r.thread);
      perLoop[r.connection.loop().index()]++;
      assertSame(transport.loops().get(r.connection.loop().index()), r.connection.loop());
      assertEquals("quorate-io-" + r.connection.loop().index(), r.thread.getName());
      assertEquals(s.getLocalSocketAddress(), r.connection.remoteAddress());
      assertEquals(listener.address(), r.connection.localAddress());
    }
    assertEquals(LOOPS, threads.size());
    assertArrayEquals(new int[] {2, 2}, perLoop);
  }

  @Test
  void rule3EveryByteOnceAndInOrderHoweverItIsCut() throws Exception {
    // Frames of four bytes of length and a body; the handler takes whole frames only.
    Socket socket = connect(FrameTaker::new);
    FrameTaker taker = (FrameTaker) accepted();
    byte[] frames = FrameTaker.frames(7, 300_000, 0, 1, 9_000, 70_000, 12, 65_536, 200, 3);
    Random random = new Random(5);
    OutputStream out = socket.getOutputStream();
    for (int i = 0; i < frames.length; ) {
      int n = Math.min(frames.length - i, i < 200 ? 1 : 1 + random.nextInt(20_000));
      out.write(frames, i, n);
      i += n;
    }
    until("all frames", () -> taker.total() == frames.length);
    assertArrayEquals(frames, taker.all());
    assertEquals(10, taker.frames.get());
    until("complete", () -> taker.completions.get() > 0);
  }

  @Test
  void rule3ByteByByte() throws Exception {
    Socket socket = connect(FrameTaker::new);
    FrameTaker taker = (FrameTaker) accepted();
    byte[] frames = FrameTaker.frames(5, 0, 17, 1);
    for (int i = 0; i < frames.length; i++) {
      int before = i;
      until("byte " + i, () -> taker.seen.get() >= before);
      socket.getOutputStream().write(frames[i]);
    }
    until("all frames", () -> taker.frames.get() == 4);
    assertArrayEquals(frames, taker.all());
  }

  @Test
  void rule3TooMuchUnconsumedCloses() throws Exception {
    Socket socket =
        connect(
            c ->
                new Recorder(c) {
                  @Override
                  int take(byte[] array, int offset, int length) {
                    return 0;
                  }

                  @Override
                  public int maxUnconsumed() {
                    return 1000;
                  }
                });
    Recorder r = accepted();
    socket.getOutputStream().write(new byte[1000]);
    until("given", () -> r.calls.get() > 0);
    assertFalse(r.closed.await(50, TimeUnit.MILLISECONDS));
    socket.getOutputStream().write(1);
    assertEnds(socket);
    assertTrue(r.closed.await(30, TimeUnit.SECONDS));
  }

  @Test
  void rule4WritesGoOutInOrderAndAreCopied() throws Exception {
    Socket socket = connect(Recorder::new);
    Recorder r = accepted();
    byte[] expected = random(3_000_000, 1);
    run(
        r,
        () -> {
          byte[] reused = new byte[70_001];
          Random random = new Random(2);
          for (int i = 0; i < expected.length; ) {
            int n = Math.min(expected.length - i, random.nextInt(reused.length));
            System.arraycopy(expected, i, reused, 1, n);
            r.connection.write(reused, 1, n);
            Arrays.fill(reused, (byte) 0x55);
            i += n;
          }
          assertEquals(expected.length, r.connection.queuedBytes());
          r.connection.flush();
        });
    assertArrayEquals(expected, socket.getInputStream().readNBytes(expected.length));
    until("nothing queued", () -> queued(r) == 0);
  }

  private static long queued(Recorder r) {
    try {
      return on(r, r.connection::queuedBytes);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void rule4NothingIsSentBeforeFlush() throws Exception {
    Socket socket = connect(Recorder::new);
    Recorder r = accepted();
    run(r, () -> r.connection.write(new byte[200_000], 0, 200_000));
    socket.setSoTimeout(50);
    assertThrows(SocketTimeoutException.class, () -> socket.getInputStream().read());
    socket.setSoTimeout(30_000);
    run(r, r.connection::flush);
    assertEquals(200_000, socket.getInputStream().readNBytes(200_000).length);
  }

  @Test
  void rule4QueueGrowsForASlowReaderAndDrainedTellsWhenItIsEmpty() throws Exception {
    Socket socket = connect(Recorder::new);
    Recorder r = accepted();
    byte[] chunk = random(1 << 20, 3);
    int chunks = 24;
    AtomicLong queued = new AtomicLong();
    run(
        r,
        () -> {
          for (int i = 0; i < chunks; i++) {
            r.connection.write(chunk, 0, chunk.length);
            r.connection.flush();
          }
          queued.set(r.connection.queuedBytes());
        });
    assertTrue(queued.get() > 0, "more than the kernel's buffers take");
    assertEquals(0, r.drains.get());
    InputStream in = socket.getInputStream();
    long before = queued(r);
    for (int i = 0; i < chunks; i++) {
      assertArrayEquals(chunk, in.readNBytes(chunk.length));
      long now = queued(r);
      assertTrue(now <= before, "only shrinks");
      before = now;
    }
    until("drained", () -> r.drains.get() == 1);
    assertEquals(0, queued(r));
    run(
        r,
        () -> {
          r.connection.write(chunk, 0, 10);
          r.connection.flush();
        });
    assertEquals(10, in.readNBytes(10).length);
    assertEquals(1, r.drains.get(), "a flush that sends all is not told");
  }

  @Test
  void rule5PauseInsideReceivedKeepsTheRestUntilResume() throws Exception {
    Socket socket =
        connect(
            c ->
                new Recorder(c) {
                  @Override
                  int take(byte[] array, int offset, int length) {
                    super.take(array, offset, 1);
                    c.pauseReading();
                    return 1;
                  }
                });
    Recorder r = accepted();
    byte[] data = random(40, 9);
    socket.getOutputStream().write(data);
    for (int i = 1; i <= data.length; i++) {
      int expected = i;
      until("byte " + i, () -> r.total() == expected);
      run(r, () -> {}); // whatever was scheduled has run
      assertEquals(expected, r.total(), "no byte during a pause");
      assertEquals(expected, r.completions.get(), "each is completed");
      run(r, r.connection::resumeReading);
    }
    assertArrayEquals(data, r.all());
  }

  @Test
  void rule5BytesThatComeDuringAPauseAreGivenAfterIt() throws Exception {
    Socket socket = connect(Recorder::new);
    Recorder r = accepted();
    run(r, r.connection::pauseReading);
    byte[] data = random(32 << 20, 11); // more than the kernel's buffers hold
    Thread writer =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    socket.getOutputStream().write(data);
                  } catch (IOException e) {
                    throw new IllegalStateException(e);
                  }
                });
    assertFalse(writer.join(java.time.Duration.ofMillis(300)), "the writer has to wait");
    assertEquals(0, r.calls.get());
    assertEquals(1, r.closed.getCount());
    run(r, r.connection::resumeReading);
    until("all", () -> r.total() == data.length);
    assertArrayEquals(data, r.all());
    writer.join();
  }

  @Test
  void rule5ResumeInsideReceivedGivesTheRestAgain() throws Exception {
    AtomicInteger nestedGives = new AtomicInteger();
    Socket socket =
        connect(
            c ->
                new Recorder(c) {
                  @Override
                  int take(byte[] array, int offset, int length) {
                    c.pauseReading();
                    int before = calls.get();
                    c.resumeReading();
                    nestedGives.addAndGet(calls.get() - before);
                    return super.take(array, offset, Math.min(3, length));
                  }
                });
    Recorder r = accepted();
    byte[] data = random(20, 13);
    socket.getOutputStream().write(data);
    until("all", () -> r.total() == data.length);
    assertArrayEquals(data, r.all());
    assertEquals(0, nestedGives.get());
  }

  @Test
  void rule5TheEndOfTheInputComesAfterBytesKeptDuringAPause() throws Exception {
    Socket socket = connect(Recorder::new);
    Recorder r = accepted();
    run(r, r.connection::pauseReading);
    socket.getOutputStream().write(new byte[100]);
    socket.shutdownOutput();
    assertFalse(r.closed.await(100, TimeUnit.MILLISECONDS));
    run(r, r.connection::resumeReading);
    assertTrue(r.closed.await(30, TimeUnit.SECONDS));
    assertEquals(100, r.total());
  }

  @Test
  void rule6ClosedOnceWhoeverEndsIt() throws Exception {
    Transport.Listener listener = listen(Recorder::new);
    Socket byClient = connect(listener);
    Recorder first = accepted();
    byClient.close();
    assertTrue(first.closed.await(30, TimeUnit.SECONDS));

    Socket byReset = connect(listener);
    Recorder second = accepted();
    byReset.setSoLinger(true, 0);
    byReset.close();
    assertTrue(second.closed.await(30, TimeUnit.SECONDS));

    Socket byAbort = connect(listener);
    Recorder third = accepted();
    third.connection.abort(); // this thread is not the loop
    third.connection.abort();
    assertTrue(third.closed.await(30, TimeUnit.SECONDS));
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
    transport.close();
    assertEquals(1, fourth.closedCalls.get(), "closed before close() returns");
    assertEnds(byTransport);
    transport.close();
    fourth.connection.loop().execute(() -> {}); // dropped
    fourth.connection.abort();
  }

  @Test
  void rule6AbortInsideReceivedGivesNothingMore() throws Exception {
    Socket socket =
        connect(
            c ->
                new Recorder(c) {
                  @Override
                  int take(byte[] array, int offset, int length) {
                    c.abort();
                    return 0;
                  }
                });
    Recorder r = accepted();
    try {
      socket.getOutputStream().write(new byte[500_000]);
    } catch (IOException e) {
      assertTrue(r.closed.await(30, TimeUnit.SECONDS), e.toString()); // it was quicker
    }
    assertTrue(r.closed.await(30, TimeUnit.SECONDS));
    assertEquals(1, r.calls.get());
    assertEquals(0, r.completions.get());
  }

  @Test
  void rule6AbortDropsWhatIsQueued() throws Exception {
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
    assertTrue(r.closed.await(30, TimeUnit.SECONDS));
    assertEquals(0, r.drains.get());
    int n = 0;
    try {
      n = socket.getInputStream().readAllBytes().length;
    } catch (IOException e) {
      assertTrue(e.getMessage().contains("reset"), e.toString());
    }
    assertTrue(n < 32 << 20);
  }

  @Test
  void rule7AnExceptionClosesThatConnectionOnly() throws Exception {
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
      assertTrue(r.closed.await(30, TimeUnit.SECONDS), bad);
      assertEnds(s);
    }
    good.getOutputStream().write('g');
    until("others go on", () -> survivor.total() == 1);
  }

  @Test
  void rule7AThrowingAcceptorClosesThatConnectionOnly() throws Exception {
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
  void rule8TasksRunInOrderOnOneThread() throws Exception {
    Transport.Loop loop = transport.loops().get(1);
    List<Integer> order = new ArrayList<>();
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    CountDownLatch done = new CountDownLatch(1);
    for (int i = 0; i < 1000; i++) {
      int task = i;
      loop.execute(
          () -> {
            threads.add(Thread.currentThread());
            order.add(task);
            if (task == 999) {
              loop.execute(done::countDown);
              assertEquals(1, done.getCount(), "not run inside execute");
            }
          });
    }
    assertTrue(done.await(30, TimeUnit.SECONDS));
    assertEquals(1, threads.size());
    for (int i = 0; i < 1000; i++) {
      assertEquals(i, order.get(i));
    }
  }

  @Test
  void rule8PeriodicTasksGoOnAfterAnException() throws Exception {
    CountDownLatch runs = new CountDownLatch(3);
    transport
        .loops()
        .get(0)
        .every(
            1,
            () -> {
              runs.countDown();
              throw new IllegalStateException("meant");
            });
    assertTrue(runs.await(30, TimeUnit.SECONDS));
  }

  @Test
  void rule9AllQueuedBytesArriveThoughInputIsUnread() throws Exception {
    byte[] reply = random(2 << 20, 21);
    Socket socket =
        connect(
            c ->
                new Recorder(c) {
                  @Override
                  int take(byte[] array, int offset, int length) {
                    c.write(reply, 0, reply.length);
                    c.closeAfterFlush();
                    c.write(reply, 0, reply.length); // nothing is queued behind the close
                    return 0;
                  }
                });
    Recorder r = accepted();
    // More input than the server reads before it closes: a plain close would reset the connection.
    socket.getOutputStream().write(new byte[300_000]);
    byte[] got = socket.getInputStream().readAllBytes();
    assertArrayEquals(reply, got);
    assertEquals(1, r.calls.get());
    socket.close();
    assertTrue(r.closed.await(30, TimeUnit.SECONDS));
  }

  @Test
  void rule9ClosesThoughTheOtherEndDoesNot() throws Exception {
    Socket socket = connect(Recorder::new);
    Recorder r = accepted();
    run(r, r.connection::closeAfterFlush);
    assertEquals(-1, socket.getInputStream().read());
    assertTrue(r.closed.await(30, TimeUnit.SECONDS));
  }

  @Test
  void rule9ClosesThoughTheOtherEndTakesNothing() throws Exception {
    Socket socket = connect(Recorder::new);
    Recorder r = accepted();
    run(
        r,
        () -> {
          r.connection.write(new byte[32 << 20], 0, 32 << 20);
          r.connection.closeAfterFlush();
          assertTrue(r.connection.queuedBytes() > 0);
        });
    assertTrue(r.closed.await(30, TimeUnit.SECONDS));
    assertFalse(socket.isClosed());
  }

  @Test
  void rule9ClosesThoughTheOtherEndGoesOnSending() throws Exception {
    Socket socket = connect(Recorder::new);
    Recorder r = accepted();
    run(r, r.connection::closeAfterFlush);
    byte[] flood = new byte[1 << 20];
    assertThrows(
        IOException.class,
        () -> {
          for (int i = 0; i < 1000; i++) {
            socket.getOutputStream().write(flood);
          }
        });
    assertTrue(r.closed.await(30, TimeUnit.SECONDS));
    assertEquals(0, r.calls.get());
  }

  @Test
  void rule9AbortEndsALingeringConnection() throws Exception {
    Socket socket = connect(Recorder::new);
    Recorder r = accepted();
    run(
        r,
        () -> {
          r.connection.write(new byte[32 << 20], 0, 32 << 20);
          r.connection.closeAfterFlush();
        });
    r.connection.abort();
    assertTrue(r.closed.await(30, TimeUnit.SECONDS));
    assertFalse(socket.isClosed());
  }

  @Test
  void rule10AClientThatHasFinishedSendingGetsItsReplies() throws Exception {
    byte[] reply = random(4 << 20, 23);
    Socket socket =
        connect(
            c ->
                new Recorder(c) {
                  @Override
                  int take(byte[] array, int offset, int length) {
                    c.write(reply, 0, reply.length);
                    c.flush();
                    return length;
                  }
                });
    Recorder r = accepted();
    socket.getOutputStream().write(1);
    socket.shutdownOutput();
    assertArrayEquals(reply, socket.getInputStream().readAllBytes());
    assertTrue(r.closed.await(30, TimeUnit.SECONDS));
  }

  @Test
  void rule10AHandlerMayStayForOutput() throws Exception {
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
    assertTrue(r.closed.await(30, TimeUnit.SECONDS));
  }

  @Test
  void manyIdleConnectionsAreServed() throws Exception {
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
  void listeningOnATakenPortNamesTheAddress() throws Exception {
    Transport.Listener listener = listen(Recorder::new);
    assertTrue(listener.address().getPort() > 0);
    IOException e =
        assertThrows(
            IOException.class,
            () -> transport.listen(listener.address(), 10, c -> new Recorder(c)));
    assertTrue(
        e.getMessage().contains(Integer.toString(listener.address().getPort())), e.getMessage());
  }

  @Test
  void closingAListenerKeepsItsConnections() throws Exception {
    Transport.Listener listener = listen(Recorder::new);
    Socket socket = connect(listener);
    Recorder r = accepted();
    listener.close();
    assertThrows(IOException.class, () -> connect(listener));
    socket.getOutputStream().write(1);
    until("still served", () -> r.total() == 1);
  }
}
