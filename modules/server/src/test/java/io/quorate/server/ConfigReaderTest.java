package io.quorate.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigReaderTest {
  @TempDir Path dir;

  private ConfigReader.Result read(String... lines) throws ConfigException {
    return ConfigReader.read(file(lines), Map.of(), Map.of(), false);
  }

  private Path file(String... lines) {
    try {
      Path file = dir.resolve("zoo.cfg");
      Files.write(file, List.of(lines));
      return file;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private List<String> problems(String... lines) {
    List<String> found = assertThrows(ConfigException.class, () -> read(lines)).problems();
    return found.stream().map(p -> p.replace(dir + "/", "")).toList();
  }

  private List<String> notices(String... lines) throws ConfigException {
    return read(lines).notices().stream().map(p -> p.replace(dir + "/", "")).toList();
  }

  private static String[] with(String... more) {
    String[] lines = new String[more.length + 2];
    lines[0] = "dataDir=/data";
    lines[1] = "clientPort=2181";
    System.arraycopy(more, 0, lines, 2, more.length);
    return lines;
  }

  @Test
  void withoutAFileItIsAFirstTry() throws Exception {
    ServerConfig config = ConfigReader.read(null, Map.of(), Map.of(), false).config();

    assertEquals(Path.of("quorate-data"), config.data().dataDir());
    assertEquals(new InetSocketAddress("127.0.0.1", 2181), config.client().address());
    assertTrue(config.client().address().getAddress().isLoopbackAddress());
  }

  @Test
  void defaultsAreApaches() throws Exception {
    ServerConfig config = read(with()).config();

    assertEquals(3000, config.sessions().tickMs());
    assertEquals(6000, config.sessions().minTimeoutMs());
    assertEquals(60000, config.sessions().maxTimeoutMs());
    assertEquals(60, config.client().maxPerAddress());
    assertEquals(0, config.client().maxConnections());
    assertTrue(config.client().address().getAddress().isAnyLocalAddress());
    assertEquals(1048575, config.limits().maxBufferBytes());
    assertEquals(2 * 1048575, config.limits().maxRecordBytes());
    assertEquals(1000, config.limits().globalOutstanding());
    assertEquals(100000, config.snapshot().afterTransactions());
    assertEquals(4L << 30, config.snapshot().afterLogBytes());
    assertEquals(64L << 20, config.log().preallocateBytes());
    assertEquals(1000, config.log().maxBatch());
    assertTrue(config.log().forceSync());
    assertEquals(Set.of("srvr"), config.admin().textWords());
    assertTrue(config.features().digest());
    assertFalse(config.features().extendedTypes());
    assertEquals(Path.of("/data"), config.data().logDir());
    assertEquals("files", config.providers().storage());
    assertEquals("jute", config.providers().codec());
    assertEquals("netty", config.providers().transport());
  }

  @Test
  void whereApacheIsUnsafeTheDefaultIsSafe() throws Exception {
    ServerConfig config = read(with()).config();

    assertEquals(ServerConfig.SessionPasswords.HMAC, config.sessions().passwords());
    assertEquals(3_600_000, config.purge().intervalMs());
    assertEquals(3, config.purge().retain());
    assertEquals(0, read(with("autopurge.purgeInterval=0")).config().purge().intervalMs());
  }

  @Test
  void everyKeyThatIsUsedHasADefaultOfItsKind() throws Exception {
    // building reads every key with its type, so a default that does not fit would throw
    read(with());
    for (ConfigKey key : ConfigKeys.all()) {
      assertFalse(key.meaning().isBlank(), key.name());
    }
  }

  @Test
  void sessionTimeoutsFollowTheTick() throws Exception {
    ServerConfig config = read(with("tickTime=500", "maxSessionTimeout=40000")).config();

    assertEquals(1000, config.sessions().minTimeoutMs());
    assertEquals(40000, config.sessions().maxTimeoutMs());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "zookeeper.extendedTypesEnabled=true",
        "extendedTypesEnabled=true",
        "extendedTypesEnabled = TRUE "
      })
  void keysHaveTwoSpellings(String line) throws Exception {
    ConfigReader.Result result = read(with(line));

    assertTrue(result.config().features().extendedTypes());
    assertEquals(
        "true",
        result
            .config()
            .properties()
            .get("zookeeper.extendedTypesEnabled")
            .toLowerCase(java.util.Locale.ROOT));
  }

  @Test
  void theFileMayHoldWhatApacheReadsOnlyAsSystemProperty() throws Exception {
    ConfigReader.Result result =
        read(
            with(
                "jute.maxbuffer=0x200000",
                "readonlymode.enabled=true",
                "znode.container.checkIntervalMs=50",
                "requestThrottleLimit=7"));

    assertEquals(0x200000, result.config().limits().maxBufferBytes());
    assertTrue(result.config().features().readOnlyMode());
    assertEquals(50, result.config().containers().checkIntervalMs());
    assertEquals(7, result.config().limits().throttleRequests());
    assertEquals(Set.of("srvr", "isro"), result.config().admin().textWords());
    assertEquals("0x200000", result.config().properties().get("jute.maxbuffer"));
    assertEquals(List.of(), result.notices());
  }

  @Test
  void theCommandLineWinsOverTheFileAndTheFileOverSystemProperties() throws Exception {
    Map<String, String> system =
        Map.of(
            "zookeeper.snapCount",
            "10",
            "zookeeper.maxCnxns",
            "5",
            "zookeeper.flushDelay",
            "3",
            "java.version",
            "25",
            "tickTime",
            "1");
    Path file = file(with("snapCount=20", "maxCnxns=6"));

    ServerConfig config =
        ConfigReader.read(file, Map.of("zookeeper.snapCount", "30"), system, true).config();

    assertEquals(30, config.snapshot().afterTransactions());
    assertEquals(6, config.client().maxConnections());
    assertEquals(3, config.log().flushDelayMs());
    assertEquals(3000, config.sessions().tickMs());
    assertFalse(config.properties().containsKey("java.version"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tickTime=abc|a whole number of milliseconds, at least 1",
        "tickTime=0|a whole number of milliseconds, at least 1",
        "clientPort=70000|a whole number from 0 to 65535",
        "forceSync=false|yes or no",
        "skipACL=true|yes or no",
        "digest.enabled=yes|true or false",
        "snapshot.compression.method=zip|gz or snappy or nothing",
        "connection_throttle_drop_increase=2|a number from 0 to 1",
        "autopurge.purgeInterval=1w|a number of hours, or a number with ms, s, m, h or d; 0 turns"
            + " it off",
        "quorate.sessionPasswords=plain|hmac or apache",
        "dataLogDir=|a directory",
        "clientPortAddress=no such host!|an address or host name of this machine",
        "serverCnxnFactory=com.example.X|org.apache.zookeeper.server.NIOServerCnxnFactory or"
            + " org.apache.zookeeper.server.NettyServerCnxnFactory",
        "maxSessionTimeout=10|minSessionTimeout (6000) at most maxSessionTimeout (10)",
        "jute.maxbuffer=3000000000|a whole number of bytes, at least 1, at most 2147483647",
        "preAllocSize=0x80000000|a whole number of KB, at least 0, at most 2147483647",
        "readonlymode.enabled=yes|true or false",
        "standaloneEnabled=no|true or false",
        "dynamicConfigFile=|a file that is there, with the server lines",
        "dynamicConfigFile=/none.cfg|a file that is there, with the server lines",
      })
  void wrongValuesNameFileLineKeyValueAndWhatWasExpected(String line, String expected) {
    assertEquals(List.of("zoo.cfg:3: " + line + ": expected " + expected), problems(with(line)));
  }

  /** What has no effect here is not to be wrong either: it may have one tomorrow. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "initLimit=ten|a whole number",
        "syncLimit=|a whole number",
        "electionAlg=2|3",
        "peerType=leader|participant or observer",
        "quorumListenOnAllIPs=1|true or false",
        "sslQuorum=yes|true or false",
        "quorum.auth.enableSasl=on|true or false",
        "multiAddress.enabled=on|true or false",
        "closeSessionTxn.enabled=no|true or false",
        "leaderServes=true|yes or no",
        "weight.1=x|a whole number",
        "secureClientPort=99999|a whole number from 0 to 65535",
      })
  void wrongValuesOfKeysWithoutEffectAreToldToo(String line, String expected) {
    assertEquals(List.of("zoo.cfg:3: " + line + ": expected " + expected), problems(with(line)));
  }

  @Test
  void whatIsMissingMayBeThereMistyped() {
    assertEquals(
        List.of(
            "dataDir is missing: expected the directory for snapshots and logs",
            "zoo.cfg:1: datadir is not a known key; did you mean dataDir?"),
        problems("datadir=/data", "clientPort=2181"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"host", "host:1", "host:1:2:leader", "host:1:2;", "host:1:2;x", ":1:2", "::1:1:2"})
  void serverLinesHaveAForm(String value) {
    assertEquals(
        List.of(
            "zoo.cfg:3: server.1="
                + value
                + ": expected host:quorumPort:electionPort[:participant|observer]"
                + "[;[address:]clientPort]"),
        problems(with("server.1=" + value)));
  }

  @Test
  void allProblemsAreToldAtOnce() {
    assertEquals(
        Set.of(
            "dataDir is missing: expected the directory for snapshots and logs",
            "clientPort is missing: expected a port number",
            "zoo.cfg:1: tickTime=x: expected a whole number of milliseconds, at least 1",
            "zoo.cfg:2: snapCount=1: expected a whole number, at least 2"),
        Set.copyOf(problems("tickTime=x", "snapCount=1")));
  }

  @Test
  void aMissingFileIsAProblemOfItsOwn() {
    Path none = dir.resolve("none.cfg");
    ConfigException e =
        assertThrows(
            ConfigException.class, () -> ConfigReader.read(none, Map.of(), Map.of(), false));

    assertEquals(
        none + ": the configuration file can not be read: there is no such file",
        e.problems().get(0));
    assertEquals(1, e.problems().size());
  }

  @ParameterizedTest
  @CsvSource({
    "tickTme, tickTime",
    "clientport, clientPort",
    "zookeeper.snapcount, snapCount",
    "purgeInterval, autopurge.purgeInterval",
    "autopurge.purgeIntervall, autopurge.purgeInterval",
    "4lw.command.whitelist, 4lw.commands.whitelist",
    "maxClientCnxn, maxClientCnxns",
    "dataDri, dataDir",
    "extendedTypesEnable, extendedTypesEnabled",
    "snapshot.trust.emtpy, snapshot.trust.empty"
  })
  void unknownKeysAreToldWithTheLikelyOne(String typed, String meant) throws Exception {
    assertEquals(
        List.of("zoo.cfg:3: " + typed + " is not a known key; did you mean " + meant + "?"),
        notices(with(typed + "=1")));
  }

  @Test
  void unknownKeysStopAStrictStartOnly() throws Exception {
    String[] lines = with("traceFile=/x");
    assertEquals(List.of("zoo.cfg:3: traceFile is not a known key"), notices(lines));
    assertEquals("/x", read(lines).config().properties().get("zookeeper.traceFile"));
    ConfigException e =
        assertThrows(
            ConfigException.class, () -> ConfigReader.read(file(lines), Map.of(), Map.of(), true));
    assertEquals(1, e.problems().size());
  }

  @Test
  void keysWithoutEffectAreToldOnceAndOnlyWhereTheyAskForSomething() throws Exception {
    assertEquals(
        List.of(
            "zoo.cfg:3: initLimit has no effect on a standalone server",
            "zoo.cfg:4: admin.serverPort has no effect in this release",
            "zoo.cfg:6: commitProcessor.numWorkerThreads has no effect: it tunes a part of Apache's"
                + " server that Quorate does not have",
            "zoo.cfg:7: ssl.keyStore.password has no effect in this release"),
        notices(
            with(
                "initLimit=10",
                "admin.serverPort=8080",
                "admin.enableServer=false",
                "commitProcessor.numWorkerThreads=4",
                "ssl.keyStore.password=hidden",
                "client.secure=true",
                "log.dir=/log",
                "electionAlg=3")));
  }

  @Test
  void aKeyGivenTwiceIsTold() throws Exception {
    ConfigReader.Result result = read(with("tickTime=1", "zookeeper.tickTime=2"));

    assertEquals(2, result.config().sessions().tickMs());
    assertEquals(1, result.notices().size());
    assertTrue(result.notices().get(0).endsWith("this line counts, not line 3"));
  }

  @Test
  void secretsAreNotShown() throws Exception {
    ServerConfig config =
        read(with(
                "DigestAuthenticationProvider.superDigest=super:planted",
                "storage.password=planted",
                "metricsProvider.password=planted"))
            .config();

    assertEquals(
        "super:planted",
        config.properties().get("zookeeper.DigestAuthenticationProvider.superDigest"));
    assertFalse(config.toString().contains("planted"), config.toString());
    assertEquals(
        "ssl.keyStore.password=***: expected y",
        new ConfigSetting("k", "ssl.keyStore.password", "planted", "").problem("y"));
  }

  @Test
  void ofAnEnsembleTheLinesAreRefused() {
    List<String> found =
        problems(with("server.1=a:2888:3888", "server.2=b:2888:3888", "server.3=c:2888:3888"));

    assertEquals(1, found.size());
    assertTrue(
        found.get(0).startsWith("zoo.cfg:4: server.2: 3 servers are configured, but ensembles"),
        found.get(0));
  }

  @Test
  void oneServerIsAnEnsembleIfItIsAskedFor() {
    List<String> found = problems(with("standaloneEnabled=false", "server.1=a:2888:3888"));

    assertEquals(1, found.size());
    assertTrue(found.get(0).startsWith("zoo.cfg:3: standaloneEnabled=false: expected true"));
  }

  @Test
  void theClientPartOfTheOneServerLineIsTheClientPort() throws Exception {
    Files.writeString(dir.resolve("myid"), "1\n");
    String data = "dataDir=" + dir;
    assertEquals(
        new InetSocketAddress("127.0.0.1", 2182),
        read(data, "server.1=localhost:2888:3888;127.0.0.1:2182").config().client().address());
    assertEquals(
        new InetSocketAddress(2181),
        read(data, "server.1=0.0.0.0:2888:3888:participant;2181").config().client().address());
    assertEquals(
        new InetSocketAddress(2181),
        read(data, "clientPort=2181", "server.1=h:2888:3888;2181").config().client().address());
    assertEquals(1, problems(data, "clientPort=2181", "server.1=h:2888:3888;2182").size());
    // another server's line says nothing about this one
    assertEquals(
        new InetSocketAddress(2181),
        read(data, "clientPort=2181", "server.7=h:2888:3888;2182").config().client().address());
  }

  @Test
  void serverLinesMayBeInTheDynamicFile() throws Exception {
    Path dynamic = Files.writeString(dir.resolve("zoo.cfg.dynamic"), "server.1=h:2888:3888;2185\n");

    assertEquals(
        new InetSocketAddress(2185),
        read("dataDir=/data", "dynamicConfigFile=" + dynamic).config().client().address());
    Files.writeString(dynamic, "tickTime=1\n");
    assertTrue(problems(with("dynamicConfigFile=" + dynamic)).get(0).contains("expected server.N"));
  }

  @Test
  void whatProvidersRefuseGetsItsPlace() throws Exception {
    ServerConfig config =
        read(with(
                "storage=none",
                "zookeeper.DigestAuthenticationProvider.digestAlg=x",
                "java.security.auth.login.config=/none"))
            .config();
    String zoo = dir + "/zoo.cfg:";

    assertEquals(zoo + "3: storage=none: no", config.placed("storage=none: no"));
    assertEquals(
        zoo + "4: zookeeper.DigestAuthenticationProvider.digestAlg=x: no",
        config.placed("zookeeper.DigestAuthenticationProvider.digestAlg=x: no"));
    assertEquals(
        zoo + "5: java.security.auth.login.config=/none: no",
        config.placed("java.security.auth.login.config=/none: no"));
    assertEquals("codec=x: no", config.placed("codec=x: no"));
    assertEquals("storages are full", config.placed("storages are full"));
  }

  @Test
  void apachesClassNamesAreUnderstood() throws Exception {
    ConfigReader.Result result =
        read(
            with(
                "serverCnxnFactory=org.apache.zookeeper.server.NettyServerCnxnFactory",
                "metricsProvider.className=org.apache.zookeeper.metrics.impl.DefaultMetricsProvider",
                "metricsProvider.httpPort=7000",
                "authProvider.1=org.apache.zookeeper.server.auth.SASLAuthenticationProvider"));

    assertEquals("netty", result.config().providers().transport());
    assertEquals("default", result.config().providers().metrics());
    assertEquals(Map.of("httpPort", "7000"), result.config().providers().metricsProperties());
    ServerConfig.NamedProvider named = result.config().auth().named().get(0);
    assertEquals("org.apache.zookeeper.server.auth.SASLAuthenticationProvider", named.name());
    assertTrue(named.where().endsWith("zoo.cfg:6: authProvider.1"), named.where());
    assertEquals(List.of(), result.notices());
  }

  @Test
  void prometheusIsNotThereYet() throws Exception {
    ConfigReader.Result result =
        read(
            with(
                "metricsProvider.className="
                    + "org.apache.zookeeper.metrics.prometheus.PrometheusMetricsProvider"));

    assertEquals("default", result.config().providers().metrics());
    assertEquals(1, result.notices().size());
  }

  @Test
  void enforcedAuthenticationNeedsASchemeToUse() throws Exception {
    assertEquals(1, problems(with("enforce.auth.enabled=true")).size());
    ServerConfig config =
        read(with("enforce.auth.enabled=true", "enforce.auth.schemes=digest, sasl")).config();
    assertEquals(Set.of("digest", "sasl"), config.auth().enforceSchemes());
  }

  @ParameterizedTest
  @CsvSource({"0,0", "24,86400000", "30m,1800000", "2 d,172800000", "500ms,500"})
  void purgeIntervalsHaveUnits(String value, long ms) throws Exception {
    assertEquals(ms, read(with("autopurge.purgeInterval=" + value)).config().purge().intervalMs());
  }

  @Test
  void fewerThanThreeSnapshotsAreRaised() throws Exception {
    ConfigReader.Result result = read(with("autopurge.snapRetainCount=1"));

    assertEquals(3, result.config().purge().retain());
    assertEquals(1, result.notices().size());
  }

  @Test
  void textWordsAreListed() throws Exception {
    assertEquals(
        Set.copyOf(TextCommands.NAMES),
        read(with("4lw.commands.whitelist=*")).config().admin().textWords());
    assertEquals(
        Set.of("srvr"), read(with("4lw.commands.whitelist=")).config().admin().textWords());
    assertEquals(
        Set.of("srvr", "ruok", "mntr"),
        read(with("4lw.commands.whitelist= ruok , mntr,")).config().admin().textWords());
    assertEquals(
        List.of("zoo.cfg:3: 4lw.commands.whitelist: there is no word abcd"),
        notices(with("4lw.commands.whitelist=stat,abcd")));
  }

  @Test
  void whatIsNoKeyOfOursIsForTheRuntime() throws Exception {
    Map<String, String> given = new LinkedHashMap<>();
    given.put("io.netty.eventLoopThreads", "1");
    given.put("java.security.auth.login.config", "/jaas.conf");
    given.put("tickTme", "1");
    ConfigReader.Result result = ConfigReader.read(null, given, Map.of(), false);

    assertEquals(
        Map.of("io.netty.eventLoopThreads", "1", "java.security.auth.login.config", "/jaas.conf"),
        result.runtimeProperties());
    assertEquals("/jaas.conf", result.config().properties().get("java.security.auth.login.config"));
    assertTrue(result.notices().contains("-D tickTme is not a known key; did you mean tickTime?"));
  }
}
