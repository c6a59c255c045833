package io.quorate.jmh.backends;

import io.quorate.api.Acl;
import io.quorate.api.OpCode;
import io.quorate.api.TreeView;
import io.quorate.api.Txn;
import io.quorate.api.ZnodePath;
import java.io.IOException;
import java.util.List;
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

/**
 * Transactions applied to the tree and published, a hundred at a time, on scattered znodes; for one
 * transaction. The state is written before each iteration, as a server does now and then.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ApplyBenchmark extends FilledState {
  private static final int BATCH = 100;

  /** What was changed before is in the snapshot or the map, not in memory waiting for it. */
  @Setup(Level.Iteration)
  public void write() throws IOException {
    backEnd.writeState();
  }

  /** A setData of 100 bytes. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public TreeView setData() {
    for (int i = 0; i < BATCH; i++) {
      backEnd.setData(next(), Znodes.data(i));
    }
    return backEnd.publish();
  }

  /** A multi of a create, two setData, and a delete of what was created. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public TreeView multi() {
    for (int i = 0; i < BATCH; i++) {
      ZnodePath created = next().child("created");
      byte[] data = Znodes.data(i);
      backEnd.apply(
          OpCode.MULTI,
          new Txn.Multi(
              List.of(
                  new Txn.Part(OpCode.CREATE, new Txn.Create(created, data, Acl.OPEN, false, 1)),
                  new Txn.Part(OpCode.SET_DATA, new Txn.SetData(next(), data, 1)),
                  new Txn.Part(OpCode.SET_DATA, new Txn.SetData(created, data, 1)),
                  new Txn.Part(OpCode.DELETE, new Txn.Delete(created)))));
    }
    return backEnd.publish();
  }
}
