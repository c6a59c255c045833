package io.quorate.admin;

import io.quorate.server.ServerConfig;
import io.quorate.server.ServerStatus;
import io.quorate.server.Version;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;

/** conf, dirs, hash and envi: what the server is set to and where it runs. */
final class StateWords {
  private static final List<String> PROPERTIES =
      List.of(
          "java.version",
          "java.vendor",
          "java.home",
          "java.class.path",
          "java.library.path",
          "java.io.tmpdir",
          "java.compiler",
          "os.name",
          "os.arch",
          "os.version",
          "user.name",
          "user.home",
          "user.dir");

  private StateWords() {}

  static void conf(ServerStatus status, Lines out) throws IOException {
    ServerConfig config = status.config();
    out.pair("clientPort", status.clientAddress().getPort());
    out.pair("secureClientPort", -1);
    out.pair("dataDir", config.data().dataDir().resolve("version-2").toAbsolutePath());
    out.pair("dataDirSize", status.dataDirBytes());
    out.pair("dataLogDir", config.data().logDir().resolve("version-2").toAbsolutePath());
    out.pair("dataLogSize", status.logDirBytes());
    out.pair("tickTime", config.sessions().tickMs());
    out.pair("maxClientCnxns", config.client().maxPerAddress());
    out.pair("minSessionTimeout", config.sessions().minTimeoutMs());
    out.pair("maxSessionTimeout", config.sessions().maxTimeoutMs());
    out.pair("clientPortListenBacklog", config.client().backlog());
    out.pair("serverId", status.serverId());
  }

  static void dirs(ServerStatus status, Lines out) throws IOException {
    out.line("datadir_size: " + status.dataDirBytes());
    out.line("logdir_size: " + status.logDirBytes());
  }

  static void hash(ServerStatus status, Lines out) throws IOException {
    for (ServerStatus.Digest digest : status.digestHistory()) {
      out.line(Long.toHexString(digest.zxid()) + ": " + digest.digest());
    }
  }

  static void envi(Lines out) throws IOException {
    out.line("Environment:");
    out.pair("zookeeper.version", Version.text());
    out.pair("host.name", hostName());
    for (String property : PROPERTIES) {
      // one line each, whatever a property holds
      out.pair(property, System.getProperty(property, "<NA>").replaceAll("[\r\n]", " "));
    }
    Runtime runtime = Runtime.getRuntime();
    out.pair("os.memory.free", megabytes(runtime.freeMemory()));
    out.pair("os.memory.max", megabytes(runtime.maxMemory()));
    out.pair("os.memory.total", megabytes(runtime.totalMemory()));
  }

  private static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%dMB", bytes >> 20);
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getCanonicalHostName();
    } catch (UnknownHostException e) {
      return "<NA>"; // a host that does not know its own name is no reason to fail
    }
  }
}
