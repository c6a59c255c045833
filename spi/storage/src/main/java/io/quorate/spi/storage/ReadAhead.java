package io.quorate.spi.storage;

import io.quorate.api.Stability;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Two threads for a start: one reads, checks and decodes what is stored, the caller takes it some
 * at a time. At most ten batches are on their way, each of 256 items, or of fewer once they take 1
 * MiB.
 *
 * @param <T> what is read
 */
@Stability.Evolving
public final class ReadAhead<T> {
  private static final int BATCHES = 8;
  private static final int BATCH_ITEMS = 256;
  private static final int BATCH_BYTES = 1 << 20;
  private static final long LOOK_MS = 100;

  private final ArrayBlockingQueue<Batch<T>> batches = new ArrayBlockingQueue<>(BATCHES);
  private volatile boolean abandoned;
  private List<T> filling = new ArrayList<>(BATCH_ITEMS);
  private int fillingBytes;
  private @Nullable Throwable failure;

  private ReadAhead() {}

  /**
   * What reads.
   *
   * @param <T> what it reads
   * @param <R> what it gives in the end
   */
  @FunctionalInterface
  public interface Source<T, R> {
    /** Reads all, on a thread of its own. */
    R read(Sink<T> sink) throws IOException;
  }

  /**
   * Where the source puts what it read.
   *
   * @param <T> what that is
   */
  public interface Sink<T> {
    /**
     * Hands over one item; waits while the caller is far behind.
     *
     * @param bytes about what it takes in memory
     * @throws InterruptedIOException if the caller takes no more
     */
    void add(T item, int bytes) throws InterruptedIOException;

    /**
     * Hands over what waits for company.
     *
     * @throws InterruptedIOException if the caller takes no more
     */
    void flush() throws InterruptedIOException;

    /** Whether the caller has ended: nothing that was added is taken any more. */
    boolean abandoned();
  }

  private record Batch<T>(List<T> items, boolean last) {}

  /**
   * Reads all. The reading thread has ended when this returns or throws, so what the source used
   * may be used by any thread after it.
   *
   * @param thread the reading thread's name
   * @param each takes the items, in order, on the calling thread
   * @return what the source gives
   * @throws IOException what the source throws, after the items before the failure were taken
   * @throws InterruptedIOException if the caller was interrupted
   */
  public static <T, R> R run(String thread, Source<T, R> source, Consumer<List<T>> each)
      throws IOException {
    return new ReadAhead<T>().reading(thread, source, each);
  }

  private <R> R reading(String thread, Source<T, R> source, Consumer<List<T>> each)
      throws IOException {
    List<R> result = new ArrayList<>(1);
    Thread reader = new Thread(() -> read(source, result), thread);
    reader.setDaemon(true);
    reader.start();
    try {
      for (Batch<T> batch = batches.take(); ; batch = batches.take()) {
        each.accept(batch.items());
        if (batch.last()) {
          break;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while what is stored was read");
    } finally {
      abandoned = true; // of no effect after the last batch
      end(reader);
    }
    rethrow(failure);
    return result.get(0);
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
    if (failure instanceof IOException e) {
      throw e;
    } else if (failure instanceof RuntimeException e) {
      throw e;
    } else if (failure instanceof Error e) {
      throw e;
    } else if (failure != null) {
      throw new IllegalStateException(failure);
    }
  }

  private <R> void read(Source<T, R> source, List<R> result) {
    try {
      result.add(source.read(new Filling()));
    } catch (Throwable t) { // the caller throws it
      failure = t;
    }
    try {
      handOver(true);
    } catch (InterruptedIOException e) {
      failure = failure == null ? e : failure; // nobody takes it any more
    }
  }

  private final class Filling implements Sink<T> {
    @Override
    public void add(T item, int bytes) throws InterruptedIOException {
      filling.add(item);
      fillingBytes += bytes;
      if (filling.size() >= BATCH_ITEMS || fillingBytes >= BATCH_BYTES) {
        handOver(false);
      }
    }

    @Override
    public void flush() throws InterruptedIOException {
      if (!filling.isEmpty()) {
        handOver(false);
      }
    }

    @Override
    public boolean abandoned() {
      return abandoned;
    }
  }

  private void handOver(boolean last) throws InterruptedIOException {
    Batch<T> batch = new Batch<>(filling, last);
    filling = new ArrayList<>(BATCH_ITEMS);
    fillingBytes = 0;
    try {
      while (!batches.offer(batch, LOOK_MS, TimeUnit.MILLISECONDS)) {
        if (abandoned) {
          throw new InterruptedIOException("what was read is not taken any more");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while reading");
    }
  }
}
