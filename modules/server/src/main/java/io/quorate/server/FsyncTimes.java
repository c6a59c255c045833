package io.quorate.server;

import io.quorate.spi.metrics.MetricsProvider;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How long fsyncs take and how many transactions each makes durable, which a standalone server
 * commits at once. Written by the log writer, read by anyone.
 */
final class FsyncTimes {
  private final MetricsProvider.Summary summary;
  private final MetricsProvider.Summary batches;
  private final MetricsProvider.Counter proposals;
  private final MetricsProvider.Counter commits;
  private final AtomicLong slow = new AtomicLong();

  FsyncTimes(MetricsProvider metrics) {
    this.summary = metrics.summary("fsynctime", false);
    this.batches = metrics.summary("sync_processor_batch_size", false);
    this.proposals = metrics.counter("proposal_count");
    this.commits = metrics.counter("commit_count");
  }

  void add(long nanos, int transactions) {
    summary.add(nanos / 1_000_000);
    batches.add(transactions);
    proposals.add(transactions);
    commits.add(transactions);
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
