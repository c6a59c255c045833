package io.quorate.server;

import io.quorate.server.ServerConfig.SessionPasswords;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns settings into a {@link ServerConfig} and checks what concerns several keys together. */
final class ConfigBuilder {
  private static final int DEFAULT_PORT = 2181;
  private static final int MIN_RETAIN = 3;

  /** Apache's class names by the providers that stand for them. */
  private static final Map<String, String> METRICS_CLASSES =
      Map.of(
          "org.apache.zookeeper.metrics.impl.DefaultMetricsProvider", "default",
          "org.apache.zookeeper.metrics.impl.NullMetricsProvider", "default");

  private static final String PROMETHEUS =
      "org.apache.zookeeper.metrics.prometheus.PrometheusMetricsProvider";
  private static final List<String> TRANSPORT_CLASSES =
      List.of(
          "org.apache.zookeeper.server.NIOServerCnxnFactory",
          "org.apache.zookeeper.server.NettyServerCnxnFactory");

  private final ConfigValues values;
  private final List<String> notices;
  private final boolean fromFile;

  ConfigBuilder(ConfigValues values, List<String> notices, boolean fromFile) {
    this.values = values;
    this.notices = notices;
    this.fromFile = fromFile;
  }

  ServerConfig build() {
    ServerConfig.Data data = data();
    return new ServerConfig(
        data,
        client(data.dataDir()),
        sessions(),
        limits(),
        connectionThrottle(),
        log(),
        new ServerConfig.Snapshot(
            values.whole("snapCount"),
            Math.max(0, values.wholeLong("snapSizeLimitInKb")) * 1024,
            values.choice("snapshot.compression.method"),
            values.flag("serializeLastProcessedZxid.enabled")),
        purge(),
        features(),
        new ServerConfig.Containers(
            values.whole("znode.container.checkIntervalMs"),
            values.whole("znode.container.maxPerMinute"),
            values.wholeLong("znode.container.maxNeverUsedIntervalMs")),
        auth(),
        admin(),
        providers(),
        properties(),
        places());
  }

  private ServerConfig.Data data() {
    if (fromFile && !values.has("dataDir")) {
      values.problem("dataDir is missing: expected the directory for snapshots and logs");
    }
    Path dataDir = path("dataDir").orElse(Path.of("quorate-data"));
    return new ServerConfig.Data(
        dataDir,
        path("dataLogDir").orElse(dataDir),
        values.flag("datadir.autocreate"),
        values.flag("snapshot.trust.empty"));
  }

  private Optional<Path> path(String key) {
    Optional<ConfigSetting> setting = values.setting(key);
    try {
      if (setting.isPresent() && !setting.get().value().isEmpty()) {
        return Optional.of(Path.of(setting.get().value()));
      }
    } catch (InvalidPathException e) {
      // said below, as for an empty one
    }
    setting.ifPresent(s -> values.problem(s.problem("a directory")));
    return Optional.empty();
  }

  private ServerConfig.Client client(Path dataDir) {
    return new ServerConfig.Client(
        clientAddress(dataDir),
        values.whole("clientPortListenBacklog"),
        Math.max(0, values.whole("maxClientCnxns")),
        Math.max(0, values.whole("maxCnxns")),
        values.whole("nio.sessionlessCnxnTimeout"),
        values.flag("clientTcpKeepAlive"));
  }

  private InetSocketAddress clientAddress(Path dataDir) {
    Optional<ConfigServers.ClientPart> part =
        ConfigServers.clientPart(values, values.below("server.")).filter(p -> isOurs(p, dataDir));
    if (!values.has("clientPort") && part.isPresent()) {
      ConfigServers.ClientPart found = part.get();
      return address(found.from(), found.host(), found.port());
    }
    if (fromFile && !values.has("clientPort")) {
      values.problem(
          "clientPort is missing: expected "
              + "a port number"
              + (values.has("secureClientPort")
                  ? "; TLS client ports (secureClientPort) are not in this release"
                  : ""));
    }
    int port = values.has("clientPort") ? values.whole("clientPort") : DEFAULT_PORT;
    Optional<ConfigSetting> host = values.setting("clientPortAddress");
    InetSocketAddress address =
        host.isPresent()
            ? address(host.get(), host.get().value(), port)
            : fromFile
                ? new InetSocketAddress(port)
                : new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    part.ifPresent(p -> checkSame(p, address, dataDir));
    return address;
  }

  private static boolean isOurs(ConfigServers.ClientPart part, Path dataDir) {
    return ConfigServers.isOwn(part.from(), dataDir).orElse(true);
  }

  private void checkSame(ConfigServers.ClientPart part, InetSocketAddress address, Path dataDir) {
    if (ConfigServers.isOwn(part.from(), dataDir).isPresent()
        && !address(part.from(), part.host(), part.port()).equals(address)) {
      values.problem(
          part.from()
              .problem("the client address of clientPort and clientPortAddress, " + address));
    }
  }

  private InetSocketAddress address(ConfigSetting from, @Nullable String host, int port) {
    if (host == null) {
      return new InetSocketAddress(port);
    }
    try {
      if (!host.isEmpty()) {
        return new InetSocketAddress(InetAddress.getByName(host), port);
      }
    } catch (UnknownHostException e) {
      // said below, as for an empty one
    }
    values.problem(from.problem("an address or host name of this machine"));
    return new InetSocketAddress(port);
  }

  private ServerConfig.Sessions sessions() {
    int tick = values.whole("tickTime");
    int min = orTicks("minSessionTimeout", tick, 2);
    int max = orTicks("maxSessionTimeout", tick, 20);
    if (min > max) {
      ConfigSetting wrong =
          values
              .setting("minSessionTimeout")
              .or(() -> values.setting("maxSessionTimeout"))
              .or(() -> values.setting("tickTime"))
              .orElseThrow();
      values.problem(
          wrong.problem("minSessionTimeout (" + min + ") at most maxSessionTimeout (" + max + ")"));
    }
    return new ServerConfig.Sessions(
        tick,
        min,
        max,
        values.flag("localSessionsEnabled"),
        values.flag("localSessionsUpgradingEnabled"),
        values.choice("quorate.sessionPasswords").equals("apache")
            ? SessionPasswords.APACHE
            : SessionPasswords.HMAC);
  }

  private int orTicks(String key, int tick, int ticks) {
    int value = values.whole(key);
    return value == -1 ? (int) Math.min(Integer.MAX_VALUE, (long) tick * ticks) : value;
  }

  private ServerConfig.Limits limits() {
    int buffer = values.whole("jute.maxbuffer");
    int extra = values.whole("jute.maxbuffer.extrasize");
    long record = (long) buffer + Math.max(1024, extra == -1 ? buffer : extra);
    return new ServerConfig.Limits(
        buffer,
        (int) Math.min(Integer.MAX_VALUE, record),
        values.whole("globalOutstandingLimit"),
        values.whole("request_throttle_max_requests"),
        values.whole("throttled_op_wait_time"),
        values.whole("largeRequestMaxBytes"),
        values.whole("largeRequestThreshold"),
        values.whole("quorate.queuedReplyMaxBytes"),
        orOfHeap("quorate.outstandingMaxBytes", 8),
        orOfHeap("quorate.watchMaxBytes", 2));
  }

  /** A number of bytes; where it is 0, this part of the largest heap. */
  private long orOfHeap(String key, int part) {
    long value = values.wholeLong(key);
    return value == 0 ? Runtime.getRuntime().maxMemory() / part : value;
  }

  private ServerConfig.ConnectionThrottle connectionThrottle() {
    return new ServerConfig.ConnectionThrottle(
        values.whole("connection_throttle_tokens"),
        values.whole("connection_throttle_fill_time"),
        values.whole("connection_throttle_fill_count"),
        values.whole("connection_throttle_freeze_time"),
        values.fraction("connection_throttle_drop_increase"),
        values.fraction("connection_throttle_drop_decrease"),
        values.fraction("connection_throttle_decrease_ratio"),
        values.flag("connection_throttle_weight_enabled"),
        values.whole("connection_throttle_global_session_weight"));
  }

  private ServerConfig.Log log() {
    return new ServerConfig.Log(
        values.wholeLong("preAllocSize") * 1024,
        values.yes("forceSync"),
        values.whole("fsync.warningthresholdms"),
        Math.max(0, values.wholeLong("txnLogSizeLimitInKb")) * 1024,
        values.whole("flushDelay"),
        values.whole("maxBatchSize"));
  }

  private ServerConfig.Purge purge() {
    int retain = values.whole("autopurge.snapRetainCount");
    if (retain < MIN_RETAIN) {
      ConfigSetting setting = values.setting("autopurge.snapRetainCount").orElseThrow();
      notices.add(setting.problem("at least " + MIN_RETAIN + ", which is used"));
    }
    return new ServerConfig.Purge(
        values.hoursMs("autopurge.purgeInterval"),
        Math.max(MIN_RETAIN, retain),
        values.wholeLong("quorate.purge.sizeBudgetMb") << 20);
  }

  private ServerConfig.Features features() {
    return new ServerConfig.Features(
        values.flag("digest.enabled"),
        values.flag("extendedTypesEnabled"),
        values.flag("emulate353TTLNodes"),
        values.flag("readonlymode.enabled"),
        values.yes("skipACL"),
        values.flag("enforceQuota"),
        values.flag("reconfigEnabled"));
  }

  private ServerConfig.Auth auth() {
    List<ServerConfig.NamedProvider> named = new ArrayList<>();
    for (ConfigSetting setting : values.below("authProvider.")) {
      named.add(
          new ServerConfig.NamedProvider(setting.value(), setting.where() + setting.spelling()));
    }
    boolean enforce = values.flag("enforce.auth.enabled");
    Set<String> schemes = words(values.text("enforce.auth.schemes"));
    if (enforce && schemes.isEmpty()) {
      values.problem(
          values.setting("enforce.auth.enabled").orElseThrow().where()
              + "enforce.auth.enabled=true: expected enforce.auth.schemes with at least one"
              + " scheme");
    }
    return new ServerConfig.Auth(
        named,
        enforce,
        schemes,
        values.flag("sessionRequireClientSASLAuth"),
        values.flag("allowSaslFailedClients"));
  }

  private ServerConfig.Admin admin() {
    return new ServerConfig.Admin(
        textWords(),
        values.flag("jvm.pause.monitor"),
        values.wholeLong("jvm.pause.info-threshold.ms"),
        values.wholeLong("jvm.pause.warn-threshold.ms"),
        values.wholeLong("jvm.pause.sleep.time.ms"));
  }

  private Set<String> textWords() {
    Set<String> words = words(values.text("4lw.commands.whitelist"));
    Set<String> enabled = new LinkedHashSet<>();
    for (String word : words) {
      if (word.equals("*")) {
        enabled.addAll(TextCommands.NAMES);
      } else if (TextCommands.NAMES.contains(word)) {
        enabled.add(word);
      } else {
        ConfigSetting setting = values.setting("4lw.commands.whitelist").orElseThrow();
        notices.add(setting.where() + setting.spelling() + ": there is no word " + word);
      }
    }
    enabled.add("srvr"); // zkServer.sh status asks it
    if (values.flag("readonlymode.enabled")) {
      enabled.add("isro"); // clients look for a writable server with it
    }
    return enabled;
  }

  private static Set<String> words(String text) {
    Set<String> words = new LinkedHashSet<>();
    for (String word : text.split(",")) {
      if (!word.isBlank()) {
        words.add(word.trim());
      }
    }
    return words;
  }

  private ServerConfig.Providers providers() {
    int threads = values.whole("quorate.ioThreads");
    values
        .setting("serverCnxnFactory")
        .filter(s -> !TRANSPORT_CLASSES.contains(s.value()))
        .ifPresent(s -> values.problem(s.problem(String.join(" or ", TRANSPORT_CLASSES))));
    Map<String, String> metrics = values.mapBelow("metricsProvider.");
    metrics.remove("className");
    return new ServerConfig.Providers(
        values.text("storage"),
        values.mapBelow("storage."),
        values.text("codec"),
        values.text("transport"),
        metricsName(),
        metrics,
        threads > 0 ? threads : Math.max(1, Runtime.getRuntime().availableProcessors() / 2),
        path("quorate.plugins"));
  }

  private String metricsName() {
    String name = values.text("metricsProvider.className");
    if (name.equals(PROMETHEUS)) {
      ConfigSetting setting = values.setting("metricsProvider.className").orElseThrow();
      notices.add(
          setting.where()
              + setting.spelling()
              + " has no effect in this release: the metrics of mntr are kept, no metrics port is"
              + " opened");
      return "default";
    }
    return METRICS_CLASSES.getOrDefault(name, name);
  }

  private Map<String, String> properties() {
    Map<String, String> properties = new LinkedHashMap<>();
    values.all().forEach(setting -> properties.put(setting.property(), setting.value()));
    return properties;
  }

  private Map<String, String> places() {
    Map<String, String> places = new LinkedHashMap<>();
    values.all().forEach(s -> places.put(s.property(), s.where() + s.spelling()));
    return places;
  }
}
