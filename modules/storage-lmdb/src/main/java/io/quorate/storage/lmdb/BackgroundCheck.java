package io.quorate.storage.lmdb;

import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads all of a large file while it is in use: a start need not wait for that. */
final class BackgroundCheck implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BackgroundCheck.class);

  private final Consumer<Throwable> failed;
  private @Nullable Thread thread;
  private volatile boolean stopping;

  /** Tells {@code failed} of damage, on a thread of its own. */
  BackgroundCheck(Consumer<Throwable> failed) {
    this.failed = failed;
  }

  /**
   * Begins. Nobody may change the file until this returns.
   *
   * @throws IOException if the file is damaged already where it says what it is
   */
  void start(TreeFile file) throws IOException {
    Txn keep = file.keep();
    try {
      MapCheck check = MapCheck.of(file.path(), true);
      Thread started = new Thread(() -> run(file, check, keep), "quorate-map-check");
      started.setDaemon(true);
      thread = started;
      started.start();
    } catch (IOException | RuntimeException e) {
      keep.close();
      throw e;
    }
  }

  private void run(TreeFile file, MapCheck check, Txn keep) {
    long start = System.nanoTime();
    try (keep) {
      if (check.run(() -> stopping)) {
        LOG.info("Checked {} in {} ms", file.path(), (System.nanoTime() - start) / 1_000_000);
      }
    } catch (IOException | RuntimeException | InternalError e) { // the last: a bad block
      failed.accept(e);
    }
  }

  /** Waits until the file was read, or the reading was given up. */
  void await() {
    Thread t = thread;
    while (t != null && t.isAlive()) {
      try {
        t.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while the tree is being checked", e);
      }
    }
  }

  /** Gives it up. */
  @Override
  public void close() {
    stopping = true;
    await();
  }
}
