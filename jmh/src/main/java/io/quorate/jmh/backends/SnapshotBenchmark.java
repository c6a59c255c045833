package io.quorate.jmh.backends;

import io.quorate.api.TreeView;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Writes the state, durably, after a tenth of the znodes was changed. Some storages write all of
 * it, others what has changed since the last time.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(2)
@Warmup(iterations = 3)
@Measurement(iterations = 5)
public class SnapshotBenchmark extends FilledState {
  private TreeView view;

  /** Changes a tenth. */
  @Setup(Level.Iteration)
  public void change() {
    for (int i = 0; i < paths.length / 10; i++) {
      backEnd.setData(next(), Znodes.data(i));
    }
    view = backEnd.publish();
  }

  /** Deletes the one before, so that the disk does not fill up. */
  @TearDown(Level.Iteration)
  public void purge() throws IOException {
    backEnd.storage.snapshots().purge(1, 0);
  }

  /** Bytes, as the storage tells. */
  @Benchmark
  public long write() throws IOException {
    return backEnd.storage.snapshots().write(view);
  }
}
