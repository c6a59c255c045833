package io.quorate.storage.lmdb;

import io.quorate.api.Acl;
import io.quorate.api.EphemeralOwner;
import io.quorate.api.NodeDigest;
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
  private final TreeSettings settings;
  private final Checkpoints checkpoints;
  private final NodeDigest digester = new NodeDigest();
  private final ArrayDeque<State> sealed = new ArrayDeque<>();
  private final LayerEditor edit;
  private long lineages;
  private long sequences;

  /** When the first of the changes that are in no file was sealed, about; 0 if there is none. */
  private long oldestChange;

  private State head;
  private @Nullable State saved;

  /** The view that froze its layer, until it is published. */
  private @Nullable State freezing;

  private volatile State published;

  /** An empty store: nothing but the root. */
  LmdbTreeStore(TreeSettings settings, Checkpoints checkpoints) {
    this.settings = settings;
    this.checkpoints = checkpoints;
    this.head = new State(settings.seed(), settings.encoding());
    this.edit = new LayerEditor(settings.seed(), head.active);
    clear();
    this.published = head.copy();
    clear(); // a lineage of its own: nothing was published from it
  }

  /** Goes on from what a file holds. */
  void start(State loaded) {
    lineages = Math.max(lineages, loaded.lineage);
    sequences = Math.max(sequences, loaded.sequence);
    sealed.clear();
    saved = null;
    freezing = null;
    published = loaded;
    setHead(loaded.copy());
  }

  /** The lineage that the next state from elsewhere has. */
  long nextLineage() {
    return ++lineages;
  }

  @Override
  public TreeView head() {
    return head;
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
    ZnodePath parentPath = State.key(path.parent());
    Node parent = existing(parentPath);
    Node node = Node.of(data, acl, owner, zxid, time);
    boolean forward = parentCreated - parent.createdChildren() > 0; // as sequence numbers wrap
    Node parentNow =
        parent.withChildren(
            forward ? parentCreated : parent.createdChildren(),
            forward ? zxid : parent.pzxid(),
            parent.childCount() + 1);
    add(path, node);
    edit.child(parentPath, path, true);
    replace(parentPath, parent, parentNow);
    return new ViewZnode(null, path, node);
  }

  @Override
  public void delete(ZnodePath path, long zxid) {
    makeRoom();
    Node gone = existing(path);
    check(gone.childCount() == 0 && !path.isRoot(), "delete of a znode with children", path);
    ZnodePath parentPath = State.key(path.parent());
    Node parent = existing(parentPath);
    edit.node(head.hash(path), path, null);
    edit.child(parentPath, path, false);
    head.nodes--;
    head.dataSize -= path.length() + gone.dataBytes();
    head.digest -= digest(path, gone);
    head.longPaths -= Keys.isLong(path) ? 1 : 0;
    if (gone.owner() != 0) {
      edit.owned(gone.owner(), path, false);
      head.ephemerals -= isEphemeral(gone.owner()) ? 1 : 0;
    }
    replace(
        parentPath,
        parent,
        parent.withChildren(
            parent.createdChildren(), Math.max(parent.pzxid(), zxid), parent.childCount() - 1));
  }

  @Override
  public Znode setData(ZnodePath path, byte @Nullable [] data, int version, long zxid, long time) {
    makeRoom();
    Node old = existing(path);
    return replace(path, old, old.withData(data, version, zxid, time));
  }

  @Override
  public Znode setAcl(ZnodePath path, Acl acl, int aversion) {
    makeRoom();
    Node old = existing(path);
    return replace(path, old, old.withAcl(acl, aversion));
  }

  @Override
  public void overwriteData(ZnodePath path, byte[] data) {
    makeRoom();
    Node old = existing(path);
    replace(path, old, old.withData(data, old.version(), old.mzxid(), old.mtime()));
  }

  @Override
  public void bumpParent(ZnodePath path, int created, long pzxid) {
    makeRoom();
    Node old = existing(path);
    replace(
        path,
        old,
        old.withChildren(
            created - old.createdChildren() > 0 ? created : old.createdChildren(),
            Math.max(old.pzxid(), pzxid),
            old.childCount()));
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
    makeRoom();
    Node node =
        Node.of(data, acl, owner, czxid, ctime)
            .withData(data, version, mzxid, mtime)
            .withAcl(acl, aversion);
    if (path.isRoot()) {
      Node old = existing(path);
      replace(path, old, node.withChildren(createdChildren, pzxid, old.childCount()));
      return;
    }
    ZnodePath parentPath = State.key(path.parent());
    Node parent = existing(parentPath);
    add(path, node.withChildren(createdChildren, pzxid, 0));
    edit.child(parentPath, path, true);
    replace(
        parentPath,
        parent,
        parent.withChildren(parent.createdChildren(), parent.pzxid(), parent.childCount() + 1));
  }

  @Override
  public void putSession(long sessionId, int timeoutMs) {
    makeRoom();
    byte[] id = Keys.id(sessionId);
    if (head.sessionTimeout(id) == Layer.SessionEntry.GONE) {
      head.sessions++;
    }
    edit.session(id, timeoutMs);
  }

  @Override
  public void removeSession(long sessionId) {
    makeRoom();
    byte[] id = Keys.id(sessionId);
    if (head.sessionTimeout(id) != Layer.SessionEntry.GONE) {
      head.sessions--;
      edit.session(id, Layer.SessionEntry.GONE);
    }
  }

  @Override
  public TreeView seal(long zxid) {
    adopt();
    head.zxid = zxid;
    head.sequence = ++sequences;
    State view = head.copy();
    edit.use(head.active);
    saved = null;
    sealed.addLast(view);
    if (freezing == null && head.frozen == null && isToSettle()) {
      freezing = view;
      head.frozen = view.active;
      head.frozenSequence = view.sequence;
      head.active = new Layer();
      edit.use(head.active);
    }
    return view;
  }

  /** Whether the changes are many, or the first of them is old. */
  private boolean isToSettle() {
    long bytes = head.active.bytes;
    if (bytes == 0) {
      oldestChange = 0;
      return false;
    }
    long now = System.nanoTime();
    if (oldestChange == 0) {
      oldestChange = now | 1;
    }
    boolean toSettle =
        bytes > settings.layerBytes()
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
    published = next;
    if (freezing == next) {
      freezing = null;
      checkpoints.begin(next);
    }
    if (head.active.bytes > settings.layerBytes() && head.frozen != null && freezing == null) {
      checkpoints.await(head.lineage, head.frozenSequence);
    }
    checkpoints.throwIfFailed();
    checkpoints.published(next);
  }

  @Override
  public void rollback() {
    sealed.clear();
    saved = null;
    State f = freezing;
    if (f != null && f.sequence > published.sequence) {
      freezing = null;
    }
    setHead(published.copy());
  }

  @Override
  public void savepoint() {
    saved = head.copy();
    edit.use(head.active);
  }

  @Override
  public void undo() {
    State back = saved;
    if (back == null) {
      throw new IllegalStateException("no savepoint");
    }
    saved = null;
    setHead(back);
  }

  @Override
  public void clear() {
    State empty = new State(settings.seed(), settings.encoding());
    empty.lineage = ++lineages;
    empty.nodes = 1;
    sealed.clear();
    saved = null;
    freezing = null;
    setHead(empty);
    Node root = Node.of(new byte[0], Acl.NONE, 0, 0, 0);
    edit.node(head.hash(ZnodePath.ROOT), ZnodePath.ROOT, root);
    head.digest = digest(ZnodePath.ROOT, root);
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

  private void setHead(State state) {
    head = state;
    edit.use(head.active);
  }

  /** Takes over what was written to the file: the layers above it get smaller. */
  private void adopt() {
    Checkpoints.Done done = checkpoints.done();
    if (done == null || done.lineage() != head.lineage) {
      return;
    }
    head.base = done.base();
    if (head.frozen != null && done.sequence() >= head.frozenSequence) {
      head.frozen = null;
    }
    if (head.frozen == null && head.active.isSame(done.layer())) {
      head.active = new Layer();
      edit.use(head.active);
    }
  }

  /**
   * While a state is loaded that nobody has seen, it goes to a file of its own as it comes, so that
   * it may be larger than the heap.
   */
  private void makeRoom() {
    if (head.active.bytes > settings.layerBytes()
        && head.lineage != published.lineage
        && sealed.isEmpty()
        && saved == null
        && head.frozen == null) {
      head.base = checkpoints.flush(head);
      head.active = new Layer();
      edit.use(head.active);
    }
  }

  private Node existing(ZnodePath asked) {
    ZnodePath path = State.key(asked);
    Node node = head.node(head.hash(path), path);
    if (node == null) {
      throw new IllegalStateException("no such znode: " + path);
    }
    return node;
  }

  private void add(ZnodePath path, Node node) {
    int hash = head.hash(path);
    check(head.node(hash, path) == null, "a znode that is there already", path);
    edit.node(hash, path, node);
    head.nodes++;
    head.dataSize += path.length() + node.dataBytes();
    head.digest += digest(path, node);
    head.longPaths += Keys.isLong(path) ? 1 : 0;
    if (node.owner() != 0) {
      edit.owned(node.owner(), path, true);
      head.ephemerals += isEphemeral(node.owner()) ? 1 : 0;
    }
  }

  private Znode replace(ZnodePath asked, Node old, Node now) {
    ZnodePath path = State.key(asked);
    edit.node(head.hash(path), path, now);
    head.dataSize += now.dataBytes() - old.dataBytes();
    head.digest += digest(path, now) - digest(path, old);
    return new ViewZnode(null, path, now);
  }

  private boolean isEphemeral(long owner) {
    return EphemeralOwner.kind(owner, settings.encoding()) == EphemeralOwner.Kind.EPHEMERAL;
  }

  private long digest(ZnodePath path, Node node) {
    return settings.digests()
        ? digester.of(path.bytes(), path.length(), new ViewZnode(null, path, node))
        : 0;
  }

  private static void check(boolean ok, String problem, ZnodePath path) {
    if (!ok) {
      throw new IllegalStateException(problem + ": " + path);
    }
  }
}
