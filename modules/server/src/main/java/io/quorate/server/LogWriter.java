package io.quorate.server;

import io.quorate.replica.Input;
import io.quorate.spi.storage.TransactionLog;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jctools.queues.SpscUnboundedArrayQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that appends and forces: one force for everything that waits, while the next batch
 * fills. After a failure it reports nothing as durable any more and the server ends.
 */
final class LogWriter {
  private static final Logger LOG = LoggerFactory.getLogger(LogWriter.class);

  /** One turn's records; {@code roll} begins another file first. */
  record Batch(List<byte[]> records, long[] zxids, boolean roll) {}

  private final TransactionLog log;
  private final CorePort core;
  private final Consumer<Throwable> fatal;
  private final int warnMs;
  private final long delayNanos;
  private final int maxBatch;
  private final SpscUnboundedArrayQueue<Batch> queue = new SpscUnboundedArrayQueue<>(1024);
  private final Thread thread = new Thread(this::run, "quorate-log");
  private final FsyncTimes times;
  private final Parking parking = new Parking();
  private volatile boolean stopping;

  LogWriter(
      TransactionLog log,
      CorePort core,
      ServerConfig.Log config,
      FsyncTimes times,
      Consumer<Throwable> fatal) {
    this.log = log;
    this.core = core;
    this.fatal = fatal;
    this.times = times;
    this.warnMs = config.fsyncWarningMs();
    this.delayNanos = TimeUnit.MILLISECONDS.toNanos(config.flushDelayMs());
    this.maxBatch = config.maxBatch();
  }

  void start() {
    thread.start();
  }

  /** Core's thread. */
  void write(Batch batch) {
    queue.add(batch);
    parking.wake(thread);
  }

  /** Ends after what is queued; waits for it. */
  void stop() {
    stopping = true;
    LockSupport.unpark(thread);
    try {
      thread.join(TimeUnit.SECONDS.toMillis(30));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      List<Batch> batches = new ArrayList<>();
      while (true) {
        take(batches);
        if (batches.isEmpty()) {
          if (stopping) {
            return;
          }
          sleep();
          continue;
        }
        write(batches);
        batches.clear();
      }
    } catch (Throwable t) { // an I/O error or a bug: nothing is retried
      fatal.accept(t);
    }
  }

  private void take(List<Batch> batches) {
    int records = 0;
    long until = 0;
    while (true) {
      Batch batch = queue.poll();
      if (batch != null) {
        batches.add(batch);
        records += batch.records().size();
      }
      if (batch == null || records >= maxBatch) {
        if (delayNanos == 0 || batches.isEmpty() || records >= maxBatch || stopping) {
          return;
        }
        long now = System.nanoTime();
        until = until == 0 ? now + delayNanos : until;
        if (now >= until) {
          return;
        }
        LockSupport.parkNanos(this, until - now);
      }
    }
  }

  private void sleep() {
    if (parking.begin(() -> queue.isEmpty() && !stopping)) {
      LockSupport.park(this);
    }
    parking.end();
  }

  private void write(List<Batch> batches) throws java.io.IOException {
    long last = 0;
    for (Batch batch : batches) {
      if (batch.roll()) {
        log.roll();
      }
      for (int i = 0; i < batch.records().size(); i++) {
        last = batch.zxids()[i];
        log.append(last, batch.records().get(i));
      }
    }
    if (last == 0) {
      return;
    }
    long start = System.nanoTime();
    log.force();
    long nanos = System.nanoTime() - start;
    times.add(nanos, batches.stream().mapToInt(b -> b.records().size()).sum());
    if (nanos > warnMs * 1_000_000L) {
      times.slow();
      LOG.warn(
          "fsync of the transaction log took {} ms; clients wait for it. Is another process using"
              + " the disk?",
          nanos / 1_000_000);
    }
    core.send(new Input.Durable(last));
    core.wake();
  }
}
