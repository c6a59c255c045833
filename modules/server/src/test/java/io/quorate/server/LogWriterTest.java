package io.quorate.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.quorate.replica.Input;
import io.quorate.spi.storage.TransactionLog;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LogWriterTest {
  private final ConcurrentLinkedQueue<String> calls = new ConcurrentLinkedQueue<>();
  private final AtomicReference<Throwable> fatal = new AtomicReference<>();
  private final CountDownLatch failed = new CountDownLatch(1);
  private final AtomicLong durable = new AtomicLong();
  private final List<Long> reported = new ArrayList<>();
  private final Port port = new Port();
  private volatile String failOn = "";
  private final CountDownLatch gate = new CountDownLatch(1);
  private volatile boolean gated;
  private LogWriter writer;

  private final class Port implements CorePort {
    @Override
    public void send(Input input) {
      long zxid = assertInstanceOf(Input.Durable.class, input).zxid();
      reported.add(zxid);
      calls.add("durable " + zxid);
      durable.set(zxid);
    }

    @Override
    public void wake() {}
  }

  /** Notes what is asked of it, and fails on command. */
  private final class Log implements TransactionLog {
    private void call(String what) throws IOException {
      if (what.startsWith("force") && gated) {
        try {
          gate.await();
        } catch (InterruptedException e) {
          throw new IOException(e);
        }
      }
      if (!failOn.isEmpty() && what.startsWith(failOn)) {
        throw new IOException("no " + what);
      }
      calls.add(what);
    }

    @Override
    public long replay(long fromZxid, RecordVisitor visitor) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void append(long zxid, byte[] record) throws IOException {
      call("append " + zxid);
    }

    @Override
    public void force() throws IOException {
      call("force");
    }

    @Override
    public void roll() throws IOException {
      call("roll");
    }

    @Override
    public void truncate(long zxid) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long lastForceNanos() {
      return 0;
    }
  }

  private void start(Map<String, String> settings) throws ConfigException {
    ServerConfig config = ConfigReader.read(null, settings, Map.of(), true).config();
    writer =
        new LogWriter(
            new Log(),
            port,
            config.log(),
            new FsyncTimes(new NoMetrics()),
            t -> {
              fatal.compareAndSet(null, t);
              failed.countDown();
            });
    writer.start();
  }

  @AfterEach
  void stop() {
    gate.countDown();
    if (writer != null) {
      writer.stop();
    }
  }

  private static LogWriter.Batch batch(boolean roll, long... zxids) {
    List<byte[]> records = new ArrayList<>();
    for (int i = 0; i < zxids.length; i++) {
      records.add(new byte[1]);
    }
    return new LogWriter.Batch(records, zxids, roll);
  }

  private void awaitDurable(long zxid) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (durable.get() < zxid) {
      if (System.nanoTime() > deadline) {
        fail("nothing was written up to " + zxid);
      }
      Thread.onSpinWait();
    }
  }

  @Test
  void reportsWhatWasForced() throws Exception {
    start(Map.of());
    writer.write(batch(false, 1, 2));
    awaitDurable(2);
    writer.write(batch(true, 3));
    awaitDurable(3);
    assertEquals(
        List.of(
            "append 1", "append 2", "force", "durable 2", "roll", "append 3", "force", "durable 3"),
        List.copyOf(calls));
  }

  /** One force for everything that waits, while the next batch fills. */
  @Test
  void batchesWhatWaits() throws Exception {
    gated = true;
    start(Map.of());
    writer.write(batch(false, 1));
    while (!calls.contains("append 1")) {
      Thread.onSpinWait();
    }
    writer.write(batch(false, 2, 3));
    writer.write(batch(false, 4));
    gated = false;
    gate.countDown();
    awaitDurable(4);
    assertEquals(
        List.of(
            "append 1",
            "force",
            "durable 1",
            "append 2",
            "append 3",
            "append 4",
            "force",
            "durable 4"),
        List.copyOf(calls));
  }

  @Test
  void endsAfterWhatIsQueued() throws Exception {
    start(Map.of());
    for (int i = 1; i <= 1000; i++) {
      writer.write(batch(false, i));
    }
    writer.stop();
    assertEquals(1000, durable.get());
  }

  /** D4: nothing is acknowledged after a failure, and nothing is tried again. */
  @Test
  void aFailedForceIsTheEnd() throws Exception {
    start(Map.of());
    writer.write(batch(false, 1));
    awaitDurable(1);
    failOn = "force";
    writer.write(batch(false, 2));
    assertTrue(failed.await(20, TimeUnit.SECONDS));
    failOn = "";
    writer.write(batch(false, 3));
    writer.stop();
    assertEquals("no force", fatal.get().getMessage());
    assertEquals(List.of(1L), reported);
    assertFalse(calls.contains("append 3"), calls::toString);
  }

  @Test
  void aFailedAppendOrRollIsTheEnd() throws Exception {
    start(Map.of());
    failOn = "append 2";
    writer.write(batch(false, 1, 2));
    assertTrue(failed.await(20, TimeUnit.SECONDS));
    assertEquals(List.of(), reported, "1 was not forced");
    writer.stop();
    assertEquals(List.of("append 1"), List.copyOf(calls));
  }

  @Test
  void aFailedRollIsTheEnd() throws Exception {
    start(Map.of());
    failOn = "roll";
    writer.write(batch(true, 1));
    assertTrue(failed.await(20, TimeUnit.SECONDS));
    writer.stop();
    assertEquals(List.of(), List.copyOf(calls));
  }

  /**
   * A batch that comes while the thread goes to sleep wakes it. Without a fence between the queue's
   * stores and the look at {@code parked} this stops within some ten thousand batches.
   */
  @Test
  void noWakeUpIsLost() throws Exception {
    start(Map.of());
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
    for (int i = 1; i <= 200_000 && System.nanoTime() < end; i++) {
      writer.write(batch(false, i));
      awaitDurable(i);
      if ((i & 1023) == 0) {
        calls.clear();
      }
    }
  }
}
