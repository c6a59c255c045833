package io.quorate.jmh.backends;

import io.quorate.api.ChildList;
import io.quorate.api.TreeReader;
import io.quorate.api.Znode;
import io.quorate.api.ZnodePath;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.ThreadParams;

/** Lists the names of all children of a znode, from the published view. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ChildrenBenchmark {
  /** The znodes are below many parents or below one. */
  @State(Scope.Benchmark)
  public static class Families extends BackEndState {
    @Param({"10", "100000"})
    public int children;

    @Param("100000")
    public int znodes;

    private ZnodePath[] parents;

    @Override
    @Setup(Level.Trial)
    public void open() throws IOException {
      super.open();
      Znodes shape = new Znodes(znodes, children);
      backEnd.fill(shape);
      parents = new ZnodePath[shape.parents()];
      for (int p = 0; p < parents.length; p++) {
        parents[p] = shape.parent(p);
      }
    }
  }

  /** Reads the last byte of each name, so that none is left out. */
  @State(Scope.Thread)
  public static class Lister implements ChildList.Visitor {
    private TreeReader reader;
    private Scattered order;
    private int sum;

    /** Takes a reader. */
    @Setup(Level.Trial)
    public void make(Families families, ThreadParams thread) {
      reader = families.backEnd.store.reader();
      order = new Scattered(families.parents.length, thread.getThreadIndex() * 31_013);
    }

    @Override
    public void child(byte[] array, int offset, int length, Znode znode) {
      sum += array[offset + length - 1];
    }
  }

  /** The sum of what was read. */
  @Benchmark
  public int getChildren(Families families, Lister own) {
    ZnodePath parent = families.parents[own.order.next()];
    Objects.requireNonNull(own.reader.latest().find(parent)).children().forEach(own);
    return own.sum;
  }
}
