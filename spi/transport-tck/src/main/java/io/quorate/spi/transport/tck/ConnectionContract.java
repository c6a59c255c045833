package io.quorate.spi.transport.tck;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.quorate.api.Stability;
import io.quorate.spi.transport.Connection;
import io.quorate.spi.transport.ConnectionHandler;
import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every connection does, also one without a socket: the rules of the package page of {@link
 * io.quorate.spi.transport} that doubles for tests and simulators have to keep, since their users
 * count on them. The test of a double extends this and implements {@link #connect}. Providers
 * extend {@link TransportContract}, which has more.
 */
@Stability.Evolving
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class ConnectionContract {
  /** A connection under test and its other end. */
  public interface Line {
    /** The other end sends. */
    void send(byte[] bytes);

    /** Lets everything happen that is due, on the thread that counts as the loop. */
    void settle();

    /** What the other end has got, or null if the double can not tell. */
    byte @Nullable [] arrived();

    /** The connection ends without anybody having asked for it. */
    void cut();
  }

  /** Makes a connection whose handler this function gives. */
  protected abstract Line connect(Function<Connection, ConnectionHandler> handler);

  private @Nullable Recorder made;

  private Line line(Function<Connection, Recorder> handler) {
    Line line =
        connect(
            c -> {
              Recorder r = handler.apply(c);
              made = r;
              return r;
            });
    line.settle();
    return line;
  }

  private Recorder recorder() {
    Recorder r = made;
    if (r == null) {
      throw new AssertionError("the handler was not asked for");
    }
    return r;
  }

  private static byte[] bytes(int n) {
    byte[] bytes = new byte[n];
    for (int i = 0; i < n; i++) {
      bytes[i] = (byte) (i * 7 + 1);
    }
    return bytes;
  }

  @Test
  public void rule3WhatIsNotConsumedComesAgain() {
    Line line = line(FrameTaker::new);
    byte[] frames = FrameTaker.frames(5, 0, 40, 1, 300);
    for (int at = 0; at < frames.length; at += 7) {
      line.send(Arrays.copyOfRange(frames, at, Math.min(frames.length, at + 7)));
      line.settle();
    }
    assertArrayEquals(frames, recorder().all());
    assertEquals(5, ((FrameTaker) recorder()).frames.get());
    assertTrue(recorder().completions.get() > 0, "receiveComplete follows");
  }

  @Test
  public void rule5NothingIsGivenDuringAPause() {
    Line line =
        line(
            c ->
                new Recorder(c) {
                  @Override
                  int take(byte[] array, int offset, int length) {
                    super.take(array, offset, 1);
                    c.pauseReading();
                    return 1;
                  }
                });
    byte[] data = bytes(9);
    line.send(data);
    for (int i = 1; i <= data.length; i++) {
      line.settle();
      assertEquals(i, recorder().total());
      int before = recorder().calls.get();
      recorder().connection.resumeReading();
      assertEquals(before, recorder().calls.get(), "given from inside resumeReading");
    }
    line.settle();
    assertArrayEquals(data, recorder().all());
  }

  @Test
  public void rule4WritesAreCopiedAndSentByFlush() {
    Line line = line(Recorder::new);
    assumeTrue(line.arrived() != null, "it can not tell what arrives");
    Connection connection = recorder().connection;
    byte[] reused = bytes(50);
    byte[] expected = reused.clone();
    connection.write(reused, 0, 20);
    Arrays.fill(reused, 0, 20, (byte) 0);
    connection.write(reused, 20, 30);
    Arrays.fill(reused, (byte) 0);
    line.settle();
    assertArrayEquals(new byte[0], line.arrived(), "sent before the flush");
    assertEquals(50, connection.queuedBytes());
    connection.flush();
    line.settle();
    assertArrayEquals(expected, line.arrived());
    assertEquals(0, connection.queuedBytes());
  }

  @Test
  public void rule6ClosedIsTheLastCallAndComesOnce() {
    Line line = line(Recorder::new);
    Connection connection = recorder().connection;
    connection.abort();
    connection.abort();
    line.send(bytes(10));
    line.settle();
    connection.closeAfterFlush();
    connection.resumeReading();
    line.settle();
    line.cut();
    line.settle();
    assertEnded(0);
  }

  @Test
  public void rule6ClosedComesWhenTheConnectionBreaks() {
    Line line = line(Recorder::new);
    line.send(bytes(10));
    line.settle();
    line.cut();
    line.settle();
    recorder().connection.abort();
    line.settle();
    assertEnded(10);
  }

  private void assertEnded(int given) {
    assertEquals(1, recorder().closedCalls.get(), "closed() exactly once");
    assertEquals(0, recorder().afterClosed.get(), "nothing after closed()");
    assertEquals(0, recorder().nested.get(), "one call at a time");
    assertEquals(given, recorder().total());
  }

  @Test
  public void rule11NothingIsGivenOrSentOnceItCloses() {
    Line line = line(Recorder::new);
    Connection connection = recorder().connection;
    connection.closeAfterFlush();
    connection.write(bytes(10), 0, 10);
    connection.flush();
    line.send(bytes(10));
    line.settle();
    assertEquals(0, recorder().total());
    assertEquals(0, connection.queuedBytes());
    if (line.arrived() != null) {
      assertArrayEquals(new byte[0], line.arrived());
    }
  }
}
