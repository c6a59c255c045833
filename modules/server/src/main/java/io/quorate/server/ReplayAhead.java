package io.quorate.server;

import io.quorate.api.TxnRecord;
import io.quorate.spi.codec.Codec;
import io.quorate.spi.storage.TransactionLog;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Replays a log with two threads: one reads, checks and decodes records ahead, the caller applies
 * them. Used once at the start; the reading thread has ended when {@link #replay} returns or
 * throws, so the log may be used by any thread after it.
 */
final class ReplayAhead {
  private static final int BATCHES = 8;
  private static final int BATCH_RECORDS = 256;
  private static final int BATCH_BYTES = 1 << 20;
  private static final long LOOK_MS = 100;

  /** Records, or the end. */
  private record Batch(List<TxnRecord> records, boolean last) {}

  private final ArrayBlockingQueue<Batch> batches = new ArrayBlockingQueue<>(BATCHES);
  private final TransactionLog log;
  private final Codec codec;
  private volatile boolean abandoned;
  private List<TxnRecord> filling = new ArrayList<>(BATCH_RECORDS);
  private int fillingBytes;
  private long lastZxid;
  private @Nullable Throwable failure;

  ReplayAhead(TransactionLog log, Codec codec) {
    this.log = log;
    this.codec = codec;
  }

  /**
   * Gives every record from this zxid on, in order, on the calling thread.
   *
   * @return what {@link TransactionLog#replay} returns
   * @throws IOException what it throws, after the records before the damage were given
   */
  long replay(long fromZxid, Consumer<TxnRecord> apply) throws IOException {
    Thread reader = new Thread(() -> read(fromZxid), "quorate-replay");
    reader.setDaemon(true);
    reader.start();
    try {
      for (Batch batch = batches.take(); ; batch = batches.take()) {
        batch.records().forEach(apply);
        if (batch.last()) {
          break;
        }
      }
      reader.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while the log was replayed");
    } finally {
      abandoned = true; // of no effect after the last batch
      end(reader);
    }
    rethrow(failure);
    return lastZxid;
  }

  private static void end(Thread reader) {
    boolean interrupted = false;
    while (reader.isAlive()) {
      try {
        reader.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static void rethrow(@Nullable Throwable failure) throws IOException {
    if (failure == null) {
      return;
    }
    switch (failure) {
      case IOException e -> throw e;
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> throw new IllegalStateException(failure);
    }
  }

  private void read(long fromZxid) {
    try {
      lastZxid =
          log.replay(
              fromZxid,
              (zxid, array, offset, length) -> {
                filling.add(codec.decode(array, offset, length));
                fillingBytes += length;
                if (filling.size() >= BATCH_RECORDS || fillingBytes >= BATCH_BYTES) {
                  handOver(false);
                }
              });
    } catch (Throwable t) { // the applying thread throws it
      failure = t;
    }
    try {
      handOver(true);
    } catch (InterruptedIOException e) {
      failure = failure == null ? e : failure; // nobody takes it any more
    }
  }

  private void handOver(boolean last) throws InterruptedIOException {
    Batch batch = new Batch(filling, last);
    filling = new ArrayList<>(BATCH_RECORDS);
    fillingBytes = 0;
    try {
      while (!batches.offer(batch, LOOK_MS, TimeUnit.MILLISECONDS)) {
        if (abandoned) {
          throw new InterruptedIOException("the records are not applied any more");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while the log was read");
    }
  }
}
