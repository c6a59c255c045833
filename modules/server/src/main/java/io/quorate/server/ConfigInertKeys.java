package io.quorate.server;

import io.quorate.server.ConfigKey.Effect;
import io.quorate.server.ConfigKey.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * Keys of Apache's server that are accepted and change nothing, with what is said about them. The
 * second word of each line is the value that asks for nothing, about which nothing is said; - where
 * there is none. A word in angle brackets after it says what a value has to be; a wrong one stops
 * the start as it does where the key has an effect.
 */
final class ConfigInertKeys {
  private static final String ENSEMBLE =
      """
      initLimit - <number> Ticks for connecting to the leader and synchronising.
      syncLimit - <number> Ticks a follower may lag.
      connectToLearnerMasterLimit 0 <number> Ticks for connecting to the leader.
      electionAlg 3 <3> The election algorithm.
      quorumListenOnAllIPs false <flag> Election and quorum ports on all addresses.
      peerType participant <participant|observer> Participant or observer.
      syncEnabled true <flag> Observers log to disk.
      commitLogCount - <number> Transactions in memory for learners.
      snapshotSizeFactor - Budget for synchronising from the log.
      forceSnapshotSync false <flag> Learners always get a snapshot.
      closeSessionTxn.enabled true <flag> Session ends list their ephemerals; always so here.
      db.autocreate true <flag> An empty database may vote.
      enableEagerACLCheck false <flag> Learners check ACLs too.
      observerMasterPort 0 <port> Followers serve observers.
      observerMaster.sizeLimit - Their packet buffer.
      sslQuorum false <flag> TLS between servers.
      portUnification false <flag> Plain and TLS on one quorum port.
      sslQuorumReloadCertFiles false <flag> Certificates between servers are watched.
      ssl.quorum.* - TLS between servers.
      quorum.auth.enableSasl false <flag> SASL between servers.
      quorum.auth.serverRequireSasl false <flag> SASL between servers.
      quorum.auth.learnerRequireSasl false <flag> SASL between servers.
      quorum.cnxn.threads.size - <number> Connection threads between servers.
      quorum.* - SASL between servers, and its connection threads.
      multiAddress.enabled false <flag> Several addresses per server.
      multiAddress.reachabilityCheckTimeoutMs - <number> Several addresses per server.
      multiAddress.reachabilityCheckEnabled - <flag> Several addresses per server.
      multiAddress.* - Several addresses per server.
      oraclePath - Oracle of two servers.
      group.* - Hierarchical quorums.
      weight.* - <number> Hierarchical quorums.
      version - The dynamic configuration's version.
      cnxTimeout - <number> Election connections.
      quorumCnxnTimeoutMs - Election connections.
      electionPortBindRetry - <number> Election port.
      tcpKeepAlive false <flag> TCP keep-alive between servers.
      fastleader.* - <number> Election pauses.
      leaderServes yes <yes|no> The leader accepts clients.
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
      secureClientPort - <port> TLS client port; it is not opened.
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
      String form = words[2].startsWith("<") ? words[2].substring(1, words[2].indexOf('>')) : "";
      String meaning = form.isEmpty() ? words[2] : words[2].substring(form.length() + 3);
      keys.add(key(words[0], property, effect, inert, form, meaning));
    }
  }

  private static ConfigKey key(
      String name, String property, Effect effect, String inert, String form, String meaning) {
    Kind kind =
        switch (form) {
          case "" -> Kind.TEXT;
          case "flag" -> Kind.BOOLEAN;
          case "number", "port" -> Kind.WHOLE;
          default -> Kind.CHOICE;
        };
    return new ConfigKey(
        name,
        property,
        List.of(),
        kind,
        effect,
        inert,
        form.equals("port") ? 0 : Integer.MIN_VALUE,
        form.equals("port") ? 65535 : Integer.MAX_VALUE,
        "",
        kind == Kind.CHOICE ? List.of(form.split("\\|")) : List.of(),
        meaning);
  }
}
