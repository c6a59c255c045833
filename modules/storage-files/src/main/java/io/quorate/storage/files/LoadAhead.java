package io.quorate.storage.files;

import io.quorate.api.LoadedZnode;
import io.quorate.api.TreeStore;
import io.quorate.api.Znode;
import io.quorate.api.ZnodePath;
import io.quorate.spi.storage.ReadAhead;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The store that a codec sees while a state is read by a thread of its own: it hands on what is
 * loaded to the thread that owns the real store.
 */
final class LoadAhead extends LoadingTreeStore {
  private static final int ZNODE_BYTES = 200;
  private static final long LOOK_MS = 100;

  /** Takes calls of the real store: a {@link LoadedZnode}, or one of the records below. */
  private final ReadAhead.Sink<Object> sink;

  private record PutSession(long id, int timeoutMs) {}

  private record Clear() {}

  private record Find(ZnodePath path, CompletableFuture<@Nullable Znode> answer) {}

  /**
   * What reads a state.
   *
   * @param <R> what it gives in the end
   */
  @FunctionalInterface
  interface Load<R> {
    R into(TreeStore store) throws IOException;
  }

  private LoadAhead(ReadAhead.Sink<Object> sink) {
    this.sink = sink;
  }

  /**
   * Loads on another thread, into a store that this thread owns.
   *
   * @throws IllegalStateException if the store refuses what is loaded
   */
  static <R> R run(TreeStore store, Load<R> load) throws IOException {
    try {
      return ReadAhead.<Object, R>run(
          "quorate-load", sink -> load.into(new LoadAhead(sink)), steps -> take(steps, store));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static void take(List<Object> steps, TreeStore store) {
    for (Object step : steps) {
      switch (step) {
        case LoadedZnode znode -> store.load(znode);
        case PutSession session -> store.putSession(session.id, session.timeoutMs);
        case Find find -> find.answer.complete(store.head().find(find.path));
        case Clear clear -> store.clear();
        default -> throw new IllegalStateException("a step of " + step.getClass());
      }
    }
  }

  private void add(Object step, int bytes) {
    try {
      sink.add(step, bytes);
    } catch (InterruptedIOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void load(LoadedZnode znode) {
    byte[] data = znode.data();
    add(znode, ZNODE_BYTES + znode.path().length() + (data == null ? 0 : data.length));
  }

  @Override
  public void putSession(long sessionId, int timeoutMs) {
    add(new PutSession(sessionId, timeoutMs), 32);
  }

  @Override
  public void clear() {
    add(new Clear(), 16);
  }

  /** Rarely asked: states are written so that the path before tells about the parent. */
  @Override
  public @Nullable Znode find(ZnodePath path) {
    CompletableFuture<@Nullable Znode> answer = new CompletableFuture<>();
    add(new Find(path, answer), 64);
    try {
      sink.flush();
      while (!sink.abandoned()) {
        try {
          return answer.get(LOOK_MS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
          continue; // the owner is busy with what was loaded before
        }
      }
      throw new InterruptedIOException("the state is not loaded any more");
    } catch (InterruptedIOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new InterruptedIOException("interrupted while loading"));
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }
}
