package io.quorate.spi.storage.tck;

import static org.junit.jupiter.api.Assertions.assertNull;

import io.quorate.api.TreeReader;
import io.quorate.api.TreeStore;
import io.quorate.api.TreeView;
import io.quorate.api.Znode;
import io.quorate.api.ZnodePath;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Threads that read while the owner writes. In each published state the data of /sum is as long as
 * /p has children, whichever way these are counted.
 */
final class TreeStoreReaders {
  private static final ZnodePath SUM = ZnodePath.of("/sum");
  private static final ZnodePath PARENT = ZnodePath.of("/p");
  private static final long DEADLINE_MS = 60_000;

  private final TreeStore store;
  private final List<Thread> threads = new ArrayList<>();
  private final AtomicLongArray seen;
  private final AtomicReference<@Nullable Throwable> problem = new AtomicReference<>();
  private volatile boolean ended;

  TreeStoreReaders(TreeStore store, int count) {
    this.store = store;
    this.seen = new AtomicLongArray(count);
    for (int i = 0; i < count; i++) {
      int index = i;
      threads.add(new Thread(() -> run(index), "reader-" + i));
    }
  }

  void start() {
    threads.forEach(Thread::start);
  }

  boolean healthy() {
    return problem.get() == null;
  }

  /** Waits until every reader has seen this state or a later one. */
  void awaitZxid(long zxid) {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(DEADLINE_MS);
    for (int i = 0; i < seen.length(); i++) {
      while (seen.get(i) < zxid && healthy()) {
        if (System.nanoTime() > deadline) {
          throw new AssertionError("reader " + i + " does not get beyond " + seen.get(i));
        }
        Thread.onSpinWait();
      }
    }
  }

  void end() throws InterruptedException {
    ended = true;
    for (Thread thread : threads) {
      thread.join(DEADLINE_MS);
    }
    Throwable t = problem.get();
    if (t != null) {
      throw new AssertionError("a reader saw something wrong: " + t, t);
    }
  }

  private void run(int index) {
    try {
      TreeReader reader = store.reader();
      while (!ended && healthy()) {
        TreeView view = reader.latest();
        check(view, seen.get(index));
        seen.set(index, view.zxid());
      }
    } catch (Throwable t) {
      problem.compareAndSet(null, t);
    }
  }

  private static void check(TreeView view, long before) {
    Znode sum = view.find(SUM);
    Znode parent = view.find(PARENT);
    if (view.zxid() < before || sum == null || parent == null) {
      throw new AssertionError("after " + before + " came " + view.zxid());
    }
    int[] counted = new int[1];
    parent
        .children()
        .forEach(
            (name, at, length, child) -> {
              counted[0]++;
              if (child.czxid() > view.zxid()
                  || view.find(PARENT.child(name, at, length)) == null) {
                throw new AssertionError("a child from another state");
              }
            });
    // The first states have data in /sum that counts nothing.
    if (sum.version() > 0
        && (sum.dataLength() != counted[0]
            || sum.dataLength() != parent.childCount()
            || view.nodeCount() != counted[0] + 3
            || sum.mzxid() != view.zxid())) {
      throw new AssertionError(
          "zxid " + view.zxid() + ": " + sum.dataLength() + " children, counted " + counted[0]);
    }
    assertNull(view.find(ZnodePath.of("/p/none")));
  }
}
