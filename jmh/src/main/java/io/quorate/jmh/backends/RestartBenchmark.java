package io.quorate.jmh.backends;

import io.quorate.api.Znode;
import io.quorate.api.ZnodePath;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * From closed files to the first answer: a written state, and a log of changes to a tenth of its
 * znodes behind it. The JVM and the system's cache of files are warm, so it is the back-end that is
 * measured. Tells what a znode takes of the heap and of the disk.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(2)
@Warmup(iterations = 2)
@Measurement(iterations = 5)
public class RestartBenchmark {
  private static final int CHILDREN = 10;

  @Param("files")
  public String storage;

  @Param("jute")
  public String codec;

  @Param("100000")
  public int znodes;

  private Path folder;
  private ZnodePath first;
  private @Nullable OpenBackEnd opened;
  private long heapBefore;

  /** Writes what the restarts read. */
  @Setup(Level.Trial)
  public void fill() throws IOException {
    folder = OpenBackEnd.newFolder();
    Znodes shape = new Znodes(znodes, CHILDREN);
    first = shape.path(0);
    try (OpenBackEnd backEnd = OpenBackEnd.open(storage, codec, folder)) {
      backEnd.fill(shape);
      Scattered order = new Scattered(shape.parents() * CHILDREN, 0);
      for (int i = 0; i < znodes / 10; i++) {
        backEnd.setDataLogged(shape.path(order.next()), Znodes.data(i));
      }
      backEnd.storage.log().force();
    }
  }

  /** What the heap holds without it. */
  @Setup(Level.Iteration)
  public void measureBefore() {
    heapBefore = usedHeap();
  }

  /** Opens, loads, replays, and answers. */
  @Benchmark
  public @Nullable Znode restart() throws IOException {
    OpenBackEnd backEnd = OpenBackEnd.open(storage, codec, folder);
    opened = backEnd;
    return backEnd.store.reader().latest().find(first);
  }

  /** Sizes, then the end of it. */
  @TearDown(Level.Iteration)
  public void close() throws IOException {
    OpenBackEnd backEnd = opened;
    if (backEnd == null) {
      return;
    }
    double count = backEnd.store.head().nodeCount();
    Sizes.put("heap a znode", (usedHeap() - heapBefore) / count);
    Sizes.put("disk a znode", backEnd.storage.dataSizeBytes() / count);
    opened = null;
    backEnd.close();
  }

  /** Deletes it. */
  @TearDown(Level.Trial)
  public void delete() throws IOException {
    OpenBackEnd.delete(folder);
  }

  private static long usedHeap() {
    System.gc();
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
