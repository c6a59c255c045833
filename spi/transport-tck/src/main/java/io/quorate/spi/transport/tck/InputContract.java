package io.quorate.spi.transport.tck;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Rules 3 and 5: what arrives. */
abstract class InputContract extends TransportFixture {
  @Test
  public void rule3EveryByteOnceAndInOrderHoweverItIsCut() throws Exception {
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
  public void rule3ByteByByte() throws Exception {
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
  public void rule3TooMuchUnconsumedCloses() throws Exception {
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
    assertTrue(r.closed.await(WAIT_SECONDS, TimeUnit.SECONDS));
  }

  @Test
  public void rule5PauseInsideReceivedKeepsTheRestUntilResume() throws Exception {
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
  public void rule5BytesThatComeDuringAPauseAreGivenAfterIt() throws Exception {
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
  public void rule5ResumeInsideReceivedGivesTheRestAgain() throws Exception {
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
  public void rule5TheEndOfTheInputComesAfterBytesKeptDuringAPause() throws Exception {
    Socket socket = connect(Recorder::new);
    Recorder r = accepted();
    run(r, r.connection::pauseReading);
    socket.getOutputStream().write(new byte[100]);
    socket.shutdownOutput();
    assertFalse(r.closed.await(100, TimeUnit.MILLISECONDS));
    run(r, r.connection::resumeReading);
    assertTrue(r.closed.await(WAIT_SECONDS, TimeUnit.SECONDS));
    assertEquals(100, r.total());
  }
}
