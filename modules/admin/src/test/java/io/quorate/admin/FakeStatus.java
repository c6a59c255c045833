package io.quorate.admin;

import io.quorate.server.ConfigException;
import io.quorate.server.ConfigReader;
import io.quorate.server.ConnectionStatus;
import io.quorate.server.ServerConfig;
import io.quorate.server.ServerStatus;
import io.quorate.spi.metrics.MetricsProvider;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A server's numbers as a test wants them. */
final class FakeStatus implements ServerStatus {
  ServerConfig config = config("4lw.commands.whitelist", "*");
  boolean serving = true;
  Mode mode = Mode.STANDALONE;
  double avgLatency = 2.3333;
  long mask = 306;
  int statisticsResets;
  int connectionResets;
  final DefaultMetrics metrics = new DefaultMetrics();
  final List<ConnectionStatus> connections = new ArrayList<>();
  final Map<Long, List<String>> watches = new TreeMap<>();
  final Map<Long, List<String>> ephemerals = new TreeMap<>();
  final List<SessionBucket> sessionBuckets = new ArrayList<>();
  final List<ConnectionBucket> connectionBuckets = new ArrayList<>();
  final List<Digest> digests = new ArrayList<>();
  final Map<String, Quota> quotas = new TreeMap<>();
  final Map<String, Long> quotaRefusals = new TreeMap<>();

  static ServerConfig config(String key, String value) {
    try {
      return ConfigReader.read(null, Map.of(key, value, "dataDir", "/data"), Map.of(), true)
          .config();
    } catch (ConfigException e) {
      throw new AssertionError(e);
    }
  }

  static ConnectionStatus connection(int port, long sessionId, long cxid) {
    return new ConnectionStatus(
        new InetSocketAddress("127.0.0.1", port),
        sessionId == 0 ? 0 : 1,
        0,
        3,
        2,
        sessionId,
        "GETD",
        1_795_357_714_978L,
        30_000,
        cxid,
        5,
        2_118_879,
        1,
        0,
        2,
        9);
  }

  @Override
  public ServerConfig config() {
    return config;
  }

  @Override
  public InetSocketAddress clientAddress() {
    return new InetSocketAddress("127.0.0.1", 2181);
  }

  @Override
  public boolean serving() {
    return serving;
  }

  @Override
  public Mode mode() {
    return mode;
  }

  @Override
  public long serverId() {
    return 0;
  }

  @Override
  public long uptimeMs() {
    return 3728;
  }

  @Override
  public long lastZxid() {
    return 0x5;
  }

  @Override
  public long nodeCount() {
    return 8;
  }

  @Override
  public long dataSizeBytes() {
    return 67;
  }

  @Override
  public long ephemeralCount() {
    return 2;
  }

  @Override
  public long watchCount() {
    return 5;
  }

  @Override
  public int globalSessions() {
    return 2;
  }

  @Override
  public int localSessions() {
    return 0;
  }

  @Override
  public int connectionCount() {
    return connections.size();
  }

  @Override
  public long outstandingRequests() {
    return 0;
  }

  @Override
  public long packetsReceived() {
    return 23;
  }

  @Override
  public long packetsSent() {
    return 21;
  }

  @Override
  public long minLatencyMs() {
    return 0;
  }

  @Override
  public double avgLatencyMs() {
    return avgLatency;
  }

  @Override
  public long maxLatencyMs() {
    return 9;
  }

  @Override
  public int lastResponseBytes() {
    return -1;
  }

  @Override
  public int minResponseBytes() {
    return -1;
  }

  @Override
  public int maxResponseBytes() {
    return -1;
  }

  @Override
  public long fsyncThresholdExceeded() {
    return 4;
  }

  @Override
  public long authFailed() {
    return 0;
  }

  @Override
  public double connectionDropProbability() {
    return 0;
  }

  @Override
  public Map<String, Quota> quotas() {
    return quotas;
  }

  @Override
  public Map<String, Long> quotaRefusals() {
    return quotaRefusals;
  }

  @Override
  public long traceMask() {
    return mask;
  }

  @Override
  public MetricsProvider metrics() {
    return metrics;
  }

  @Override
  public List<ConnectionStatus> connections() {
    return connections;
  }

  @Override
  public WatchSummary watchSummary() {
    int pairs = watches.values().stream().mapToInt(List::size).sum();
    long paths = watches.values().stream().flatMap(List::stream).distinct().count();
    return new WatchSummary(watches.size(), (int) paths, pairs);
  }

  @Override
  public Map<Long, List<String>> watchesBySession() {
    return watches;
  }

  @Override
  public List<SessionBucket> sessionBuckets() {
    return sessionBuckets;
  }

  @Override
  public List<ConnectionBucket> connectionBuckets() {
    return connectionBuckets;
  }

  @Override
  public Map<Long, List<String>> ephemerals() {
    return ephemerals;
  }

  @Override
  public List<Digest> digestHistory() {
    return digests;
  }

  @Override
  public long dataDirBytes() {
    return 102_894;
  }

  @Override
  public long logDirBytes() {
    return 102_895;
  }

  @Override
  public void resetStatistics() {
    statisticsResets++;
  }

  @Override
  public void resetConnectionStatistics() {
    connectionResets++;
  }

  @Override
  public void setTraceMask(long mask) {
    this.mask = mask;
  }
}
