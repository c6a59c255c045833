package io.quorate.server;

import io.quorate.spi.metrics.MetricsProvider;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;

/**
 * What operators may see of a running server and the few things they may reset (reference sections
 * 6.1 and 6.3).
 *
 * <p>Any thread may call any method. Those under "numbers" read published values and never wait.
 * Those under "tables" may wait for the core loop, so neither it nor an I/O loop may call them;
 * what they return is a copy.
 */
public interface ServerStatus {
  /** What kind of server this is, as {@code Mode:} shows it. */
  enum Mode {
    STANDALONE("standalone"),
    LEADER("leader"),
    FOLLOWER("follower"),
    OBSERVER("observer"),
    READ_ONLY("read-only");

    private final String text;

    Mode(String text) {
      this.text = text;
    }

    /** The word that tools look for. */
    public String text() {
      return text;
    }
  }

  // ---- numbers

  /** The configuration it runs with. */
  ServerConfig config();

  /** The client address it listens on, with the real port. */
  InetSocketAddress clientAddress();

  /**
   * Whether it serves requests; while it starts or ends it does not, and most words say only so.
   */
  boolean serving();

  /** What it is at this moment. */
  Mode mode();

  /** The id in {@code conf}: 0 for a standalone server. */
  long serverId();

  /** Since its start, ms. */
  long uptimeMs();

  /** The last committed transaction. */
  long lastZxid();

  /**
   * Znodes, with those below /zookeeper. Apache counts the root twice; {@link #nodeCount} as well.
   */
  long nodeCount();

  /** Sum of path and data lengths, bytes. */
  long dataSizeBytes();

  /** Ephemeral znodes. */
  long ephemeralCount();

  /** Watches of all kinds, counted per connection and path. */
  long watchCount();

  /** Global sessions. */
  int globalSessions();

  /** Local sessions. */
  int localSessions();

  /** Client connections, those without a session included. */
  int connectionCount();

  /** Requests without a reply. */
  long outstandingRequests();

  /** Packets received since the last reset. */
  long packetsReceived();

  /** Packets sent since the last reset. */
  long packetsSent();

  /** Request latency since the last reset, ms; 0 before the first request. */
  long minLatencyMs();

  /** See {@link #minLatencyMs}. */
  double avgLatencyMs();

  /** See {@link #minLatencyMs}. */
  long maxLatencyMs();

  /** Length of the last reply, bytes; -1 before the first. */
  int lastResponseBytes();

  /** Least length of a reply, bytes; -1 before the first. */
  int minResponseBytes();

  /** Greatest length of a reply, bytes; -1 before the first. */
  int maxResponseBytes();

  /** Fsyncs that took longer than the threshold. */
  long fsyncThresholdExceeded();

  /** Failed authentications. */
  long authFailed();

  /** The chance that a new connection is dropped, 0 to 1. */
  double connectionDropProbability();

  /** Quotas by the first name of the path; empty if there are none. */
  Map<String, Quota> quotas();

  /** Requests that a quota refused, by the first name of its path; only names with any. */
  Map<String, Long> quotaRefusals();

  /** The trace mask (reference section 6.9). */
  long traceMask();

  /** Counters and summaries. */
  MetricsProvider metrics();

  /**
   * Metrics that the server keeps itself, by their names in the registry; they stand in for what
   * {@link #metrics} says of these names.
   */
  default Map<String, Number> counts() {
    return Map.of();
  }

  // ---- tables

  /** Client connections, that of the asker included. */
  List<ConnectionStatus> connections();

  /** Data watches, one-shot, persistent and recursive, but no child watches (trap A-29). */
  WatchSummary watchSummary();

  /** The same watches: session id to paths. */
  Map<Long, List<String>> watchesBySession();

  /** Sessions by the time at which they expire if nothing is heard, earliest first. */
  List<SessionBucket> sessionBuckets();

  /** Connections without a session, or idle ones, by the time at which they are closed. */
  List<ConnectionBucket> connectionBuckets();

  /** Ephemerals: session id to paths. */
  Map<Long, List<String>> ephemerals();

  /** Recent tree digests, oldest first; empty if digests are off. */
  List<Digest> digestHistory();

  /** Size of everything in the data directory but logs, bytes. */
  long dataDirBytes();

  /** Size of the transaction logs, bytes. */
  long logDirBytes();

  // ---- changes

  /** Sets latency, packets, fsync and authentication counts back, and the metrics. */
  void resetStatistics();

  /**
   * Sets the counts of each connection back, and forgets its last request (operation NA, cxid -1,
   * zxid, times).
   */
  void resetConnectionStatistics();

  /** Sets the trace mask; it is kept and shown, tracing itself is the logger's business. */
  void setTraceMask(long mask);

  /**
   * Data watches in numbers.
   *
   * @param connections that have any
   * @param paths that have any
   * @param watches pairs of the two
   */
  record WatchSummary(int connections, int paths, int watches) {}

  /**
   * Sessions that expire together.
   *
   * @param expiresMs in ms since 1970
   */
  record SessionBucket(long expiresMs, List<Long> sessionIds) {
    public SessionBucket {
      sessionIds = List.copyOf(sessionIds);
    }
  }

  /**
   * Connections that are closed together.
   *
   * @param expiresMs in ms since 1970
   */
  record ConnectionBucket(long expiresMs, List<ConnectionStatus> connections) {
    public ConnectionBucket {
      connections = List.copyOf(connections);
    }
  }

  /**
   * The digest of the tree after a transaction.
   *
   * @param version of the way it is computed
   */
  record Digest(long zxid, long digest, int version) {}

  /** A quota and what is used of it; -1 where there is no limit. */
  record Quota(long countLimit, long bytesLimit, long countUsed, long bytesUsed) {}
}
