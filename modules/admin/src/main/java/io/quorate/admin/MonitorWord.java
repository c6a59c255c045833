package io.quorate.admin;

import io.quorate.server.ServerStatus;
import io.quorate.server.ServerStatus.Mode;
import io.quorate.server.Version;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * mntr: one line {@code zk_name<TAB>value} each. First, and within the first 4096 bytes (more some
 * tools do not read), the keys that every tool reads, in the order of old; then the other gauges,
 * names of old releases that tools still look for, and the registry (deployment reference, section
 * 2.2). Names hold word characters only, since one other character makes some tools drop all lines.
 */
final class MonitorWord {
  private MonitorWord() {}

  static void mntr(ServerStatus status, Lines out) throws IOException {
    put(out, "version", Version.text());
    put(out, "server_state", status.mode().text());
    Map<String, Number> values = new LinkedHashMap<>(1024);
    classic(status, values);
    gauges(status, values);
    aliases(status, values);
    status.quotas().forEach((name, quota) -> quota(name, quota, values));
    status
        .quotaRefusals()
        .forEach(
            (name, n) ->
                values.putIfAbsent(namespace(name) + "_quota_exceeded_error_per_namespace", n));
    status.counts().forEach((name, value) -> values.putIfAbsent(clean(name), value));
    status.metrics().dump().forEach((name, value) -> values.putIfAbsent(clean(name), value));
    for (Map.Entry<String, Number> value : values.entrySet()) {
      put(out, value.getKey(), text(value.getValue()));
    }
    put(out, "quorate_version", Version.product());
  }

  private static void classic(ServerStatus status, Map<String, Number> values) {
    values.put("avg_latency", status.avgLatencyMs());
    values.put("max_latency", status.maxLatencyMs());
    values.put("min_latency", status.minLatencyMs());
    values.put("packets_received", status.packetsReceived());
    values.put("packets_sent", status.packetsSent());
    values.put("num_alive_connections", status.connectionCount());
    values.put("outstanding_requests", status.outstandingRequests());
    values.put("znode_count", status.nodeCount());
    values.put("watch_count", status.watchCount());
    values.put("ephemerals_count", status.ephemeralCount());
    values.put("approximate_data_size", status.dataSizeBytes());
    values.put("open_file_descriptor_count", FileDescriptors.open());
    values.put("max_file_descriptor_count", FileDescriptors.max());
  }

  private static void gauges(ServerStatus status, Map<String, Number> values) {
    values.put("uptime", status.uptimeMs());
    values.put("global_sessions", status.globalSessions());
    values.put("local_sessions", status.localSessions());
    values.put("connection_drop_probability", status.connectionDropProbability());
    values.put("last_client_response_size", status.lastResponseBytes());
    values.put("max_client_response_size", status.maxResponseBytes());
    values.put("min_client_response_size", status.minResponseBytes());
    values.put("auth_failed_count", status.authFailed());
    values.put("outstanding_tls_handshake", 0);
    values.put("non_mtls_remote_conn_count", 0);
    values.put("non_mtls_local_conn_count", 0);
  }

  private static void aliases(ServerStatus status, Map<String, Number> values) {
    values.put("fsync_threshold_exceed_count", status.fsyncThresholdExceeded());
    if (status.mode() == Mode.LEADER) {
      values.put("followers", 0);
    }
  }

  private static void quota(String path, ServerStatus.Quota quota, Map<String, Number> values) {
    String key = namespace(path);
    values.putIfAbsent(key + "_quota_count_limit_per_namespace", quota.countLimit());
    values.putIfAbsent(key + "_quota_bytes_limit_per_namespace", quota.bytesLimit());
    values.putIfAbsent(key + "_quota_count_usage_per_namespace", quota.countUsed());
    values.putIfAbsent(key + "_quota_bytes_usage_per_namespace", quota.bytesUsed());
  }

  /** A znode's name in a key; as with Apache's server it keeps what is common in names. */
  private static String namespace(String name) {
    return clean(name, "-.");
  }

  private static String clean(String name) {
    return clean(name, "");
  }

  private static String clean(String name, String kept) {
    StringBuilder clean = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean word = c == '_' || c < 128 && Character.isLetterOrDigit(c) || kept.indexOf(c) >= 0;
      clean.append(word ? c : '_');
    }
    return clean.toString();
  }

  private static String text(Number value) {
    return value instanceof Double d ? Decimals.text(d) : value.toString();
  }

  private static void put(Lines out, String name, String value) throws IOException {
    out.line("zk_" + name + "\t" + value);
  }
}
