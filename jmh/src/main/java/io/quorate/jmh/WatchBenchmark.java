package io.quorate.jmh;

import io.quorate.api.WatchKind;
import io.quorate.api.ZnodePath;
import io.quorate.watches.WatchTable;
import io.quorate.watches.Watcher;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** Setting and firing one-shot watches of 500 watchers on one path; figures are for one watcher. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class WatchBenchmark {
  private static final int WATCHERS = 500;

  private final WatchTable table = new WatchTable();
  private final Watcher[] watchers = new Watcher[WATCHERS];
  private final ZnodePath path = ZnodePath.of("/bench/watched");

  @Setup(Level.Trial)
  public void make() {
    for (int i = 0; i < WATCHERS; i++) {
      watchers[i] = new Watcher() {};
    }
  }

  @Benchmark
  @OperationsPerInvocation(WATCHERS)
  public void setAndFire(Blackhole sink) {
    for (Watcher watcher : watchers) {
      table.add(watcher, path, WatchKind.DATA);
    }
    table.dataChanged(path, (watcher, type, at) -> sink.consume(watcher));
  }
}
