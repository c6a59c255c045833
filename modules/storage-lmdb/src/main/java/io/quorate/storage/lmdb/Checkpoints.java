package io.quorate.storage.lmdb;

import io.quorate.storage.files.LogFolders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings published states into the file, each with one synced commit, so that a start finds either
 * the state before or the one after. The map is never committed without a sync: after a power cut
 * an unsynced commit could point to pages that are not there.
 *
 * <p>Any thread; one at a time writes.
 */
final class Checkpoints implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);
  private static final long WARN_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long LONGEST_WAIT_NANOS = TimeUnit.MINUTES.toNanos(10);

  private final TreeSettings settings;
  private final TreeFolder folder;
  private final Object writing = new Object();
  private final Object progress = new Object();
  private final Failure failure = new Failure(this::wake);
  private final AtomicLong waits = new AtomicLong();
  private final AtomicLong written = new AtomicLong();
  private final ScheduledThreadPoolExecutor helper =
      new ScheduledThreadPoolExecutor(1, Checkpoints::helperThread);
  private final IdleCheckpoint idle;
  private final BackgroundCheck check = new BackgroundCheck(failure::fail);
  private @Nullable TreeFile unchecked;
  private @Nullable TreeFile current;
  private @Nullable Loading loading;
  private long[] history = {};
  private long installation;
  private boolean closed;
  private volatile boolean replayed;
  private volatile @Nullable Done done;
  private volatile BiConsumer<State, Base> writtenListener = (state, base) -> {};

  /**
   * What is in the file, durably.
   *
   * @param sequence of the state
   * @param layer what the state had in its upper layer
   */
  record Done(long lineage, long sequence, long zxid, Base base, Layer layer) {}

  /** A file of a state that is not whole yet. */
  private record Loading(long lineage, TreeFile file, Base base) {}

  Checkpoints(TreeSettings settings, LogFolders folders) {
    this.settings = settings;
    this.folder = new TreeFolder(folders, settings, failure::fail);
    helper.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    this.idle = new IdleCheckpoint(helper, settings.settleMs(), this::writeWhenIdle);
  }

  /** The newest state in the file, or null. */
  @Nullable Done done() {
    return done;
  }

  /** The zxid of the newest state in the file, or -1. */
  long zxid() {
    Done d = done;
    return d == null ? -1 : d.zxid;
  }

  /** The zxids of the last states that were in the file, the newest last. */
  long[] history() {
    synchronized (writing) {
      return history.clone();
    }
  }

  /** How often the owner had to wait for a checkpoint. Any thread. */
  long waits() {
    return waits.get();
  }

  /** How many checkpoints were written. Any thread. */
  long written() {
    return written.get();
  }

  /** How long the oldest read of the file has taken so far, in ms. Any thread. */
  long readerAgeMs() {
    Done d = done;
    return d == null ? 0 : d.base.readerAgeNanos() / 1_000_000;
  }

  /** Size of the file's used part at the last checkpoint, in bytes. Any thread. */
  long usedBytes() {
    Done d = done;
    return d == null ? 0 : d.base.fileBytes();
  }

  /**
   * Opens the newest whole file.
   *
   * @return its state, or null if there is none
   */
  @Nullable State load(long lineage) throws IOException {
    synchronized (writing) {
      TreeFolder.Found found = folder.open();
      if (found == null) {
        return null;
      }
      Base base = new Base(found.file());
      State state = new Restored(settings, base, found.meta(), lineage).state();
      current = found.file();
      history = found.meta().history();
      installation = found.meta().installation();
      done = new Done(lineage, 0, state.zxid, base, state.active);
      if (!found.wholeChecked()) {
        unchecked = found.file();
      }
      return state;
    }
  }

  /** Begins to read all of a file that was too large for that; once the log has been replayed. */
  void checkBehind() throws IOException {
    replayed = true;
    synchronized (writing) { // nobody changes the file while the check takes hold of its state
      TreeFile file = unchecked;
      unchecked = null;
      if (file != null && file == current && !closed) {
        check.start(file);
      }
    }
  }

  private static Thread helperThread(Runnable task) {
    Thread thread = new Thread(task, "quorate-checkpoint");
    thread.setDaemon(true);
    return thread;
  }

  /** Has a published state written by the helper thread. */
  void begin(State state) {
    helper.execute(() -> writeOrFail(state));
  }

  /** A state was published; it is written if no other follows soon. The owner's thread. */
  void published(State state) {
    idle.published(state);
  }

  private void writeWhenIdle(State state) {
    Done d = done;
    if (!failure.isThere() && d != null && d.lineage == state.lineage && d.zxid < state.zxid) {
      writeOrFail(state);
    }
  }

  private void writeOrFail(State state) {
    try {
      write(state);
    } catch (IOException | RuntimeException | Error e) {
      LOG.error("The checkpoint of zxid 0x{} failed", Long.toHexString(state.zxid), e);
      failure.fail(e);
    }
  }

  /** Who is told of the first failure, on the thread that finds it; at once if it was before. */
  void onFailure(Consumer<Throwable> to) {
    failure.onFailure(to);
  }

  /** Tells the owner that nothing can be written any more. */
  void throwIfFailed() {
    failure.throwIfFailed();
  }

  /** Who is told of each state that was written, and of the file with it; the writing thread. */
  void onWritten(BiConsumer<State, Base> to) {
    writtenListener = to;
  }

  /** Waits until a state is in the file: the owner has no room for more changes. */
  void await(long lineage, long sequence) {
    long start = System.nanoTime();
    boolean told = false;
    waits.incrementAndGet();
    synchronized (progress) {
      while (!failure.isThere() && !isDone(lineage, sequence)) {
        long waited = System.nanoTime() - start;
        if (waited > LONGEST_WAIT_NANOS) {
          throw new IllegalStateException("A checkpoint takes longer than 10 minutes");
        }
        if (!told && waited > WARN_NANOS) {
          LOG.warn("Writes wait for a checkpoint: the disk does not keep up");
          told = true;
        }
        try {
          progress.wait(100);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new IllegalStateException("interrupted while waiting for a checkpoint", e);
        }
      }
    }
    throwIfFailed();
  }

  private void wake() {
    synchronized (progress) {
      progress.notifyAll();
    }
  }

  private boolean isDone(long lineage, long sequence) {
    Done d = done;
    return d != null && (d.lineage > lineage || d.lineage == lineage && d.sequence >= sequence);
  }

  /**
   * Puts a published state into the file; it is durable on return.
   *
   * @return the size of the file
   */
  long write(State state) throws IOException {
    synchronized (writing) {
      throwIfFailed();
      if (closed) {
        throw new IOException("The tree is closed");
      }
      if (!isDone(state.lineage, state.sequence)) {
        try {
          writeNew(state);
        } catch (IOException | RuntimeException | Error e) {
          failure.fail(e);
          throw e;
        }
        wake();
      }
      TreeFile file = current;
      return file == null ? 0 : file.usedBytes();
    }
  }

  private void writeNew(State state) throws IOException {
    long start = System.nanoTime();
    Done before = done;
    Loading l = loading;
    Base base = null;
    TreeFile file;
    boolean frozenToo = true;
    Layer inFile = null;
    if (before != null && before.lineage == state.lineage) {
      base = before.base;
      file = base.file;
      frozenToo = before.sequence < state.frozenSequence;
      inFile = before.layer;
    } else if (l != null && l.lineage == state.lineage) {
      base = l.base;
      file = l.file;
    } else {
      if (l != null && l.lineage < state.lineage) {
        dropLoading();
      }
      file = folder.create();
    }
    long number = file == current ? installation : installation + 1;
    Meta meta = Meta.of(state, settings.digests(), number, history);
    Base now = MapCommit.commit(file, base, state, frozenToo, inFile, meta);
    if (replayed) {
      MapCommit.sketch(now, state); // it reads all keys, which a start need not wait for
    }
    TreeFile old = current;
    if (old != file) {
      folder.sync();
      current = file;
      installation = number;
      if (l != null && l.file == file) {
        loading = null;
      }
      if (old != null) {
        old.unlink(); // those who hold views of it still read it
      }
    }
    history = meta.history();
    done = new Done(state.lineage, state.sequence, state.zxid, now, state.active);
    written.incrementAndGet();
    writtenListener.accept(state, now);
    LOG.debug(
        "Checkpoint of zxid 0x{} in {} ms",
        Long.toHexString(state.zxid),
        (System.nanoTime() - start) / 1_000_000);
  }

  /**
   * Puts what the owner has loaded so far into a file that is not whole yet.
   *
   * @return what the owner goes on from
   */
  Base flush(State head) {
    synchronized (writing) {
      throwIfFailed();
      try {
        Loading l = loading;
        if (l == null || l.lineage != head.lineage) {
          dropLoading();
          TreeFile file = folder.create();
          l = new Loading(head.lineage, file, MapCommit.commit(file, null, head, true, null, null));
        } else {
          l =
              new Loading(
                  head.lineage, l.file, MapCommit.commit(l.file, l.base, head, true, null, null));
        }
        loading = l;
        return l.base;
      } catch (IOException e) {
        failure.fail(e);
        throw new UncheckedIOException(e);
      }
    }
  }

  private void dropLoading() throws IOException {
    Loading l = loading;
    if (l != null) {
      loading = null;
      l.base.close();
      l.file.close();
      l.file.unlink();
    }
  }

  /** Waits until a large file was read whole, or the reading was given up. */
  void awaitCheck() {
    check.await();
  }

  /** Lets a checkpoint that is being written end, and closes the file. */
  @Override
  public void close() {
    helper.close();
    synchronized (writing) {
      unchecked = null;
    }
    check.close();
    synchronized (writing) {
      if (closed) {
        return;
      }
      closed = true;
      try {
        dropLoading();
      } catch (IOException e) {
        LOG.warn("A file that was being loaded stays: {}", e.toString());
      }
      Done d = done;
      if (d != null) {
        d.base.close();
        d.base.file.close();
      }
    }
  }
}
