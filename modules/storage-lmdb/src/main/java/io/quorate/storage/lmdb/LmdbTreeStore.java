package io.quorate.storage.lmdb;

import io.quorate.api.Acl;
import io.quorate.api.LoadedZnode;
import io.quorate.api.TreeReader;
import io.quorate.api.TreeStore;
import io.quorate.api.TreeView;
import io.quorate.api.Znode;
import io.quorate.api.ZnodePath;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps znodes in a file that is mapped into memory, and what was changed since the last checkpoint
 * on the heap, in layers above it. A view is a generation of the file and the layers at its moment;
 * so publishing, going back and undoing are a matter of references, as they are for a tree on the
 * heap.
 *
 * <p>When the layer of changes gets larger than its limit, the next seal freezes it and a new one
 * is begun. When the view that froze it is published, a helper thread writes it to the file ({@link
 * Checkpoints}). If the new layer is full as well before that is done, the owner waits.
 */
final class LmdbTreeStore implements TreeStore {
  /** 16,000 znodes that were made, or 100,000 changes: they have to be replayed by a start. */
  static final long MAX_WORK = 100_000;

  private final TreeSettings settings;
  private final Checkpoints checkpoints;
  private final ArrayDeque<State> sealed = new ArrayDeque<>();
  private final Head head;
  private long lineages;
  private long sequences;

  /** When the first of the changes that are in no file was sealed, about; 0 if there is none. */
  private long oldestChange;

  private @Nullable State saved;

  /** The view that froze its layer, until it is published. */
  private @Nullable State freezing;

  private final Object publishing = new Object();
  private volatile State published; // written while holding publishing

  /** An empty store: nothing but the root. */
  LmdbTreeStore(TreeSettings settings, Checkpoints checkpoints) {
    this.settings = settings;
    this.checkpoints = checkpoints;
    this.head = new Head(settings);
    clear();
    this.published = head.copy();
    clear(); // a lineage of its own: nothing was published from it
    checkpoints.onWritten(this::settle);
  }

  /** Goes on from what a file holds. */
  void start(State loaded) {
    lineages = Math.max(lineages, loaded.lineage);
    sequences = Math.max(sequences, loaded.sequence);
    sealed.clear();
    saved = null;
    freezing = null;
    replacePublished(loaded);
    head.set(loaded.copy());
  }

  /** The lineage that the next state from elsewhere has. */
  long nextLineage() {
    return ++lineages;
  }

  @Override
  public TreeView head() {
    return head.state();
  }

  @Override
  public Znode create(
      ZnodePath path,
      byte @Nullable [] data,
      Acl acl,
      long owner,
      long zxid,
      long time,
      int parentCreated) {
    makeRoom();
    return head.create(path, data, acl, owner, zxid, time, parentCreated);
  }

  @Override
  public void delete(ZnodePath path, long zxid) {
    makeRoom();
    head.delete(path, zxid);
  }

  @Override
  public Znode setData(ZnodePath path, byte @Nullable [] data, int version, long zxid, long time) {
    makeRoom();
    return head.setData(path, data, version, zxid, time);
  }

  @Override
  public Znode setAcl(ZnodePath path, Acl acl, int aversion) {
    makeRoom();
    return head.setAcl(path, acl, aversion);
  }

  @Override
  public void overwriteData(ZnodePath path, byte[] data) {
    makeRoom();
    head.overwriteData(path, data);
  }

  @Override
  public void bumpParent(ZnodePath path, int created, long pzxid) {
    makeRoom();
    head.bumpParent(path, created, pzxid);
  }

  @Override
  public void load(LoadedZnode loaded) {
    makeRoom();
    head.load(loaded);
  }

  @Override
  public void putSession(long sessionId, int timeoutMs) {
    makeRoom();
    head.putSession(sessionId, timeoutMs);
  }

  @Override
  public void removeSession(long sessionId) {
    makeRoom();
    head.removeSession(sessionId);
  }

  @Override
  public TreeView seal(long zxid) {
    adopt();
    State state = head.state();
    state.zxid = zxid;
    state.sequence = ++sequences;
    State view = head.copy();
    saved = null;
    sealed.addLast(view);
    if (freezing == null && state.frozen == null && isToSettle()) {
      freezing = view;
      state.frozen = view.active;
      state.frozenSequence = view.sequence;
      head.beginLayer();
    }
    return view;
  }

  /** Whether the changes are many, or the first of them is old. */
  private boolean isToSettle() {
    Layer layer = head.state().active;
    if (layer.bytes == 0) {
      oldestChange = 0;
      return false;
    }
    long now = System.nanoTime();
    if (oldestChange == 0) {
      oldestChange = now | 1;
    }
    boolean toSettle =
        layer.bytes > settings.layerBytes()
            || layer.work > MAX_WORK
            || now - oldestChange > 5 * TimeUnit.MILLISECONDS.toNanos(settings.settleMs());
    oldestChange = toSettle ? 0 : oldestChange;
    return toSettle;
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // the very view
  public void publish(TreeView view) {
    State next = sealed.pollFirst();
    if (next == null || next != view) {
      throw new IllegalStateException("views are published in the order of sealing");
    }
    replacePublished(next);
    if (freezing == next) {
      freezing = null;
      checkpoints.begin(next);
    }
    State state = head.state();
    if (state.active.bytes > settings.layerBytes() && state.frozen != null && freezing == null) {
      checkpoints.await(state.lineage, state.frozenSequence);
    }
    checkpoints.throwIfFailed();
    checkpoints.published(next);
  }

  @Override
  public void rollback() {
    sealed.clear();
    saved = null;
    State f = freezing;
    State last = published;
    if (f != null && f.sequence > last.sequence) {
      freezing = null;
    }
    head.set(last.copy());
  }

  @Override
  public void savepoint() {
    saved = head.copy();
  }

  @Override
  public void undo() {
    State back = saved;
    if (back == null) {
      throw new IllegalStateException("no savepoint");
    }
    saved = null;
    head.set(back);
  }

  @Override
  public void clear() {
    State empty = new State(settings.seed(), settings.encoding());
    empty.lineage = ++lineages;
    sealed.clear();
    saved = null;
    freezing = null;
    head.set(empty);
    head.makeRoot();
  }

  @Override
  public TreeReader reader() {
    return () -> published;
  }

  @Override
  public void onFailure(Consumer<Throwable> listener) {
    checkpoints.onFailure(listener);
  }

  @Override
  public void close() {
    checkpoints.close();
  }

  /** Takes over what was written to the file: the layers above it get smaller. */
  private void adopt() {
    Checkpoints.Done done = checkpoints.done();
    State state = head.state();
    if (done == null || done.lineage() != state.lineage) {
      return;
    }
    state.base = done.base();
    if (state.frozen != null && done.sequence() >= state.frozenSequence) {
      state.frozen = null;
    }
    if (state.frozen == null && state.active.isSame(done.layer())) {
      head.beginLayer();
    }
  }

  /**
   * A state was written; if no other was published since, those who read find all of it in the file
   * from now on, instead of asking layers first. The checkpoint's thread.
   */
  @SuppressWarnings("ReferenceEquality") // the very state
  private void settle(State written, Base file) {
    synchronized (publishing) {
      if (published == written) {
        published = written.settled(file);
      }
    }
  }

  private void replacePublished(State state) {
    synchronized (publishing) {
      published = state;
    }
  }

  /**
   * While a state is loaded that nobody has seen, it goes to a file of its own as it comes, so that
   * it may be larger than the heap.
   */
  private void makeRoom() {
    State state = head.state();
    if (state.active.bytes > settings.layerBytes()
        && state.lineage != published.lineage
        && sealed.isEmpty()
        && saved == null
        && state.frozen == null) {
      state.base = checkpoints.flush(state);
      head.beginLayer();
    }
  }
}
