package io.quorate.server;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Everything a standalone server has to know, checked and typed. Made by {@link ConfigReader};
 * which key of zoo.cfg each value comes from is said in {@link ConfigKeys} (reference section 5).
 *
 * @param data where files are
 * @param client the client port
 * @param sessions ticks, timeouts, passwords
 * @param limits what bounds requests
 * @param connectionThrottle what bounds new connections
 * @param log the transaction log
 * @param snapshot when and how snapshots are taken
 * @param purge which old files go
 * @param features switches of behaviour and format
 * @param containers the sweep over container and TTL znodes
 * @param auth who may do what
 * @param admin four-letter words, metrics, pauses
 * @param providers which back-ends
 * @param properties all settings, also unknown ones, by their name as a system property ({@code
 *     zookeeper.} in front of most): what authentication providers and plug-ins read. May hold
 *     secrets, so {@link #toString} leaves it out
 * @param places where each setting stands and how it is spelt there ("zoo.cfg:3: storage"), by the
 *     same names
 */
public record ServerConfig(
    Data data,
    Client client,
    Sessions sessions,
    Limits limits,
    ConnectionThrottle connectionThrottle,
    Log log,
    Snapshot snapshot,
    Purge purge,
    Features features,
    Containers containers,
    Auth auth,
    Admin admin,
    Providers providers,
    Map<String, String> properties,
    Map<String, String> places) {

  public ServerConfig {
    properties = Map.copyOf(properties);
    places = Map.copyOf(places);
  }

  /**
   * What a provider has against a setting, with the place of the setting.
   *
   * @param problem if it begins with the name of a setting or of its system property, then with =
   *     or a colon, the place stands instead of the name; else it is returned as it is
   */
  public String placed(String problem) {
    int end = 0;
    while (end < problem.length() && "=: ".indexOf(problem.charAt(end)) < 0) {
      end++;
    }
    String name = problem.substring(0, end);
    String place = places.getOrDefault(name, places.get("zookeeper." + name));
    return place == null ? problem : place + problem.substring(end);
  }

  /** Without {@link #properties}, which may hold secrets. */
  @Override
  public String toString() {
    return "ServerConfig["
        + data
        + ", "
        + client
        + ", "
        + sessions
        + ", "
        + limits
        + ", "
        + connectionThrottle
        + ", "
        + log
        + ", "
        + snapshot
        + ", "
        + purge
        + ", "
        + features
        + ", "
        + containers
        + ", "
        + auth
        + ", "
        + admin
        + ", "
        + providers
        + "]";
  }

  /**
   * Where files are.
   *
   * @param dataDir snapshots, epochs, myid
   * @param logDir transaction logs; may equal {@code dataDir}
   * @param autoCreate whether missing directories are made
   * @param trustEmptySnapshot whether logs without any snapshot may be replayed from nothing
   */
  public record Data(Path dataDir, Path logDir, boolean autoCreate, boolean trustEmptySnapshot) {}

  /**
   * The client port.
   *
   * @param address to listen on; the wildcard address for all interfaces, port 0 lets the kernel
   *     choose
   * @param backlog of the listening socket; -1 for the system's default
   * @param maxPerAddress connections from one IP address; 0 is unlimited
   * @param maxConnections connections in all; 0 is unlimited
   * @param handshakeTimeoutMs how long a connection may stay without a session
   * @param tcpKeepAlive of accepted sockets
   */
  public record Client(
      InetSocketAddress address,
      int backlog,
      int maxPerAddress,
      int maxConnections,
      int handshakeTimeoutMs,
      boolean tcpKeepAlive) {}

  /**
   * Sessions.
   *
   * @param tickMs the base time unit
   * @param minTimeoutMs the shortest timeout that is granted
   * @param maxTimeoutMs the longest timeout that is granted
   * @param localEnabled whether sessions are local until they need more
   * @param localUpgrading whether a local session becomes global for its first ephemeral
   * @param passwords how passwords are made
   */
  public record Sessions(
      int tickMs,
      int minTimeoutMs,
      int maxTimeoutMs,
      boolean localEnabled,
      boolean localUpgrading,
      SessionPasswords passwords) {}

  /** How session passwords are made. */
  public enum SessionPasswords {
    /** From a secret key, so that nobody can compute another's. */
    HMAC,
    /** As Apache's servers do: every server computes the same, and so can anybody else. */
    APACHE
  }

  /**
   * What bounds requests.
   *
   * @param maxBufferBytes jute.maxbuffer: the longest frame from a client
   * @param maxRecordBytes the longest record that is read from disk: maxBufferBytes and the extra
   *     size
   * @param globalOutstanding requests in flight before reading from sockets stops
   * @param throttleRequests requests in flight before new ones wait in front; 0 turns it off
   * @param throttledOpWaitMs beyond this wait a request gets THROTTLEDOP; 0 turns it off
   * @param largeRequestBytes the sum of large requests in flight
   * @param largeRequestThresholdBytes from which size a request is large; -1 turns it off
   * @param queuedReplyBytes the sum of replies that clients have not read, beyond which the
   *     connections that hold most wait; 0 turns it off
   * @param outstandingBytes the sum of requests in flight beyond which reading from sockets stops
   * @param watchBytes about how much memory watches may take
   */
  public record Limits(
      int maxBufferBytes,
      int maxRecordBytes,
      int globalOutstanding,
      int throttleRequests,
      int throttledOpWaitMs,
      int largeRequestBytes,
      int largeRequestThresholdBytes,
      long queuedReplyBytes,
      long outstandingBytes,
      long watchBytes) {}

  /**
   * The token bucket of new connections, with random drops in front (BLUE).
   *
   * @param tokens the bucket's size; 0 turns everything off
   * @param fillMs the time between fills
   * @param fillCount tokens of one fill
   * @param freezeMs the least time between changes of the drop probability; -1 turns drops off
   * @param dropIncrease added when the bucket is empty
   * @param dropDecrease taken off when it is full enough
   * @param decreaseRatio how full that is, 0 to 1
   * @param weights whether a connection costs more than one token
   * @param globalWeight how many it costs then
   */
  public record ConnectionThrottle(
      int tokens,
      int fillMs,
      int fillCount,
      int freezeMs,
      double dropIncrease,
      double dropDecrease,
      double decreaseRatio,
      boolean weights,
      int globalWeight) {}

  /**
   * The transaction log.
   *
   * @param preallocateBytes how far a file is extended at a time
   * @param forceSync false skips fsync: acknowledged writes can be lost
   * @param fsyncWarningMs from which time an fsync is reported as slow
   * @param fileLimitBytes a file is rolled past this size; 0 turns it off
   * @param flushDelayMs how long a batch may wait for more before its fsync; 0 does not wait
   * @param maxBatch records of one batch at most
   */
  public record Log(
      long preallocateBytes,
      boolean forceSync,
      int fsyncWarningMs,
      long fileLimitBytes,
      int flushDelayMs,
      int maxBatch) {}

  /**
   * Snapshots.
   *
   * @param afterTransactions a snapshot is due after about this many (between half of it and all of
   *     it, at random)
   * @param afterLogBytes and after about this many bytes of log; 0 turns it off
   * @param compression "", "gz" or "snappy"
   * @param serializeLastZxid whether a snapshot ends with its zxid
   */
  public record Snapshot(
      int afterTransactions, long afterLogBytes, String compression, boolean serializeLastZxid) {}

  /**
   * Purging of old snapshots and logs.
   *
   * @param intervalMs the time between runs; 0 turns it off
   * @param retain how many snapshots stay
   * @param sizeBudgetBytes beyond this size in all further snapshots go, down to one; 0 is no
   *     budget
   */
  public record Purge(long intervalMs, int retain, long sizeBudgetBytes) {}

  /**
   * Switches.
   *
   * @param digest whether the tree digest is kept and written
   * @param extendedTypes whether TTL znodes can be made
   * @param emulate353Ttl whether owners are read as 3.5.3 wrote them
   * @param readOnlyMode readonlymode.enabled
   * @param skipAcl whether no ACL is checked
   * @param enforceQuota whether hard quotas refuse writes
   * @param reconfig whether reconfig is allowed
   */
  public record Features(
      boolean digest,
      boolean extendedTypes,
      boolean emulate353Ttl,
      boolean readOnlyMode,
      boolean skipAcl,
      boolean enforceQuota,
      boolean reconfig) {}

  /**
   * The sweep over container and TTL znodes.
   *
   * @param checkIntervalMs the time between sweeps
   * @param maxPerMinute deletions a minute at most
   * @param maxNeverUsedMs after which a container that never had a child goes; 0 keeps it
   */
  public record Containers(int checkIntervalMs, int maxPerMinute, long maxNeverUsedMs) {}

  /**
   * Who may do what.
   *
   * @param named providers that the configuration names, in the order of their keys
   * @param enforce whether a client has to authenticate before anything else
   * @param enforceSchemes with one of these schemes; not empty if {@code enforce}
   * @param requireSasl whether a client has to authenticate with SASL before anything else
   * @param allowSaslFailed whether a client may go on after its SASL authentication failed
   */
  public record Auth(
      List<NamedProvider> named,
      boolean enforce,
      Set<String> enforceSchemes,
      boolean requireSasl,
      boolean allowSaslFailed) {
    public Auth {
      named = List.copyOf(named);
      enforceSchemes = Set.copyOf(enforceSchemes);
    }
  }

  /**
   * A line {@code authProvider.N}.
   *
   * @param name a scheme, or a class name of Apache's as in {@code AuthProvider.aliases}
   * @param where the file, line and key, for messages
   */
  public record NamedProvider(String name, String where) {}

  /**
   * What operators look at.
   *
   * @param textWords the four-letter words that are answered
   * @param pauseMonitor whether pauses of the process are looked for
   * @param pauseInfoMs from which length a pause is logged
   * @param pauseWarnMs from which length it is logged as a warning
   * @param pauseSleepMs how often it looks
   */
  public record Admin(
      Set<String> textWords,
      boolean pauseMonitor,
      long pauseInfoMs,
      long pauseWarnMs,
      long pauseSleepMs) {
    public Admin {
      textWords = Set.copyOf(textWords);
    }
  }

  /**
   * Which back-ends, each by name.
   *
   * @param storageProperties keys after {@code storage.}
   * @param metricsProperties keys after {@code metricsProvider.}
   * @param ioThreads loops that serve connections, at least 1
   * @param plugins the folder of plug-ins, if it is not that of the image
   */
  public record Providers(
      String storage,
      Map<String, String> storageProperties,
      String codec,
      String transport,
      String metrics,
      Map<String, String> metricsProperties,
      int ioThreads,
      Optional<Path> plugins) {
    public Providers {
      storageProperties = Map.copyOf(storageProperties);
      metricsProperties = Map.copyOf(metricsProperties);
    }

    /** Without the settings of providers, which may hold secrets. */
    @Override
    public String toString() {
      return "Providers["
          + String.join(", ", storage, codec, transport, metrics)
          + ", ioThreads="
          + ioThreads
          + "]";
    }
  }
}
