package io.quorate.spi.transport.tck;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Rules 4, 9 and 11: what is sent, and the end of it. */
abstract class OutputContract extends InputContract {
  @Test
  public void rule4WritesGoOutInOrderAndAreCopied() throws Exception {
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

  static long queued(Recorder r) {
    try {
      return on(r, r.connection::queuedBytes);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  public void rule4NothingIsSentBeforeFlush() throws Exception {
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
  public void rule4QueueGrowsForASlowReaderAndDrainedTellsWhenItIsEmpty() throws Exception {
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
  public void rule9AllQueuedBytesArriveThoughInputIsUnread() throws Exception {
    byte[] reply = random(2 << 20, 21);
    Socket socket =
        connectTaking(
            (c, length) -> {
              c.write(reply, 0, reply.length);
              c.closeAfterFlush();
              c.write(reply, 0, reply.length); // nothing is queued behind the close
              return 0;
            });
    Recorder r = accepted();
    // More input than the server reads before it closes: a plain close would reset the connection.
    socket.getOutputStream().write(new byte[300_000]);
    byte[] got = socket.getInputStream().readAllBytes();
    assertArrayEquals(reply, got);
    assertEquals(1, r.calls.get());
    socket.close();
    assertTrue(r.closed.await(WAIT_SECONDS, TimeUnit.SECONDS));
  }

  @Test
  public void rule9ClosesThoughTheOtherEndDoesNot() throws Exception {
    Socket socket = connect(Recorder::new);
    Recorder r = accepted();
    run(r, r.connection::closeAfterFlush);
    assertEquals(-1, socket.getInputStream().read());
    assertTrue(r.closed.await(WAIT_SECONDS, TimeUnit.SECONDS));
  }

  @Test
  public void rule9ClosesThoughTheOtherEndTakesNothing() throws Exception {
    Socket socket = connect(Recorder::new);
    Recorder r = accepted();
    run(
        r,
        () -> {
          r.connection.write(new byte[32 << 20], 0, 32 << 20);
          r.connection.closeAfterFlush();
          assertTrue(r.connection.queuedBytes() > 0);
        });
    assertTrue(r.closed.await(WAIT_SECONDS, TimeUnit.SECONDS));
    assertFalse(socket.isClosed());
  }

  @Test
  public void rule9ClosesThoughTheOtherEndGoesOnSending() throws Exception {
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
    assertTrue(r.closed.await(WAIT_SECONDS, TimeUnit.SECONDS));
    assertEquals(0, r.calls.get());
  }

  @Test
  public void rule9AFarewellComesAfterAllThatIsQueued() throws Exception {
    for (int bytes : new int[] {100, 8 << 20}) { // the socket takes all at once, and not
      byte[] reply = random(bytes, 22);
      Socket socket = connect(Recorder::new);
      Recorder r = accepted();
      run(
          r,
          () -> {
            r.connection.write(reply, 0, reply.length);
            r.connection.closeAfterFarewell();
            r.connection.write(reply, 0, reply.length); // nothing is queued behind the close
          });
      assertArrayEquals(reply, socket.getInputStream().readAllBytes());
      assertTrue(r.closed.await(WAIT_SECONDS, TimeUnit.SECONDS), "without the other end's close");
      assertFalse(socket.isClosed());
      socket.close();
    }
  }

  @Test
  public void rule11AnAbortEndsAClosingConnection() throws Exception {
    Socket socket = connect(Recorder::new);
    Recorder r = accepted();
    run(
        r,
        () -> {
          r.connection.write(new byte[32 << 20], 0, 32 << 20);
          r.connection.closeAfterFlush();
        });
    r.connection.abort();
    assertTrue(r.closed.await(WAIT_SECONDS, TimeUnit.SECONDS));
    assertFalse(socket.isClosed());
  }

  @Test
  public void rule11MethodsDoNothingOnceItCloses() throws Exception {
    Socket socket = connect(Recorder::new);
    Recorder r = accepted();
    byte[] reply = random(100, 24);
    run(
        r,
        () -> {
          r.connection.write(reply, 0, reply.length);
          r.connection.closeAfterFlush();
          useAll(r);
        });
    assertArrayEquals(reply, socket.getInputStream().readAllBytes());
    assertTrue(r.closed.await(WAIT_SECONDS, TimeUnit.SECONDS));
    run(r, () -> useAll(r));
    assertEquals(0, queued(r));
    assertEquals(0, r.drains.get());
  }

  private static void useAll(Recorder r) {
    r.connection.write(new byte[10], 0, 10);
    r.connection.flush();
    r.connection.pauseReading();
    r.connection.resumeReading();
    r.connection.closeAfterFlush();
    r.connection.closeAfterFarewell();
  }
}
