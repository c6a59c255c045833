package io.quorate.jmh.command;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.Collection;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.format.OutputFormat;

/**
 * What a run shows while it goes on: one line that moves on a terminal, else a line for each
 * benchmark. All that JMH says goes to a file.
 */
final class Progress implements OutputFormat {
  private static final String RUN = "# Run progress: ";

  private final PrintStream screen;
  private final boolean terminal;
  private final Writer log;
  private String done = "";
  private String running = "";

  Progress(PrintStream screen, boolean terminal, Writer log) {
    this.screen = screen;
    this.terminal = terminal;
    this.log = log;
  }

  private void show(String line, boolean last) {
    if (terminal) {
      screen.print("\r\u001b[K" + (line.length() > 110 ? line.substring(0, 110) : line));
      if (last) {
        screen.println();
      }
      screen.flush();
    } else if (last) {
      screen.println(line);
    }
  }

  private static String name(BenchmarkParams benchmark) {
    StringBuilder name =
        new StringBuilder(benchmark.getBenchmark().replaceFirst("^.*\\.(?=\\w+\\.\\w+$)", ""));
    benchmark.getParamsKeys().forEach(key -> name.append(' ').append(benchmark.getParam(key)));
    return name.toString();
  }

  @Override
  public void startRun() {}

  @Override
  public void startBenchmark(BenchmarkParams benchmark) {
    running = name(benchmark);
    println("# Benchmark: " + benchmark.id());
  }

  @Override
  public void iteration(BenchmarkParams benchmark, IterationParams iteration, int n) {
    show(done + running + ", " + iteration.getType().name().toLowerCase() + " " + n, false);
  }

  @Override
  public void iterationResult(
      BenchmarkParams benchmark, IterationParams iteration, int n, IterationResult result) {
    println(iteration.getType() + " " + n + ": " + result.getPrimaryResult());
  }

  @Override
  public void endBenchmark(BenchmarkResult result) {
    if (result != null) {
      show(done + running + ": " + result.getPrimaryResult(), true);
    }
  }

  @Override
  public void endRun(Collection<RunResult> results) {}

  @Override
  public void print(String text) {
    write(text);
  }

  @Override
  public void println(String text) {
    write(text + System.lineSeparator());
    if (text.startsWith(RUN)) {
      String[] words = text.substring(RUN.length()).split(" ");
      done = words[0] + ", " + words[words.length - 1] + " left: ";
    }
  }

  @Override
  public void verbosePrintln(String text) {
    println(text);
  }

  private void write(String text) {
    try {
      log.write(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void write(int b) {
    write(String.valueOf((char) b));
  }

  @Override
  public void write(byte[] bytes) {
    write(new String(bytes, java.nio.charset.Charset.defaultCharset()));
  }

  @Override
  public void flush() {
    try {
      log.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    flush();
  }
}
