package io.quorate.storage.lmdb;

import io.quorate.api.Acl;
import io.quorate.api.EphemeralOwner;
import io.quorate.api.LoadedZnode;
import io.quorate.api.NodeDigest;
import io.quorate.api.Znode;
import io.quorate.api.ZnodePath;
import org.jspecify.annotations.Nullable;

/**
 * The state that the owner of a store changes, znode by znode; its methods are those of {@link
 * io.quorate.api.TreeStore} that change something. One thread.
 */
final class Head {
  private final TreeSettings settings;
  private final NodeDigest digester = new NodeDigest();
  private final Recent recent = new Recent();
  private final LayerEditor edit;
  private State state;

  /** Nothing, not even a root. */
  Head(TreeSettings settings) {
    this.settings = settings;
    this.state = new State(settings.seed(), settings.encoding());
    this.edit = new LayerEditor(settings.seed(), state.active);
  }

  State state() {
    return state;
  }

  /** Goes on from another state, which is the head's own from here on. */
  void set(State other) {
    state = other;
    recent.clear();
    state.recent = recent;
    edit.use(state.active);
  }

  /** A copy of the state as it is; it stays so. */
  State copy() {
    State copy = state.copy();
    edit.use(state.active);
    return copy;
  }

  /** Begins an empty layer of changes; the one before has become another's. */
  void beginLayer() {
    state.active = new Layer();
    edit.use(state.active);
  }

  /** Makes the root of a state that has nothing. */
  void makeRoot() {
    state.nodes = 1;
    Node root = Node.of(new byte[0], Acl.NONE, 0, 0, 0);
    put(state.hash(ZnodePath.ROOT), ZnodePath.ROOT, root);
    state.digest = digest(ZnodePath.ROOT, root);
  }

  Znode create(
      ZnodePath path,
      byte @Nullable [] data,
      Acl acl,
      long owner,
      long zxid,
      long time,
      int parentCreated) {
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
    edit.made();
    replaceParent(parentPath, parent, parentNow, path, true);
    return new ViewZnode(null, path, node);
  }

  void delete(ZnodePath path, long zxid) {
    Node gone = existing(path);
    check(gone.childCount() == 0 && !path.isRoot(), "delete of a znode with children", path);
    ZnodePath parentPath = State.key(path.parent());
    Node parent = existing(parentPath);
    put(state.hash(path), path, null);
    state.nodes--;
    state.dataSize -= path.length() + gone.dataBytes();
    state.digest -= digest(path, gone);
    state.longPaths -= Keys.isLong(path) ? 1 : 0;
    if (gone.owner() != 0) {
      edit.owned(gone.owner(), path, false);
      state.ephemerals -= isEphemeral(gone.owner()) ? 1 : 0;
    }
    replaceParent(
        parentPath,
        parent,
        parent.withChildren(
            parent.createdChildren(), Math.max(parent.pzxid(), zxid), parent.childCount() - 1),
        path,
        false);
  }

  Znode setData(ZnodePath path, byte @Nullable [] data, int version, long zxid, long time) {
    Node old = existing(path);
    return replace(path, old, old.withData(data, version, zxid, time));
  }

  Znode setAcl(ZnodePath path, Acl acl, int aversion) {
    Node old = existing(path);
    return replace(path, old, old.withAcl(acl, aversion));
  }

  void overwriteData(ZnodePath path, byte[] data) {
    Node old = existing(path);
    replace(path, old, old.withData(data, old.version(), old.mzxid(), old.mtime()));
  }

  void bumpParent(ZnodePath path, int created, long pzxid) {
    Node old = existing(path);
    replace(
        path,
        old,
        old.withChildren(
            created - old.createdChildren() > 0 ? created : old.createdChildren(),
            Math.max(old.pzxid(), pzxid),
            old.childCount()));
  }

  void load(LoadedZnode loaded) {
    ZnodePath path = loaded.path();
    if (path.isRoot()) {
      Node old = existing(path);
      replace(path, old, Node.of(loaded, old.childCount()));
      return;
    }
    ZnodePath parentPath = State.key(path.parent());
    Node parent = existing(parentPath);
    add(path, Node.of(loaded, 0));
    replaceParent(
        parentPath,
        parent,
        parent.withChildren(parent.createdChildren(), parent.pzxid(), parent.childCount() + 1),
        path,
        true);
  }

  void putSession(long sessionId, int timeoutMs) {
    byte[] id = Keys.id(sessionId);
    if (state.sessionTimeout(id) == Layer.SessionEntry.GONE) {
      state.sessions++;
    }
    edit.session(id, timeoutMs);
  }

  void removeSession(long sessionId) {
    byte[] id = Keys.id(sessionId);
    if (state.sessionTimeout(id) != Layer.SessionEntry.GONE) {
      state.sessions--;
      edit.session(id, Layer.SessionEntry.GONE);
    }
  }

  private void put(int hash, ZnodePath path, @Nullable Node node) {
    edit.node(hash, path, node);
    recent.put(hash, path, node);
  }

  private Node existing(ZnodePath asked) {
    ZnodePath path = State.key(asked);
    Node node = state.node(state.hash(path), path);
    if (node == null) {
      throw new IllegalStateException("no such znode: " + path);
    }
    return node;
  }

  private void add(ZnodePath path, Node node) {
    int hash = state.hash(path);
    check(state.node(hash, path) == null, "a znode that is there already", path);
    put(hash, path, node);
    state.nodes++;
    state.dataSize += path.length() + node.dataBytes();
    state.digest += digest(path, node);
    state.longPaths += Keys.isLong(path) ? 1 : 0;
    if (node.owner() != 0) {
      edit.owned(node.owner(), path, true);
      state.ephemerals += isEphemeral(node.owner()) ? 1 : 0;
    }
  }

  private Znode replace(ZnodePath asked, Node old, Node now) {
    ZnodePath path = State.key(asked);
    put(state.hash(path), path, now);
    state.dataSize += now.dataBytes() - old.dataBytes();
    state.digest += digest(path, now) - digest(path, old);
    return new ViewZnode(null, path, now);
  }

  /** The znode's data is the same, and what the znode's key is, is its path. */
  private void replaceParent(ZnodePath path, Node old, Node now, ZnodePath child, boolean present) {
    int hash = state.hash(path);
    edit.parent(hash, path, now, child, present);
    recent.putParent(hash, path, now);
    state.digest += digest(path, now) - digest(path, old);
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
