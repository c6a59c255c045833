package io.quorate.tree;

import io.quorate.api.Acl;
import io.quorate.api.EphemeralOwner;
import io.quorate.api.LoadedZnode;
import io.quorate.api.OpCode;
import io.quorate.api.Request;
import io.quorate.api.TreeStore;
import io.quorate.api.Txn;
import io.quorate.api.TxnHeader;
import io.quorate.api.Znode;
import io.quorate.api.ZnodePath;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rules of znodes over a store's head. {@link #prepare} says what a request would do, {@link
 * #apply} does it. A leader applies what it prepares at once, so the next request is validated
 * against it; what readers see moves only when the store publishes.
 */
public final class Tree {
  private final TreeStore store;
  private final Preparer preparer;
  private final Quotas quotas;
  private final TreeRules rules;
  private boolean replaying;

  /** Over a store that may hold a state already. */
  public Tree(TreeStore store, TreeRules rules) {
    this.store = store;
    this.rules = rules;
    this.quotas = new Quotas(store);
    this.preparer = new Preparer(store, rules, quotas);
  }

  /** Puts in the system znodes if they are missing and counts quotas anew. */
  public void initialise() {
    system(SystemPaths.SYSTEM, Acl.NONE, 0);
    system(SystemPaths.QUOTA, Acl.NONE, 0);
    system(SystemPaths.CONFIG, new Acl(List.of(new Acl.Entry(Acl.READ, "world", "anyone"))), -1);
    quotas.rebuild();
  }

  private void system(ZnodePath path, Acl acl, int aversion) {
    if (store.head().find(path) == null) {
      store.load(new LoadedZnode(path, new byte[0], acl, 0, 0, 0, 0, 0, 0, 0, aversion, 0));
    }
  }

  /**
   * While on, transactions may be ones that the state already contains, as after a fuzzy snapshot:
   * creates of what exists and changes of what is gone are skipped (NODE-24).
   */
  public void replaying(boolean on) {
    replaying = on;
  }

  /** After the store went back to an earlier head: finds the quotas anew. */
  public void headChanged() {
    quotas.forgetAndFind();
  }

  /** What quotas refused since the start. */
  public QuotaRefusals quotaRefusals() {
    return quotas.refusals();
  }

  /** Whether quotas exist, so that {@link #headChanged} is needed after an undo. */
  public boolean hasQuotas() {
    return !quotas.isEmpty();
  }

  /**
   * What this request would do to the head: a transaction, or {@link Txn.Error}. Changes nothing.
   * Not for multi.
   */
  public Txn prepare(Request.Write request, Access access) {
    return preparer.prepare(request, access);
  }

  /** The ephemerals of a session on the head, in order, for its closing transaction. */
  public List<ZnodePath> ephemerals(long sessionId) {
    List<ZnodePath> paths = new ArrayList<>();
    store.head().ephemerals(sessionId, paths::add);
    paths.sort(null);
    return paths;
  }

  /**
   * Changes the head as the transaction says.
   *
   * @return the znode that a create, setData or setACL made; null for all else
   * @throws IllegalStateException if it can not be applied and {@link #replaying} is off: a bug
   */
  public @Nullable Znode apply(TxnHeader header, Txn txn, ChangeListener changes) {
    return switch (txn) {
      case Txn.Create t ->
          create(
              header,
              t.path(),
              t.data(),
              t.acl(),
              t.ephemeral() ? header.sessionId() : 0,
              t.parentCreated(),
              changes);
      case Txn.CreateTtl t ->
          create(
              header,
              t.path(),
              t.data(),
              t.acl(),
              EphemeralOwner.ofTtl(t.ttlMs(), rules.encoding()),
              t.parentCreated(),
              changes);
      case Txn.CreateContainer t ->
          create(
              header,
              t.path(),
              t.data(),
              t.acl(),
              EphemeralOwner.CONTAINER,
              t.parentCreated(),
              changes);
      case Txn.Delete t -> {
        delete(header, t.path(), changes);
        yield null;
      }
      case Txn.SetData t -> setData(header, t, changes);
      case Txn.SetAcl t ->
          replaying && store.head().find(t.path()) == null
              ? null
              : store.setAcl(t.path(), t.acl(), t.version());
      case Txn.CreateSession t -> {
        store.putSession(header.sessionId(), t.timeoutMs());
        yield null;
      }
      case Txn.CloseSession t -> {
        closeSession(header, t.paths(), changes);
        yield null;
      }
      case Txn.Multi t -> {
        multi(header, t, changes);
        yield null;
      }
      case Txn.Check t -> null;
      case Txn.Error t -> null;
    };
  }

  private void multi(TxnHeader header, Txn.Multi multi, ChangeListener changes) {
    if (!multi.failed()) {
      for (Txn.Part part : multi.parts()) {
        TxnHeader h =
            new TxnHeader(
                header.sessionId(), header.cxid(), header.zxid(), header.time(), part.type());
        apply(h, part.txn(), changes);
      }
    }
  }

  private @Nullable Znode create(
      TxnHeader header,
      ZnodePath path,
      byte @Nullable [] data,
      Acl acl,
      long owner,
      int parentCreated,
      ChangeListener changes) {
    ZnodePath parentPath = path.parent();
    Znode parent = store.head().find(parentPath);
    if (parent == null) {
      if (replaying) {
        return null; // the parent's later deletion is in the state already
      }
      throw new IllegalStateException("create below a missing znode: " + path);
    }
    int created = parentCreated == -1 ? parent.createdChildren() + 1 : parentCreated;
    Znode present = replaying ? store.head().find(path) : null;
    if (present != null) {
      store.bumpParent(parentPath, created, header.zxid());
      if (present.czxid() == header.zxid() && present.aversion() == 0) {
        store.setAcl(path, acl, 0); // a fuzzy snapshot can lack the list that the znode refers to
      }
      return null;
    }
    Acl parentAcl = parent.acl();
    Znode znode = store.create(path, data, acl, owner, header.zxid(), header.time(), created);
    quotas.created(path, data == null ? 0 : data.length);
    changes.created(path, acl, parentAcl);
    return znode;
  }

  private void delete(TxnHeader header, ZnodePath path, ChangeListener changes) {
    ZnodePath parentPath = path.parent();
    Znode znode = store.head().find(path);
    Znode parent = store.head().find(parentPath);
    if (znode == null || parent == null) {
      if (!replaying) {
        throw new IllegalStateException("delete of a missing znode: " + path);
      }
      if (parent != null) { // the state may have lost the child and not its parent's mark of that
        store.bumpParent(parentPath, parent.createdChildren(), header.zxid());
      }
      return;
    }
    if (replaying && znode.childCount() > 0) {
      deleteBelow(header, path, znode);
    }
    Acl acl = znode.acl();
    Acl parentAcl = parent.acl();
    int bytes = Math.max(0, znode.dataLength());
    store.delete(path, header.zxid());
    quotas.deleted(path, bytes);
    changes.deleted(path, acl, parentAcl);
  }

  /**
   * Deletes what a fuzzy state has below a znode that the log deletes: nothing was there then, so
   * all of it was made later, and the log makes it again.
   */
  private void deleteBelow(TxnHeader header, ZnodePath top, Znode znode) {
    ArrayDeque<ZnodePath> open = new ArrayDeque<>(); // not recursive: trees may be very deep
    List<ZnodePath> found = new ArrayList<>();
    addChildren(top, znode, open);
    for (ZnodePath at = open.poll(); at != null; at = open.poll()) {
      found.add(at);
      Znode child = store.head().find(at);
      if (child != null) {
        addChildren(at, child, open);
      }
    }
    for (int i = found.size() - 1; i >= 0; i--) { // found from the top down
      delete(header, found.get(i), ChangeListener.NONE);
    }
  }

  private static void addChildren(ZnodePath path, Znode znode, ArrayDeque<ZnodePath> to) {
    znode
        .children()
        .forEach((name, offset, length, child) -> to.add(path.child(name, offset, length)));
  }

  private @Nullable Znode setData(TxnHeader header, Txn.SetData txn, ChangeListener changes) {
    Znode old = store.head().find(txn.path());
    if (old == null) {
      if (replaying) {
        return null;
      }
      throw new IllegalStateException("setData of a missing znode: " + txn.path());
    }
    int before = Math.max(0, old.dataLength());
    byte[] data = txn.data();
    Znode now = store.setData(txn.path(), data, txn.version(), header.zxid(), header.time());
    quotas.changed(txn.path(), (data == null ? 0 : data.length) - before, 0);
    changes.dataChanged(txn.path(), now.acl());
    return now;
  }

  private void closeSession(
      TxnHeader header, @Nullable List<ZnodePath> paths, ChangeListener changes) {
    List<ZnodePath> gone = paths == null ? ephemerals(header.sessionId()) : paths;
    for (ZnodePath path : gone) {
      delete(header, path, changes);
    }
    store.removeSession(header.sessionId());
  }

  /** The operation that a request's transaction has in the log. */
  public static int typeOf(Request.Write request, Txn txn) {
    return txn instanceof Txn.Error ? OpCode.ERROR : request.op();
  }
}
