package io.quorate.server;

import io.quorate.api.TreeView;
import io.quorate.api.Zxid;
import io.quorate.spi.metrics.MetricsProvider;
import io.quorate.spi.storage.Snapshots;
import java.io.IOException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread that writes snapshots and purges old files. At most one snapshot at a time. */
final class SnapshotHelper {
  private static final Logger LOG = LoggerFactory.getLogger(SnapshotHelper.class);

  private final Snapshots snapshots;
  private final ServerConfig.Purge purge;
  private final Consumer<Throwable> fatal;
  private final MetricsProvider.Summary times;
  private final MetricsProvider.Counter errors;
  private final AtomicBoolean busy = new AtomicBoolean();
  private final ScheduledThreadPoolExecutor executor =
      new ScheduledThreadPoolExecutor(
          1,
          task -> {
            Thread t = new Thread(task, "quorate-snapshot");
            t.setDaemon(true);
            t.setPriority(Thread.MIN_PRIORITY);
            return t;
          });

  SnapshotHelper(
      Snapshots snapshots,
      ServerConfig.Purge purge,
      MetricsProvider metrics,
      Consumer<Throwable> fatal) {
    this.snapshots = snapshots;
    this.purge = purge;
    this.fatal = fatal;
    this.times = metrics.summary("snapshottime", false);
    this.errors = metrics.counter("snapshot_error_count");
    if (purge.intervalMs() > 0) {
      executor.scheduleWithFixedDelay(
          this::purge, purge.intervalMs(), purge.intervalMs(), TimeUnit.MILLISECONDS);
    }
  }

  /** Writes a snapshot of this view, unless one is being written. Returns whether it will. */
  boolean snapshot(TreeView view) {
    if (busy.getAndSet(true)) {
      return false;
    }
    executor.execute(() -> write(view));
    return true;
  }

  private void write(TreeView view) {
    try {
      long start = System.nanoTime();
      long bytes = snapshots.write(view);
      long ms = (System.nanoTime() - start) / 1_000_000;
      times.add(ms);
      LOG.info("snapshot {}: {} bytes in {} ms", Zxid.toHex(view.zxid()), bytes, ms);
      if (purge.intervalMs() > 0 && purge.sizeBudgetBytes() > 0) {
        purge();
      }
    } catch (IOException | RuntimeException e) {
      errors.add(1);
      fatal.accept(e);
    } finally {
      busy.set(false);
    }
  }

  private void purge() {
    try {
      int gone = snapshots.purge(purge.retain(), purge.sizeBudgetBytes());
      if (gone > 0) {
        LOG.info("purged {} old files", gone);
      }
    } catch (IOException | RuntimeException e) {
      LOG.warn("could not purge old files: {}", e.toString());
    }
  }

  /** Lets a snapshot that is being written end. */
  void stop() {
    executor.shutdown();
    try {
      if (!executor.awaitTermination(60, TimeUnit.SECONDS)) {
        executor.shutdownNow();
      }
    } catch (InterruptedException e) {
      executor.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
