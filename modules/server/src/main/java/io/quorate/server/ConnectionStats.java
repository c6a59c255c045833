package io.quorate.server;

/** Counts of one connection; written by its loop, read by others without a lock. */
final class ConnectionStats {
  final long acceptedNanos;
  final long acceptedMs;
  long received;
  long sent;
  int lastOp = Integer.MIN_VALUE;
  long lastCxid = -1;
  long lastResponseNanos;
  long lastLatencyNanos;
  long minLatencyNanos = Long.MAX_VALUE;
  long maxLatencyNanos;
  long latencies;
  long latencyNanos;

  ConnectionStats(long acceptedNanos, long acceptedMs) {
    this.acceptedNanos = acceptedNanos;
    this.acceptedMs = acceptedMs;
    this.lastResponseNanos = acceptedNanos;
  }

  void latency(long nanos) {
    lastLatencyNanos = nanos;
    latencies++;
    latencyNanos += nanos;
    minLatencyNanos = Math.min(minLatencyNanos, nanos);
    maxLatencyNanos = Math.max(maxLatencyNanos, nanos);
  }

  void reset() {
    received = 0;
    sent = 0;
    lastOp = Integer.MIN_VALUE;
    lastCxid = -1;
    lastLatencyNanos = 0;
    minLatencyNanos = Long.MAX_VALUE;
    maxLatencyNanos = 0;
    latencies = 0;
    latencyNanos = 0;
  }
}
