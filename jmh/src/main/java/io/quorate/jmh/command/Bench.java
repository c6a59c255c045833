package io.quorate.jmh.command;

import io.quorate.jmh.backends.BackEnds;
import io.quorate.jmh.backends.Sizes;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import org.knowm.xchart.CategoryChart;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.NoBenchmarksException;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs benchmarks for every back-end that is found and compares them. */
@Command(
    name = "jmh/bench",
    description =
        "Runs benchmarks for each storage with each codec, and writes JMH's JSON and a report.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class Bench implements Callable<Integer> {
  private static final String BACK_ENDS = "io\\.quorate\\.jmh\\.backends\\.";
  private static final Path TARGET = Path.of(System.getProperty("quorate.jmh.home", ""), "target");
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmmss").withZone(ZoneOffset.UTC);

  @Option(names = "--storage", split = ",", paramLabel = "NAME", description = "Storages; all.")
  List<String> storages = new ArrayList<>();

  @Option(names = "--codec", split = ",", paramLabel = "NAME", description = "Codecs; all.")
  List<String> codecs = new ArrayList<>();

  @Option(
      names = "--benchmarks",
      split = ",",
      paramLabel = "REGEX",
      description = "Benchmarks, as 'Read|Restart'; all of back-ends. See --list.")
  List<String> benchmarks = new ArrayList<>();

  @Option(
      names = "--plugins",
      paramLabel = "DIR",
      description = "A folder with jars of further back-ends.")
  @Nullable Path plugins;

  @Option(names = "--list", description = "Lists back-ends and benchmarks, and ends.")
  boolean list;

  @Option(
      names = "--quick",
      description = "One fork, iterations of 0.2 s, 10,000 znodes: for a first look.")
  boolean quick;

  @Option(
      names = "--znodes",
      split = ",",
      paramLabel = "N",
      description = "How many znodes; 100000. With 1000000 a run takes long and 2 GB of heap.")
  List<Integer> znodes = new ArrayList<>();

  @Option(names = "--forks", paramLabel = "N", description = "JVMs for each; 2.")
  @Nullable Integer forks;

  @Option(names = "--warmup", paramLabel = "N", description = "Iterations before measuring; 3.")
  @Nullable Integer warmup;

  @Option(names = "--iterations", paramLabel = "N", description = "Iterations measured; 5.")
  @Nullable Integer iterations;

  @Option(names = "--time", paramLabel = "MS", description = "Length of an iteration; 1000.")
  @Nullable Integer timeMs;

  @Option(names = "--heap", paramLabel = "SIZE", description = "Heap of the JVMs; 2g.")
  String heap = "2g";

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Where data is written: on the disk to measure; jmh/target/bench-data.")
  Path data = TARGET.resolve("bench-data");

  @Option(
      names = "--compare",
      split = ",",
      paramLabel = "FILE",
      description = "JSON of earlier runs to show beside this one.")
  List<Path> earlier = new ArrayList<>();

  @Option(
      names = "--from",
      paramLabel = "FILE",
      description = "Runs nothing; reports from this JSON.")
  @Nullable Path from;

  @Option(
      names = "--out",
      paramLabel = "PREFIX",
      description =
          "Where results go: PREFIX.json, .html, .png, .properties (the machine), .log (of JMH);"
              + " jmh/target/bench/<time>.")
  @Nullable Path out;

  @CommandLine.Spec CommandLine.Model.CommandSpec spec;

  private final PrintStream screen;

  Bench(PrintStream screen) {
    this.screen = screen;
  }

  /** Runs the command and ends the JVM with 0, 1 if something failed, or 2 for wrong options. */
  public static void main(String[] args) {
    System.exit(command(System.out).execute(args));
  }

  static CommandLine command(PrintStream screen) {
    CommandLine line = new CommandLine(new Bench(screen));
    line.setExecutionExceptionHandler(
        (e, command, parsed) -> {
          if (e instanceof BenchException) {
            command.getErr().println("bench: " + e.getMessage());
            return e.getCause() == null ? 2 : 1;
          }
          throw e;
        });
    return line;
  }

  @Override
  public Integer call() throws BenchException, IOException {
    List<Run> runs = new ArrayList<>();
    for (Path file : earlier) {
      runs.add(Run.read(file)); // before the run, which takes long
    }
    if (from != null) {
      Run recorded = Run.read(from);
      report(
          out == null ? Path.of(from.toString().replaceAll("\\.json$", "")) : out, recorded, runs);
      return 0;
    }
    List<String> options = options();
    Found found = Found.with(options, System.getProperty("java.class.path"));
    List<String> chosenStorages = Found.choose("storage", storages, found.storages());
    List<String> chosenCodecs = Found.choose("codec", codecs, found.codecs());
    if (list) {
      list(found);
      return 0;
    }
    Path prefix = out != null ? out : TARGET.resolve("bench").resolve(STAMP.format(Instant.now()));
    Files.createDirectories(prefix.toAbsolutePath().getParent());
    Files.createDirectories(data);
    Path json = Path.of(prefix + Run.JSON);
    Instant started = Instant.now();
    run(json, Path.of(prefix + ".log"), options, chosenStorages, chosenCodecs);
    Map<String, String> machine = Machine.now(data, started);
    machine.put("options", String.join(" ", spec.commandLine().getParseResult().originalArgs()));
    found.storages().forEach((name, origin) -> machine.put("storage " + name, origin));
    found.codecs().forEach((name, origin) -> machine.put("codec " + name, origin));
    Files.write(Path.of(prefix + Run.MACHINE), Machine.lines(machine));
    report(prefix, Run.read(json), runs);
    return 0;
  }

  private List<String> options() throws BenchException {
    List<String> options =
        new ArrayList<>(ModulePath.options(System.getProperty("java.class.path")));
    options.add("-Xmx" + heap);
    if (plugins != null) {
      if (!Files.isDirectory(plugins)) {
        throw new BenchException("--plugins=" + plugins + ": there is no such folder");
      }
      options.add("-D" + BackEnds.PLUGINS + "=" + plugins.toAbsolutePath());
    }
    options.add("-Dquorate.jmh.data=" + data.toAbsolutePath());
    return options;
  }

  private void list(Found found) {
    found
        .storages()
        .forEach((name, origin) -> screen.println("storage " + name + " (" + origin + ")"));
    found.codecs().forEach((name, origin) -> screen.println("codec " + name + " (" + origin + ")"));
    OutputFormat silence = new Progress(screen, false, Writer.nullWriter());
    BenchmarkList.defaultList()
        .getAll(silence, List.of())
        .forEach(each -> screen.println("benchmark " + each.getUsername()));
  }

  private void run(
      Path json, Path log, List<String> options, List<String> storages, List<String> codecs)
      throws BenchException, IOException {
    ChainedOptionsBuilder builder =
        new OptionsBuilder()
            .jvmArgsAppend(options.toArray(String[]::new))
            .addProfiler(Sizes.class)
            .param("storage", storages.toArray(String[]::new))
            .param("codec", codecs.toArray(String[]::new))
            .shouldFailOnError(true)
            .shouldDoGC(false)
            .resultFormat(ResultFormatType.JSON)
            .result(json.toString());
    for (String name : benchmarks.isEmpty() ? List.of(BACK_ENDS) : benchmarks) {
      builder.include(name);
    }
    lengths(builder);
    boolean terminal = System.console() != null && System.console().isTerminal();
    try (Writer writer = Files.newBufferedWriter(log)) {
      new Runner(builder.build(), new Progress(screen, terminal, writer)).run();
    } catch (NoBenchmarksException e) {
      throw new BenchException(
          "--benchmarks=" + String.join(",", benchmarks) + ": there is none; --list names them");
    } catch (PatternSyntaxException e) {
      throw new BenchException("--benchmarks: " + e.getMessage());
    } catch (RunnerException e) {
      throw new BenchException(e.getMessage() + "; what JMH said is in " + log, e);
    }
  }

  private void lengths(ChainedOptionsBuilder builder) {
    Integer ms = timeMs == null && quick ? Integer.valueOf(200) : timeMs;
    if (ms != null) {
      builder.warmupTime(TimeValue.milliseconds(ms)).measurementTime(TimeValue.milliseconds(ms));
    }
    if (forks != null || quick) {
      builder.forks(forks == null ? 1 : forks);
    }
    if (warmup != null || quick) {
      builder.warmupIterations(warmup == null ? 1 : warmup);
    }
    if (iterations != null || quick) {
      builder.measurementIterations(iterations == null ? 3 : iterations);
    }
    List<Integer> sizes = znodes.isEmpty() && quick ? List.of(10_000) : znodes;
    if (!sizes.isEmpty()) {
      builder.param("znodes", sizes.stream().map(String::valueOf).toArray(String[]::new));
    }
  }

  private void report(Path prefix, Run newest, List<Run> earlierRuns)
      throws BenchException, IOException {
    List<Run> runs = new ArrayList<>(List.of(newest));
    runs.addAll(earlierRuns);
    Comparison comparison = Comparison.of(runs);
    screen.println();
    screen.print(comparison.table());
    Map<String, CategoryChart> charts = Plots.charts(comparison);
    Files.writeString(Path.of(prefix + ".html"), Report.html(comparison, Plots.svg(charts)));
    Plots.png(charts.values(), Path.of(prefix + ".png"));
    screen.println();
    screen.println("Report: " + prefix + ".html");
  }
}
