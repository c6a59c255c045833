package io.quorate.server;

import io.quorate.server.ConfigKey.Effect;
import io.quorate.server.ConfigKey.Kind;
import java.util.ArrayList;
import java.util.List;

/** Keys that a server uses (reference sections 5.2 to 5.9). */
final class ConfigUsedKeys {
  private static final int MAX = Integer.MAX_VALUE;
  private static final List<ConfigKey> ALL = new ArrayList<>();

  static {
    files();
    clients();
    log();
    snapshots();
    data();
    access();
    throttle();
    operations();
    back();
  }

  private ConfigUsedKeys() {}

  static List<ConfigKey> all() {
    return List.copyOf(ALL);
  }

  private static void files() {
    text("dataDir", "", "Where snapshots, epochs and myid are. Required in a file.");
    text("dataLogDir", "", "Where transaction logs are; dataDir if it is not given.");
    flag("datadir.autocreate", true, "Missing directories are made.");
    flag("snapshot.trust.empty", false, "Logs without any snapshot may be replayed from nothing.");
  }

  private static void clients() {
    whole(
        "clientPort",
        "2181",
        0,
        65535,
        "",
        "The client port; 0 lets the kernel choose. Required in a file.");
    text("clientPortAddress", "", "The address to listen on; all interfaces if it is not given.");
    whole("clientPortListenBacklog", "-1", -1, MAX, "", "Backlog of the socket; -1: the system's.");
    whole("maxClientCnxns", "60", -1, MAX, "", "Connections from one IP address; 0: unlimited.");
    whole("maxCnxns", "0", -1, MAX, "", "Connections in all; 0: unlimited.");
    flag("clientTcpKeepAlive", false, "TCP keep-alive on client connections.");
    whole(
        "nio.sessionlessCnxnTimeout",
        "10000",
        1,
        MAX,
        "milliseconds",
        "How long a connection may stay without a session.");
    whole("tickTime", "3000", 1, MAX, "milliseconds", "The base time unit.");
    whole("minSessionTimeout", "-1", -1, MAX, "milliseconds", "-1: 2 ticks.");
    whole("maxSessionTimeout", "-1", -1, MAX, "milliseconds", "-1: 20 ticks.");
    flag("localSessionsEnabled", false, "Sessions are local until they need to be global.");
    flag("localSessionsUpgradingEnabled", false, "A local session turns global for an ephemeral.");
    choice(
        "quorate.sessionPasswords",
        "hmac",
        List.of("hmac", "apache"),
        "How session passwords are made: from a secret key, or computable as Apache's are. Safer"
            + " default.");
  }

  private static void log() {
    whole("preAllocSize", "65536", 0, MAX, "KB", "How far a log file is extended at a time.");
    yesNo("forceSync", true, "no skips fsync: acknowledged writes can be lost.");
    whole(
        "fsync.warningthresholdms", "1000", 0, MAX, "milliseconds", "A slower fsync is reported.");
    whole("txnLogSizeLimitInKb", "-1", -1, MAX, "KB", "Log files are rolled past it; -1: off.");
    whole("flushDelay", "0", 0, MAX, "milliseconds", "How long a batch may wait for more writes.");
    whole("maxBatchSize", "1000", 1, MAX, "", "Writes of one fsync at most.");
  }

  private static void snapshots() {
    whole(
        "snapCount",
        "100000",
        2,
        MAX,
        "",
        "Transactions from one snapshot to the next, at least: after one of more than 16 MB the"
            + " log first grows as long. In quiet times 8 MB of log, or a quarter of the last"
            + " snapshot, are enough.");
    whole(
        "snapSizeLimitInKb", "4194304", -1, MAX, "KB", "Log size that is due a snapshot; 0: off.");
    choice(
        "snapshot.compression.method",
        "",
        List.of("gz", "snappy", ""),
        "Compression of snapshots: gz or snappy; empty: none.");
    flag("serializeLastProcessedZxid.enabled", true, "Snapshots end with their zxid.");
    add(
        "autopurge.purgeInterval",
        Kind.HOURS,
        "1",
        0,
        MAX,
        "hours",
        "The time between purges; 0 turns purging off. Apache's default is off; this is safer.");
    whole("autopurge.snapRetainCount", "3", 1, MAX, "", "Snapshots that stay, at least 3.");
    whole(
        "quorate.purge.sizeBudgetMb",
        "10240",
        0,
        MAX,
        "MB",
        "Size of the data directory beyond which purging leaves fewer snapshots, down to one;"
            + " 0: no budget.");
  }

  private static void data() {
    bare("jute.maxbuffer", "1048575", 1, MAX, "bytes", "The longest request, and longest record.");
    bare(
        "jute.maxbuffer.extrasize",
        "-1",
        -1,
        MAX,
        "bytes",
        "Allowance for records read from disk, at least 1024; -1: as jute.maxbuffer.");
    flag("digest.enabled", true, "The tree digest is kept and written.");
    flag("extendedTypesEnabled", false, "TTL znodes can be made.");
    flag("emulate353TTLNodes", false, "TTL znodes are read as 3.5.3 wrote them.");
    property(
        "readonlymode.enabled",
        Kind.BOOLEAN,
        "false",
        0,
        0,
        "",
        "Read-only mode, which only a server of an ensemble enters; enables the word isro.");
    bare(
        "znode.container.checkIntervalMs",
        "60000",
        1,
        MAX,
        "milliseconds",
        "Time between looks for containers and TTL znodes to delete.");
    bare("znode.container.maxPerMinute", "10000", 1, MAX, "", "Such deletions a minute at most.");
    bare(
        "znode.container.maxNeverUsedIntervalMs",
        "0",
        0,
        Long.MAX_VALUE,
        "milliseconds",
        "A container that never had a child is deleted after it; 0: never.");
    flag("enforceQuota", false, "Hard quotas refuse writes.");
  }

  private static void access() {
    yesNo("skipACL", false, "yes turns all ACL checks off.");
    text("superUser", "", "SASL id that is super.");
    text("superUser.*", "", "Further SASL ids that are super.");
    text("letAnySaslUserDoX", "", "An ACL id that every SASL id satisfies.");
    text(
        "SASLAuthenticationProvider.superPassword",
        "",
        "Password of the SASL user super; a secret.");
    text("sasl.serverconfig", "Server", "Section of the JAAS file.");
    property(
        "java.security.auth.login.config", Kind.TEXT, "", 0, 0, "", "The JAAS file, for SASL.");
    text("ensembleAuthName", "", "Names of the ensemble, for clients that check it.");
    flag("DigestAuthenticationProvider.enabled", true, "The scheme digest is there.");
    text("DigestAuthenticationProvider.superDigest", "", "user:hash of the super user; a secret.");
    text("DigestAuthenticationProvider.digestAlg", "SHA1", "Hash of the scheme digest.");
    text("authProvider.*", "", "An authentication provider: scheme or Apache's class name.");
    flag("enforce.auth.enabled", false, "Clients have to authenticate first.");
    text("enforce.auth.schemes", "", "Comma-separated schemes, one of which they have to use.");
    flag("sessionRequireClientSASLAuth", false, "Clients have to authenticate with SASL first.");
    flag("allowSaslFailedClients", false, "A client may go on after failed SASL.");
  }

  private static void throttle() {
    whole("globalOutstandingLimit", "1000", 1, MAX, "", "Requests in flight before reading stops.");
    whole(
        "request_throttle_max_requests",
        "0",
        0,
        MAX,
        "",
        "Requests in flight before others wait in front; 0: off.",
        "requestThrottleLimit");
    whole(
        "throttled_op_wait_time", "0", 0, MAX, "milliseconds", "Longer waits answer THROTTLEDOP.");
    whole("largeRequestMaxBytes", "104857600", 1, MAX, "bytes", "Sum of large requests in flight.");
    whole("largeRequestThreshold", "-1", -1, MAX, "bytes", "Larger requests are large; -1: off.");
    whole(
        "quorate.queuedReplyMaxBytes",
        "134217728",
        0,
        MAX,
        "bytes",
        "Sum of replies that clients have not read yet; beyond it the connections that hold most"
            + " are answered no more until they read, and beyond a quarter above it closed if they"
            + " get events. At most a quarter of the heap; 0: off.");
    add(
        "quorate.outstandingMaxBytes",
        Kind.WHOLE,
        "0",
        0,
        Long.MAX_VALUE,
        "bytes",
        "Sum of requests in flight before reading stops; 0: an eighth of the heap.");
    add(
        "quorate.watchMaxBytes",
        Kind.WHOLE,
        "0",
        0,
        Long.MAX_VALUE,
        "bytes",
        "Memory of watches, about: beyond half of it a connection that has more than its share and"
            + " sets another is closed. 0: half of the heap.");
    whole(
        "connection_throttle_tokens",
        "0",
        0,
        MAX,
        "",
        "Token bucket of new connections; 0: off.",
        "connectionMaxTokens");
    whole(
        "connection_throttle_fill_time",
        "1",
        1,
        MAX,
        "milliseconds",
        "Time between fills.",
        "connectionTokenFillTime");
    whole(
        "connection_throttle_fill_count",
        "1",
        0,
        MAX,
        "",
        "Tokens of one fill.",
        "connectionTokenFillCount");
    whole(
        "connection_throttle_freeze_time",
        "-1",
        -1,
        MAX,
        "milliseconds",
        "Least time between changes of the drop probability; -1: no random drops.",
        "connectionFreezeTime");
    fraction("connection_throttle_drop_increase", "0.02", "Added to it.", "connectionDropIncrease");
    fraction(
        "connection_throttle_drop_decrease", "0.002", "Taken off it.", "connectionDropDecrease");
    fraction(
        "connection_throttle_decrease_ratio",
        "0",
        "How full the bucket is for that, 0 to 1.",
        "connectionDecreaseRatio");
    flag("connection_throttle_weight_enabled", false, "A connection costs more than one token.");
    whole("connection_throttle_global_session_weight", "3", 1, MAX, "", "How many it costs then.");
  }

  private static void operations() {
    text(
        "4lw.commands.whitelist",
        "srvr",
        "Comma-separated four-letter words, or *; srvr is always enabled.");
    flag("jvm.pause.monitor", false, "Pauses of the process are logged and measured.");
    whole("jvm.pause.info-threshold.ms", "1000", 0, MAX, "milliseconds", "Logged from here on.");
    whole("jvm.pause.warn-threshold.ms", "10000", 0, MAX, "milliseconds", "As a warning.");
    whole("jvm.pause.sleep.time.ms", "500", 1, MAX, "milliseconds", "How often it looks.");
    flag("standaloneEnabled", true, "One server line means a standalone server.");
    flag("reconfigEnabled", false, "reconfig is allowed; a standalone server refuses it.");
    text("dynamicConfigFile", "", "A file with the server lines.");
    text("server.*", "", "A server of the ensemble; one at most in this release.");
    text(
        "metricsProvider.className",
        "default",
        "A metrics provider: its name, or Apache's class name.");
    text("metricsProvider.*", "", "Settings of the metrics provider.");
  }

  private static void back() {
    text("storage", "files", "The storage, by name: files, lmdb, or that of a plug-in.");
    text("storage.*", "", "Settings of the storage.");
    text(
        "codec",
        "jute",
        "The codec of logs and snapshots: jute (Apache's formats) or kryo (compact).");
    text("transport", "netty", "The transport, by name.");
    text("serverCnxnFactory", "", "Apache's transport class; both of Apache's mean netty.");
    text(
        "quorate.plugins",
        "",
        "The folder with the jars of plug-ins; plugins in the image if it is not given.");
    whole(
        "quorate.ioThreads", "0", 0, 1024, "", "I/O threads; 0: half the processors, at least 1.");
  }

  private static void add(
      String name,
      Kind kind,
      String defaultText,
      long min,
      long max,
      String unit,
      String meaning,
      String... aliases) {
    String property = name.startsWith("quorate.") ? name : "zookeeper." + name;
    ALL.add(
        new ConfigKey(
            name,
            property,
            List.of(aliases),
            kind,
            Effect.USED,
            defaultText,
            min,
            max,
            unit,
            List.of(),
            meaning));
  }

  private static void property(
      String name, Kind kind, String defaultText, long min, long max, String unit, String text) {
    ALL.add(
        new ConfigKey(
            name,
            name,
            List.of(),
            kind,
            Effect.USED,
            defaultText,
            min,
            max,
            unit,
            List.of(),
            text));
  }

  private static void bare(
      String name, String defaultText, long min, long max, String unit, String meaning) {
    property(name, Kind.WHOLE, defaultText, min, max, unit, meaning);
  }

  private static void text(String name, String defaultText, String meaning) {
    add(name, Kind.TEXT, defaultText, 0, 0, "", meaning);
  }

  private static void flag(String name, boolean value, String meaning, String... aliases) {
    add(name, Kind.BOOLEAN, value ? "true" : "false", 0, 0, "", meaning, aliases);
  }

  private static void yesNo(String name, boolean value, String meaning) {
    add(name, Kind.YES_NO, value ? "yes" : "no", 0, 0, "", meaning);
  }

  private static void whole(
      String name,
      String value,
      long min,
      long max,
      String unit,
      String meaning,
      String... aliases) {
    add(name, Kind.WHOLE, value, min, max, unit, meaning, aliases);
  }

  private static void fraction(String name, String value, String meaning, String... aliases) {
    add(name, Kind.DECIMAL, value, 0, 1, "", meaning, aliases);
  }

  private static void choice(String name, String value, List<String> choices, String meaning) {
    String property = name.startsWith("quorate.") ? name : "zookeeper." + name;
    ALL.add(
        new ConfigKey(
            name,
            property,
            List.of(),
            Kind.CHOICE,
            Effect.USED,
            value,
            0,
            0,
            "",
            choices,
            meaning));
  }
}
