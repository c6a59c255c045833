package io.quorate.server;

import io.quorate.spi.metrics.MetricsProvider;
import java.util.concurrent.atomic.AtomicLong;

/** How long fsyncs take. Written by the log writer, read by anyone. */
final class FsyncTimes {
  private final MetricsProvider.Summary summary;
  private final AtomicLong slow = new AtomicLong();

  FsyncTimes(MetricsProvider metrics) {
    this.summary = metrics.summary("fsynctime", false);
  }

  void add(long nanos) {
    summary.add(nanos / 1_000_000);
  }

  void slow() {
    slow.incrementAndGet();
  }

  long slowCount() {
    return slow.get();
  }

  void reset() {
    slow.set(0);
  }
}
