package io.quorate.cli;

import io.quorate.admin.PauseMonitor;
import io.quorate.admin.TextWords;
import io.quorate.server.ConfigException;
import io.quorate.server.ConfigReader;
import io.quorate.server.ExitCode;
import io.quorate.server.QuorateServer;
import io.quorate.server.ServerConfig;
import io.quorate.server.StartException;
import io.quorate.server.Version;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a server until it fails or the process is told to end. */
final class ServerCommand {
  private final PrintStream out;
  private final PrintStream err;

  ServerCommand(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  /**
   * Runs the server in this process; returns when it has ended. A signal ends the process with the
   * signal's own status (143 after SIGTERM, as Apache's server), once everything is on disk.
   */
  ExitCode run(List<String> arguments) {
    readTimeZone();
    ConfigReader.Result read;
    try {
      read = configure(ServerArguments.parse(arguments));
    } catch (ServerArguments.UsageException e) {
      err.println("quorate server: " + e.getMessage());
      err.println(ServerArguments.USAGE);
      return ExitCode.BAD_CONFIGURATION;
    } catch (ConfigException e) {
      e.problems().forEach(problem -> err.println("quorate server: " + problem));
      return ExitCode.BAD_CONFIGURATION;
    }
    Logger log = LoggerFactory.getLogger(ServerCommand.class);
    log.info("Starting Quorate {} ({})", Version.product(), Version.text());
    read.notices().forEach(log::warn);
    tellSettings(read.config(), log);
    try {
      return serve(read.config());
    } catch (StartException e) {
      log.error("The server does not start: {}", e.getMessage());
      log.debug("The server does not start", e);
      err.println("quorate server: " + e.getMessage());
      return e.exitCode();
    } catch (RuntimeException e) {
      // threads that were started already must not keep the process alive
      log.error("The server stops because of an error in it", e);
      return ExitCode.UNEXPECTED_ERROR;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.UNEXPECTED_ERROR;
    }
  }

  /** The first log line needs the zone's rules, whose table is read while the configuration is. */
  private static void readTimeZone() {
    Thread thread =
        new Thread(() -> Objects.requireNonNull(ZoneId.systemDefault().getRules()), "quorate-zone");
    thread.setDaemon(true);
    thread.start();
  }

  private static ConfigReader.Result configure(ServerArguments arguments) throws ConfigException {
    Map<String, String> system = new HashMap<>();
    for (String name : System.getProperties().stringPropertyNames()) {
      system.put(name, System.getProperty(name, ""));
    }
    ConfigReader.Result read =
        ConfigReader.read(
            arguments.file().orElse(null), arguments.settings(), system, arguments.strict());
    read.runtimeProperties().forEach(System::setProperty);
    return read;
  }

  /** What is unsafe because somebody asked for it, and what differs from Apache's defaults. */
  private static void tellSettings(ServerConfig config, Logger log) {
    if (!config.log().forceSync()) {
      log.warn("forceSync=no: acknowledged writes are lost when the machine stops");
    }
    if (config.features().skipAcl()) {
      log.warn("skipACL=yes: everybody may do everything");
    }
    ServerConfig.Purge purge = config.purge();
    if (purge.intervalMs() == 0) {
      log.warn(
          "autopurge.purgeInterval=0: old snapshots and logs stay until somebody deletes them");
    } else {
      log.info(
          "Old snapshots and logs are purged every {} minutes; {} snapshots stay, fewer beyond {}"
              + " MB",
          purge.intervalMs() / 60_000,
          purge.retain(),
          purge.sizeBudgetBytes() >> 20);
    }
  }

  private ExitCode serve(ServerConfig config) throws StartException, InterruptedException {
    try (QuorateServer server = QuorateServer.start(config, new TextWords())) {
      Runtime.getRuntime().addShutdownHook(new Thread(server::close, "shutdown"));
      PauseMonitor pauses =
          config.admin().pauseMonitor()
              ? PauseMonitor.start(config.admin(), server.status().metrics())
              : null;
      out.println(ready(config, server.clientAddress(), ProcessHandle.current().pid()));
      out.flush();
      ExitCode exit = server.awaitEnd();
      if (pauses != null) {
        pauses.close();
      }
      return exit;
    }
  }

  /** One line that says that the server serves, and what it is. */
  static String ready(ServerConfig config, InetSocketAddress client, long pid) {
    InetAddress ip = client.getAddress();
    String host = ip == null ? client.getHostString() : ip.getHostAddress();
    return "READY quorate "
        + Version.product()
        + " client="
        + (host.contains(":") ? "[" + host + "]" : host)
        + ":"
        + client.getPort()
        + " dataDir="
        + config.data().dataDir().toAbsolutePath()
        + " storage="
        + config.providers().storage()
        + " codec="
        + config.providers().codec()
        + " transport="
        + config.providers().transport()
        + " pid="
        + pid;
  }
}
