package io.quorate.storage.files;

import io.quorate.api.Acl;
import io.quorate.api.TreeStore;
import io.quorate.api.Znode;
import io.quorate.api.ZnodePath;
import io.quorate.spi.storage.ReadAhead;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
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

  private final ReadAhead.Sink<Step> sink;

  /** One call of the real store. */
  private sealed interface Step {}

  private record LoadZnode(
      ZnodePath path,
      byte @Nullable [] data,
      Acl acl,
      long czxid,
      long mzxid,
      long pzxid,
      long ctime,
      long mtime,
      int version,
      int createdChildren,
      int aversion,
      long owner)
      implements Step {
    void into(TreeStore store) {
      store.load(
          path,
          data,
          acl,
          czxid,
          mzxid,
          pzxid,
          ctime,
          mtime,
          version,
          createdChildren,
          aversion,
          owner);
    }
  }

  private record PutSession(long id, int timeoutMs) implements Step {}

  private record Clear() implements Step {}

  private record Find(ZnodePath path, CompletableFuture<@Nullable Znode> answer) implements Step {}

  /**
   * What reads a state.
   *
   * @param <R> what it gives in the end
   */
  @FunctionalInterface
  interface Load<R> {
    R into(TreeStore store) throws IOException;
  }

  private LoadAhead(ReadAhead.Sink<Step> sink) {
    this.sink = sink;
  }

  /**
   * Loads on another thread, into a store that this thread owns.
   *
   * @throws IllegalStateException if the store refuses what is loaded
   */
  static <R> R run(TreeStore store, Load<R> load) throws IOException {
    try {
      return ReadAhead.<Step, R>run(
          "quorate-load", sink -> load.into(new LoadAhead(sink)), steps -> take(steps, store));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static void take(List<Step> steps, TreeStore store) {
    List<ZnodePath> paths = new ArrayList<>(steps.size());
    for (Step step : steps) {
      if (step instanceof LoadZnode znode) {
        paths.add(znode.path);
      }
    }
    store.expect(paths);
    for (Step step : steps) {
      switch (step) {
        case LoadZnode znode -> znode.into(store);
        case PutSession session -> store.putSession(session.id, session.timeoutMs);
        case Find find -> find.answer.complete(store.head().find(find.path));
        case Clear clear -> store.clear();
      }
    }
  }

  private void add(Step step, int bytes) {
    try {
      sink.add(step, bytes);
    } catch (InterruptedIOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void load(
      ZnodePath path,
      byte @Nullable [] data,
      Acl acl,
      long czxid,
      long mzxid,
      long pzxid,
      long ctime,
      long mtime,
      int version,
      int createdChildren,
      int aversion,
      long owner) {
    add(
        new LoadZnode(
            path,
            data,
            acl,
            czxid,
            mzxid,
            pzxid,
            ctime,
            mtime,
            version,
            createdChildren,
            aversion,
            owner),
        ZNODE_BYTES + path.length() + (data == null ? 0 : data.length));
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
