package io.quorate.compat.differential;

import io.quorate.compat.server.ServerKind;
import io.quorate.compat.server.ServerProcess;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Apache's server and ours with the same configuration, driven at the same time. */
final class Pair implements AutoCloseable {
  /** What both made of a script. */
  record Outcome(ScriptRunner.Result apache, ScriptRunner.Result ours) {}

  private final Map<String, String> configuration;
  private final Map<String, String> properties;
  private final ExecutorService second = Executors.newSingleThreadExecutor();
  private ServerProcess apache;
  private ServerProcess ours;

  Pair(Map<String, String> configuration, Map<String, String> properties) {
    this.configuration = configuration;
    this.properties = properties;
    start();
  }

  /** TTL znodes on, quotas enforced, a super user, nothing that happens by itself. */
  static Map<String, String> usual() {
    return Map.of(
        "extendedTypesEnabled", "true",
        "enforceQuota", "true",
        "forceSync", "no",
        "minSessionTimeout", "20000",
        "maxSessionTimeout", "60000",
        "snapCount", "1000000",
        "DigestAuthenticationProvider.superDigest", "super:D/InIHSb7yEEbrWz8b9l71RjZJU=");
  }

  private void start() {
    apache = server(ServerKind.APACHE);
    ours = server(ServerKind.QUORATE);
    apache.launch();
    ours.launch();
    apache.awaitServing();
    ours.awaitServing();
  }

  private ServerProcess server(ServerKind kind) {
    ServerProcess server = ServerProcess.of(kind);
    configuration.forEach(server::config);
    server.property("znode.container.checkIntervalMs", "100000000");
    properties.forEach(server::property);
    return server;
  }

  Outcome run(Script script) throws Exception {
    Callable<ScriptRunner.Result> theirs = () -> ScriptRunner.run(apache, script);
    Future<ScriptRunner.Result> oracle = second.submit(theirs);
    ScriptRunner.Result mine = ScriptRunner.run(ours, script);
    return new Outcome(oracle.get(), mine);
  }

  /** Both afresh, with empty data. */
  void restart() {
    apache.close();
    ours.close();
    start();
  }

  ServerProcess apache() {
    return apache;
  }

  ServerProcess ours() {
    return ours;
  }

  @Override
  public void close() {
    second.shutdownNow();
    apache.close();
    ours.close();
  }
}
