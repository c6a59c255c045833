package io.quorate.cli;

import io.quorate.server.ConfigException;
import io.quorate.server.ConfigReader;
import io.quorate.server.ExitCode;
import io.quorate.server.ProviderReport;
import io.quorate.server.StartException;
import io.quorate.server.StorageConversion;
import io.quorate.server.StoragePurge;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * The commands as picocli sees them, for help, suggestions and those that need not start in no
 * time.
 */
@Command(
    name = "quorate",
    description = "A coordination service that every ZooKeeper client already speaks to.",
    footer = {
      "",
      "The launcher adds start, start-foreground, stop, restart, status and print-cmd, as"
          + " zkServer.sh has them."
    },
    subcommands = {CommandLine.HelpCommand.class})
final class Commands {
  private static final int MIN_SNAPSHOTS = 3;

  @Spec private CommandSpec spec = CommandSpec.create();

  private Commands() {}

  static int run(List<String> arguments, PrintStream out, PrintStream err) {
    CommandLine line = new CommandLine(new Commands());
    line.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(err, true, StandardCharsets.UTF_8));
    line.setExecutionExceptionHandler(
        (e, failed, parsed) -> {
          failed.getErr().println("quorate: " + e.getMessage());
          return ExitCode.UNEXPECTED_ERROR.number();
        });
    return line.execute(arguments.toArray(String[]::new));
  }

  @Command(
      name = "server",
      description = "Runs a server in this process.",
      customSynopsis = {ServerArguments.FILE_FORM, "       " + ServerArguments.PORT_FORM},
      footer = ServerArguments.EXPLANATION)
  int server() {
    spec.commandLine().getOut().println(ServerArguments.USAGE);
    return 0;
  }

  @Command(name = "version", description = "Prints the version.")
  int version() {
    return Main.run(new String[] {"version"});
  }

  @Command(
      name = "four-letter",
      description = "Asks a server a four-letter word: HOST PORT WORD [true: with TLS].")
  int fourLetter() {
    return Main.run(new String[] {"four-letter"});
  }

  @Command(
      name = "purge",
      customSynopsis = {
        "quorate purge zoo.cfg -n COUNT",
        "       quorate purge DATALOGDIR [DATADIR] -n COUNT"
      },
      description = {
        "Deletes old snapshots and the logs that only they need.",
        "A server may be running on the directory."
      })
  int purge(
      @Parameters(
              arity = "1..2",
              paramLabel = "PATH",
              description = "The server's configuration file, or its directories.")
          List<Path> paths,
      @Option(
              names = "-n",
              required = true,
              paramLabel = "COUNT",
              description = "How many snapshots stay, at least 3.")
          int count)
      throws IOException {
    PrintWriter err = spec.commandLine().getErr();
    if (count < MIN_SNAPSHOTS) {
      err.println("quorate purge: -n " + count + ": expected at least " + MIN_SNAPSHOTS);
      return ExitCode.BAD_CONFIGURATION.number();
    }
    try {
      ConfigReader.Result read =
          paths.size() == 1 && !Files.isDirectory(paths.get(0))
              ? ConfigReader.read(paths.get(0), Map.of(), Map.of(), false)
              : ConfigReader.read(null, directories(paths), Map.of(), false);
      int deleted = StoragePurge.run(read.config(), count);
      spec.commandLine().getOut().println(deleted + " files deleted");
      return ExitCode.NORMAL.number();
    } catch (ConfigException e) {
      e.problems().forEach(err::println);
      return ExitCode.BAD_CONFIGURATION.number();
    } catch (StartException e) {
      err.println("quorate purge: " + e.getMessage());
      return e.exitCode().number();
    }
  }

  /** Logs first, then snapshots, as with Apache's PurgeTxnLog; one directory is both. */
  private static Map<String, String> directories(List<Path> paths) {
    return Map.of(
        "dataLogDir", paths.get(0).toString(), "dataDir", paths.get(paths.size() - 1).toString());
  }

  @Command(
      name = "convert",
      description = {
        "Brings a server's data into a new directory, for another storage or codec.",
        "The server has to be stopped. The old directory is not changed. If this is cut short, the"
            + " same command starts over."
      })
  int convert(
      @Option(
              names = "--from",
              required = true,
              paramLabel = "DIR",
              description = "The data directory.")
          Path from,
      @Option(
              names = "--from-log",
              paramLabel = "DIR",
              description = "The directory of its logs, if that is another.")
          @Nullable Path fromLog,
      @Option(
              names = "--to",
              required = true,
              paramLabel = "DIR",
              description = "The new data directory, for logs too: empty or missing.")
          Path to,
      @Option(names = "--storage", required = true, description = "The new storage.")
          String storage,
      @Option(names = "--codec", required = true, description = "The new codec.") String codec,
      @Option(names = "-D", description = "A key of the configuration.")
          @Nullable Map<String, String> settings) {
    PrintWriter err = spec.commandLine().getErr();
    PrintWriter out = spec.commandLine().getOut();
    try {
      StorageConversion.run(
          from,
          fromLog == null ? from : fromLog,
          to,
          storage,
          codec,
          settings == null ? Map.of() : settings,
          out::println);
      return ExitCode.NORMAL.number();
    } catch (ConfigException e) {
      e.problems().forEach(err::println);
      return ExitCode.BAD_CONFIGURATION.number();
    } catch (StartException e) {
      err.println("quorate convert: " + e.getMessage());
      return e.exitCode().number();
    } catch (IOException e) {
      err.println("quorate convert: " + e.getMessage());
      return ExitCode.DATA_DIRECTORY.number();
    }
  }

  @Command(
      name = "plugins",
      description = {
        "Lists the providers of storage, codec, transport, auth, sasl and metrics: those of the"
            + " image and those of plug-ins.",
        "The exit status is 2 if a server would not start with them."
      })
  int plugins(
      @Option(
              names = "--config",
              paramLabel = "zoo.cfg",
              description = "The configuration, which chooses among them. The last one counts.")
          @Nullable List<Path> files,
      @Option(names = "--json", description = "Prints JSON.") boolean json,
      @Option(names = "-D", description = "A key of the configuration.")
          @Nullable Map<String, String> settings) {
    PrintWriter out = spec.commandLine().getOut();
    try {
      ProviderReport report =
          ProviderReport.of(
              ConfigReader.read(
                      files == null ? null : files.get(files.size() - 1),
                      settings == null ? Map.of() : settings,
                      Map.of(),
                      false)
                  .config());
      if (json) {
        PluginList.json(report, out);
      } else {
        PluginList.table(report, out);
      }
      return (report.problems().isEmpty() ? ExitCode.NORMAL : ExitCode.BAD_CONFIGURATION).number();
    } catch (ConfigException e) {
      e.problems().forEach(spec.commandLine().getErr()::println);
      return ExitCode.BAD_CONFIGURATION.number();
    }
  }

  @Command(
      name = "check-config",
      description = {
        "Reads a configuration file and says what is wrong with it or without effect.",
        "Providers that it names have to be in the image or among the plug-ins, as for a start."
      })
  int checkConfig(@Parameters(paramLabel = "zoo.cfg", description = "The file.") Path file) {
    PrintWriter out = spec.commandLine().getOut();
    try {
      ConfigReader.Result read = ConfigReader.read(file, Map.of(), Map.of(), false);
      read.notices().forEach(out::println);
      List<String> problems = ProviderReport.of(read.config()).problems();
      problems.forEach(out::println);
      if (!problems.isEmpty()) {
        return ExitCode.BAD_CONFIGURATION.number();
      }
      out.println(file + ": can be used");
      return ExitCode.NORMAL.number();
    } catch (ConfigException e) {
      e.problems().forEach(out::println);
      return ExitCode.BAD_CONFIGURATION.number();
    }
  }
}
