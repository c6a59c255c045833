package io.quorate.admin;

import io.quorate.server.ServerConfig;
import io.quorate.spi.metrics.MetricsProvider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for pauses of the whole process (garbage collection, a stopped machine): a thread that
 * sleeps a fixed time and measures how much longer it took. On with {@code jvm.pause.monitor}.
 */
public final class PauseMonitor implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PauseMonitor.class);

  private final ServerConfig.Admin settings;
  private final MetricsProvider.Summary pauses;
  private final Thread thread = new Thread(this::run, "pause-monitor");

  PauseMonitor(ServerConfig.Admin settings, MetricsProvider metrics) {
    this.settings = settings;
    this.pauses = metrics.summary("jvm_pause_time_ms", true);
  }

  /** Starts the thread. */
  public static PauseMonitor start(ServerConfig.Admin settings, MetricsProvider metrics) {
    PauseMonitor monitor = new PauseMonitor(settings, metrics);
    monitor.thread.setDaemon(true);
    monitor.thread.start();
    return monitor;
  }

  private void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        long start = System.nanoTime();
        Thread.sleep(settings.pauseSleepMs());
        slept((System.nanoTime() - start) / 1_000_000 - settings.pauseSleepMs());
      }
    } catch (InterruptedException e) {
      LOG.debug("the pause monitor ends");
    }
  }

  /** Takes how much longer than asked for a sleep took. */
  void slept(long tooLongMs) {
    if (tooLongMs > settings.pauseWarnMs()) {
      LOG.warn("The process stood still for about {} ms", tooLongMs);
    } else if (tooLongMs > settings.pauseInfoMs()) {
      LOG.info("The process stood still for about {} ms", tooLongMs);
    } else {
      return;
    }
    pauses.add(tooLongMs);
  }

  /** Ends the thread. */
  @Override
  public void close() {
    thread.interrupt();
  }
}
