package io.quorate.server;

/**
 * Counts of one shard. Written by its loop only; read by others without a lock, so a value may be a
 * moment old.
 */
final class ShardStats {
  long received;
  long sent;
  long latencies;
  long latencyNanos;
  long minLatencyNanos = Long.MAX_VALUE;
  long maxLatencyNanos;
  long receivedBytes;
  int lastResponse = -1;
  int minResponse = -1;
  int maxResponse = -1;
  long authFailed;
  long throttled;
  long largeRejected;

  void latency(long nanos) {
    latencies++;
    latencyNanos += nanos;
    minLatencyNanos = Math.min(minLatencyNanos, nanos);
    maxLatencyNanos = Math.max(maxLatencyNanos, nanos);
  }

  void response(int bytes) {
    sent++;
    lastResponse = bytes;
    minResponse = minResponse < 0 ? bytes : Math.min(minResponse, bytes);
    maxResponse = Math.max(maxResponse, bytes);
  }

  void reset() {
    received = 0;
    sent = 0;
    latencies = 0;
    latencyNanos = 0;
    minLatencyNanos = Long.MAX_VALUE;
    maxLatencyNanos = 0;
    minResponse = -1;
    maxResponse = -1;
    lastResponse = -1;
    authFailed = 0;
    receivedBytes = 0;
    throttled = 0;
    largeRejected = 0;
  }
}
