package io.quorate.server;

import io.quorate.server.ConfigKey.Effect;
import io.quorate.server.ConfigKey.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * Keys of Apache's server that are accepted and change nothing, with what is said about them. The
 * second word of each line is the value that asks for nothing, about which nothing is said; - where
 * there is none.
 */
final class ConfigInertKeys {
  private static final String ENSEMBLE =
      """
      initLimit - Ticks for connecting to the leader and synchronising.
      syncLimit - Ticks a follower may lag.
      connectToLearnerMasterLimit 0 Ticks for connecting to the leader.
      electionAlg 3 The election algorithm.
      quorumListenOnAllIPs false Election and quorum ports on all addresses.
      peerType participant Participant or observer.
      syncEnabled true Observers log to disk.
      commitLogCount - Transactions in memory for learners.
      snapshotSizeFactor - Budget for synchronising from the log.
      forceSnapshotSync false Learners always get a snapshot.
      closeSessionTxn.enabled true Session ends list their ephemerals; always so here.
      db.autocreate true An empty database may vote.
      enableEagerACLCheck false Learners check ACLs too.
      observerMasterPort 0 Followers serve observers.
      observerMaster.sizeLimit - Their packet buffer.
      sslQuorum false TLS between servers.
      portUnification false Plain and TLS on one quorum port.
      sslQuorumReloadCertFiles false Certificates between servers are watched.
      ssl.quorum.* - TLS between servers.
      quorum.* - SASL between servers, and its connection threads.
      multiAddress.* - Several addresses per server.
      oraclePath - Oracle of two servers.
      group.* - Hierarchical quorums.
      weight.* - Hierarchical quorums.
      version - The dynamic configuration's version.
      cnxTimeout - Election connections.
      quorumCnxnTimeoutMs - Election connections.
      electionPortBindRetry - Election port.
      tcpKeepAlive false TCP keep-alive between servers.
      fastleader.* - Election pauses.
      leaderServes yes The leader accepts clients.
      leader.* - The leader's limits and socket options.
      follower.* - The follower's socket options.
      learner.* - The learner's socket options.
      leaderConnectDelayDuringRetryMs - Retries of learners.
      forward_learner_requests_to_commit_processor_disabled - Requests of learners.
      observer.* - Observers.
      messageTracker.* - Debugging of learner packets.
      """;
  private static final String LATER =
      """
      secureClientPort - TLS client port; it is not opened.
      secureClientPortAddress - Its address.
      ssl.* - TLS for clients.
      client.certReload false Certificates are watched.
      client.portUnification false Plain and TLS on one client port.
      connection_throttle_renew_session_weight - Tokens by the kind of session.
      connection_throttle_local_session_weight - Tokens by the kind of session.
      fips-mode - TLS algorithms.
      admin.enableServer false Admin HTTP server; it is not started.
      admin.* - Admin HTTP server.
      audit.enable false Audit log; it is not written.
      audit.* - Audit log.
      X509AuthenticationProvider.superUser - Super user by certificate.
      kerberos.* - SASL with Kerberos.
      security.auth_to_local - SASL with Kerberos.
      java.security.* - SASL with Kerberos; given to the Java runtime.
      IPAuthenticationProvider.usexforwardedfor false Admin HTTP server.
      netty.server.outstandingHandshake.limit - TLS handshakes in flight.
      netty.server.earlyDropSecureConnectionHandshakes false TLS handshakes.
      """;
  private static final String TUNING =
      """
      maxWriteQueuePollTime - Log writer.
      intBufferStartingSizeBytes - Buffers.
      watchManagerName - Watch tables.
      watcherCleanThreshold - Watch tables.
      watcherCleanIntervalInSeconds - Watch tables.
      watcherCleanThreadsNum - Watch tables.
      maxInProcessingDeadWatchers - Watch tables.
      bitHashCacheSize - Watch tables.
      maxResponseCacheSize - Response cache.
      maxGetChildrenResponseCacheSize - Response cache.
      commitProcessor.* - Thread pools.
      nio.* - Thread pools and buffers.
      netty.* - Flow control.
      request_throttler.shutdownTimeout - Shutdown.
      request_throttle_stall_time - Queue of waiting requests; there is none, sockets wait.
      requestThrottleStallTime - The same.
      request_throttle_drop_stale true Queue of waiting requests.
      requestThrottleDropStale true The same.
      request_stale_latency_check false Requests older than their session's timeout.
      requestStaleLatencyCheck false The same.
      request_stale_connection_check true Requests of closed connections.
      requestStaleConnectionCheck true The same.
      pathStats.* - Statistics by path.
      """;
  private static final String CLIENT =
      """
      clientCnxnSocket - Client.
      client.* - Client.
      request.timeout - Client.
      sasl.* - Client.
      server.principal - Client.
      server.realm - Client.
      disableAutoWatchReset - Client.
      kinit - Client.
      """;
  private static final String LAUNCHER =
      """
      log.* - Log files.
      root.logger - Logging.
      console.threshold - Logging.
      tracelog.* - Logging.
      auditlog.* - Logging.
      jmx.* - JMX.
      quorate.home - Where the image is.
      """;

  private ConfigInertKeys() {}

  static List<ConfigKey> all() {
    List<ConfigKey> keys = new ArrayList<>();
    read(ENSEMBLE, Effect.ENSEMBLE, keys);
    read(LATER, Effect.LATER, keys);
    read(TUNING, Effect.TUNING, keys);
    read(CLIENT, Effect.CLIENT, keys);
    read(LAUNCHER, Effect.LAUNCHER, keys);
    return keys;
  }

  private static void read(String table, Effect effect, List<ConfigKey> keys) {
    for (String line : table.split("\n")) {
      String[] words = line.split(" ", 3);
      String inert = words[1].equals("-") ? "" : words[1];
      boolean whole = words[0].startsWith("java.") || words[0].startsWith("quorate.");
      String property = whole ? words[0] : "zookeeper." + words[0];
      keys.add(ConfigKeys.key(words[0], property, Kind.TEXT, effect, inert, words[2]));
    }
  }
}
