package io.quorate.server;

import io.quorate.api.NodeDigest;
import io.quorate.api.OpCode;
import io.quorate.api.TreeReader;
import io.quorate.replica.ClientLink;
import io.quorate.spi.metrics.MetricsProvider;
import io.quorate.spi.storage.Storage;
import io.quorate.spi.transport.Transport;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** What operators see of this server. */
final class RunningStatus implements ServerStatus {
  private final ServerConfig config;
  private final TreeReader reader;
  private final List<IoShard> shards;
  private final List<Transport.Loop> loops;
  private final CoreLoop core;
  private final CoreNumbers numbers;
  private final Storage storage;
  private final MetricsProvider metrics;
  private final FsyncTimes fsyncs;
  private final ConnectionThrottle throttle;
  private final ClientAcceptor acceptor;
  private final long startNanos = System.nanoTime();
  private volatile InetSocketAddress address;
  private volatile boolean serving;
  private volatile long traceMask = 2 | 16 | 32 | 256; // as Apache starts

  RunningStatus(
      ServerConfig config,
      TreeReader reader,
      List<IoShard> shards,
      List<Transport.Loop> loops,
      CoreLoop core,
      CoreNumbers numbers,
      Storage storage,
      MetricsProvider metrics,
      FsyncTimes fsyncs,
      ConnectionThrottle throttle,
      ClientAcceptor acceptor) {
    this.config = config;
    this.reader = reader;
    this.shards = shards;
    this.loops = loops;
    this.core = core;
    this.numbers = numbers;
    this.storage = storage;
    this.metrics = metrics;
    this.fsyncs = fsyncs;
    this.throttle = throttle;
    this.acceptor = acceptor;
    this.address = config.client().address();
  }

  void serving(InetSocketAddress address) {
    this.address = address;
    serving = true;
  }

  void stopped() {
    serving = false;
  }

  @Override
  public ServerConfig config() {
    return config;
  }

  @Override
  public InetSocketAddress clientAddress() {
    return address;
  }

  @Override
  public boolean serving() {
    return serving;
  }

  @Override
  public Mode mode() {
    return Mode.STANDALONE;
  }

  @Override
  public long serverId() {
    return 0;
  }

  @Override
  public long uptimeMs() {
    return (System.nanoTime() - startNanos) / 1_000_000;
  }

  @Override
  public long lastZxid() {
    return reader.latest().zxid();
  }

  @Override
  public long nodeCount() {
    return reader.latest().nodeCount() + 1; // the root has two names
  }

  @Override
  public long dataSizeBytes() {
    return reader.latest().dataSize() + 1; // the path of the root
  }

  @Override
  public long ephemeralCount() {
    return reader.latest().ephemeralCount();
  }

  @Override
  public long watchCount() {
    return numbers.watches();
  }

  @Override
  public int globalSessions() {
    return reader.latest().sessionCount();
  }

  @Override
  public int localSessions() {
    return Math.max(0, numbers.sessions() - reader.latest().sessionCount());
  }

  @Override
  public int connectionCount() {
    return acceptor.open();
  }

  @Override
  public long outstandingRequests() {
    return sum(s -> s.outstanding);
  }

  private long sum(ToLongFunction<IoShard> of) {
    return shards.stream().mapToLong(of).sum();
  }

  @Override
  public long packetsReceived() {
    return sum(s -> s.stats.received);
  }

  @Override
  public long packetsSent() {
    return sum(s -> s.stats.sent);
  }

  @Override
  public long minLatencyMs() {
    long min = shards.stream().mapToLong(s -> s.stats.minLatencyNanos).min().orElse(0);
    return min == Long.MAX_VALUE ? 0 : min / 1_000_000;
  }

  @Override
  public double avgLatencyMs() {
    long count = sum(s -> s.stats.latencies);
    return count == 0 ? 0 : sum(s -> s.stats.latencyNanos) / 1e6 / count;
  }

  @Override
  public long maxLatencyMs() {
    return shards.stream().mapToLong(s -> s.stats.maxLatencyNanos).max().orElse(0) / 1_000_000;
  }

  @Override
  public int lastResponseBytes() {
    return shards.stream().mapToInt(s -> s.stats.lastResponse).max().orElse(-1);
  }

  @Override
  public int minResponseBytes() {
    return shards.stream().mapToInt(s -> s.stats.minResponse).filter(n -> n >= 0).min().orElse(-1);
  }

  @Override
  public int maxResponseBytes() {
    return shards.stream().mapToInt(s -> s.stats.maxResponse).max().orElse(-1);
  }

  @Override
  public long fsyncThresholdExceeded() {
    return fsyncs.slowCount();
  }

  @Override
  public long authFailed() {
    return sum(s -> s.stats.authFailed);
  }

  @Override
  public double connectionDropProbability() {
    return throttle.dropProbability();
  }

  @Override
  public Map<String, Quota> quotas() {
    return QuotaReport.of(reader.latest());
  }

  @Override
  public Map<String, Long> quotaRefusals() {
    return numbers.quotaRefusals();
  }

  @Override
  public long traceMask() {
    return traceMask;
  }

  @Override
  public MetricsProvider metrics() {
    return metrics;
  }

  @Override
  public Map<String, Number> counts() {
    Map<String, Number> counts = new TreeMap<>(storage.numbers());
    counts.put("bytes_received_count", sum(s -> s.stats.receivedBytes));
    counts.put("throttled_ops", sum(s -> s.stats.throttled));
    counts.put("large_requests_rejected", sum(s -> s.stats.largeRejected));
    return counts;
  }

  // ---- tables

  /** Asks every shard on its loop; waits for all. */
  private <T> List<T> onLoops(Function<IoShard, T> question) {
    List<CompletableFuture<T>> answers = new ArrayList<>();
    for (int i = 0; i < shards.size(); i++) {
      IoShard shard = shards.get(i);
      CompletableFuture<T> answer = new CompletableFuture<>();
      loops
          .get(i)
          .execute(
              () -> {
                try {
                  answer.complete(question.apply(shard));
                } catch (RuntimeException e) {
                  answer.completeExceptionally(e);
                }
              });
      answers.add(answer);
    }
    return answers.stream().map(a -> a.orTimeout(10, TimeUnit.SECONDS).join()).toList();
  }

  @Override
  public List<ConnectionStatus> connections() {
    return onLoops(s -> s.connections().stream().map(this::status).toList()).stream()
        .flatMap(List::stream)
        .toList();
  }

  private ConnectionStatus status(ClientConnection c) {
    ConnectionStats s = c.stats;
    return new ConnectionStatus(
        c.channel().remoteAddress(),
        (c.readsNow() ? 1 : 0) | (c.channel().queuedBytes() > 0 ? 4 : 0),
        c.outstanding(),
        s.received,
        s.sent,
        c.sessionId(),
        s.lastOp == Integer.MIN_VALUE ? "NA" : OpCode.shortName(s.lastOp),
        s.acceptedMs,
        c.timeoutMs(),
        s.lastCxid,
        c.lastZxid(),
        s.lastResponseNanos / 1_000_000,
        s.lastLatencyNanos / 1_000_000,
        s.minLatencyNanos == Long.MAX_VALUE ? 0 : s.minLatencyNanos / 1_000_000,
        s.latencies == 0 ? 0 : s.latencyNanos / s.latencies / 1_000_000,
        s.maxLatencyNanos / 1_000_000);
  }

  @Override
  public WatchSummary watchSummary() {
    return core.ask(
        r -> {
          java.util.Set<Object> who =
              java.util.Collections.newSetFromMap(new java.util.IdentityHashMap<>());
          r.watchTable().forEachData((path, watcher) -> who.add(watcher));
          return new WatchSummary(
              who.size(), r.watchTable().dataPaths(), r.watchTable().dataSize());
        });
  }

  @Override
  public Map<Long, List<String>> watchesBySession() {
    return core.ask(
        r -> {
          Map<Long, List<String>> by = new LinkedHashMap<>();
          r.watchTable()
              .forEachData(
                  (path, watcher) ->
                      by.computeIfAbsent(
                              ((ClientLink) watcher).sessionId(), id -> new ArrayList<>())
                          .add(path.toString()));
          return by;
        });
  }

  @Override
  public List<SessionBucket> sessionBuckets() {
    NavigableMap<Long, List<Long>> buckets = core.ask(r -> r.sessionTable().bucketCopy());
    long toWall = System.currentTimeMillis() - System.nanoTime() / 1_000_000;
    return buckets.entrySet().stream()
        .map(e -> new SessionBucket(e.getKey() + toWall, e.getValue()))
        .toList();
  }

  @Override
  public List<ConnectionBucket> connectionBuckets() {
    Map<Long, Long> expiry = new TreeMap<>();
    for (SessionBucket bucket : sessionBuckets()) {
      for (long id : bucket.sessionIds()) {
        expiry.put(id, bucket.expiresMs());
      }
    }
    NavigableMap<Long, List<ConnectionStatus>> buckets = new TreeMap<>();
    for (ConnectionStatus c : connections()) {
      long sessionless = c.establishedMs() + config.client().handshakeTimeoutMs();
      long at = expiry.getOrDefault(c.sessionId(), sessionless);
      buckets.computeIfAbsent(at, k -> new ArrayList<>()).add(c);
    }
    return buckets.entrySet().stream()
        .map(e -> new ConnectionBucket(e.getKey(), e.getValue()))
        .toList();
  }

  @Override
  public Map<Long, List<String>> ephemerals() {
    var view = reader.latest();
    Map<Long, List<String>> by = new TreeMap<>();
    view.ephemeralOwners(
        id -> {
          List<String> paths = new ArrayList<>();
          view.ephemerals(id, path -> paths.add(path.toString()));
          by.put(id, paths);
        });
    return by;
  }

  @Override
  public List<Digest> digestHistory() {
    if (!config.features().digest()) {
      return List.of();
    }
    List<Digest> history = new ArrayList<>();
    for (long[] entry : core.ask(r -> r.digestLog().entries())) {
      history.add(new Digest(entry[0], entry[1], NodeDigest.VERSION));
    }
    return history;
  }

  @Override
  public long dataDirBytes() {
    return storage.dataSizeBytes();
  }

  @Override
  public long logDirBytes() {
    return storage.logSizeBytes();
  }

  @Override
  public void resetStatistics() {
    onLoops(
        s -> {
          s.stats.reset();
          return true;
        });
    fsyncs.reset();
    metrics.reset();
  }

  @Override
  public void resetConnectionStatistics() {
    onLoops(
        s -> {
          s.connections().forEach(c -> c.stats.reset());
          return true;
        });
  }

  @Override
  public void setTraceMask(long mask) {
    traceMask = mask;
  }
}
