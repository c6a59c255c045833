package io.quorate.jmh;

import io.quorate.api.OpCode;
import io.quorate.api.TreeReader;
import io.quorate.api.TreeView;
import io.quorate.api.Txn;
import io.quorate.api.Znode;
import io.quorate.api.ZnodePath;
import io.quorate.tree.ChangeListener;
import io.quorate.tree.HeapTreeStore;
import io.quorate.tree.Tree;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Apply, look up and publish on the heap tree. Paths are taken in a scattered order, so that
 * look-ups miss the processor's caches as a server's do (JMHSample_36 shows what an even order
 * hides).
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class TreeBenchmark {
  private static final int BATCH = 100;

  @Param({"10000", "1000000"})
  int znodes;

  private HeapTreeStore store;
  private Tree tree;
  private TreeReader reader;
  private ZnodePath[] paths;
  private TreeView view;
  private int at;
  private long zxid;

  @Setup(Level.Trial)
  public void fill() {
    store = Trees.filled(znodes, true);
    tree = new Tree(store, Trees.RULES);
    reader = store.reader();
    view = reader.latest();
    paths = Trees.paths(znodes);
    zxid = 10;
  }

  private ZnodePath next() {
    at = (at + 7_368_787) % znodes; // a prime, so that every path comes up
    return paths[at];
  }

  @Benchmark
  public @Nullable Znode lookup() {
    return view.find(next());
  }

  @Benchmark
  @OperationsPerInvocation(BATCH)
  public TreeView setDataInBatchesOf100() {
    for (int i = 0; i < BATCH; i++) {
      tree.apply(
          Trees.header(++zxid, OpCode.SET_DATA),
          new Txn.SetData(next(), Trees.DATA, 1),
          ChangeListener.NONE);
    }
    TreeView sealed = store.seal(zxid);
    store.publish(sealed);
    return sealed;
  }

  @Benchmark
  public TreeView setDataAlone() {
    tree.apply(
        Trees.header(++zxid, OpCode.SET_DATA),
        new Txn.SetData(next(), Trees.DATA, 1),
        ChangeListener.NONE);
    TreeView sealed = store.seal(zxid);
    store.publish(sealed);
    return sealed;
  }

  @Benchmark
  public TreeView publishNothing() {
    TreeView sealed = store.seal(++zxid);
    store.publish(sealed);
    return reader.latest();
  }
}
