package io.quorate.jmh.backends;

import io.quorate.api.TreeReader;
import io.quorate.api.Znode;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;
import org.openjdk.jmh.infra.ThreadParams;

/** Reads of scattered znodes from the published view, as an I/O thread does them. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ReadBenchmark {
  /** A reader of its own for each thread, at a place of its own. */
  @State(Scope.Thread)
  public static class Reader {
    private TreeReader reader;
    private Scattered order;

    /** Takes a reader. */
    @Setup(Level.Trial)
    public void make(FilledState filled, ThreadParams thread) {
      reader = filled.backEnd.store.reader();
      order = new Scattered(filled.paths.length, thread.getThreadIndex() * 31_013);
    }
  }

  /** Finds a znode and its data. */
  @Benchmark
  public Znode getData(FilledState filled, Reader own, Blackhole hole) {
    Znode znode = Objects.requireNonNull(own.reader.latest().find(filled.paths[own.order.next()]));
    hole.consume(znode.dataArray()); // some storages fetch it only now
    return znode;
  }

  /** Looks for a znode that is not there, beside some that are. */
  @Benchmark
  public @Nullable Znode existsMiss(FilledState filled, Reader own) {
    return own.reader.latest().find(filled.missing[own.order.next()]);
  }
}
