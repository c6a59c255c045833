package io.quorate.spi.storage.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quorate.api.Acl;
import io.quorate.api.EphemeralOwner;
import io.quorate.api.LoadedZnode;
import io.quorate.api.TreeReader;
import io.quorate.api.TreeStore;
import io.quorate.api.TreeView;
import io.quorate.api.Znode;
import io.quorate.api.ZnodePath;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Random operations on a store and on {@link TreeModel}. Every sealed view and every returned znode
 * is kept with what it was when it was made, and compared again after all that came later.
 */
final class TreeStoreRandom {
  private static final Acl[] ACLS = {
    Acl.OPEN,
    Acl.NONE,
    new Acl(List.of()),
    new Acl(List.of(new Acl.Entry(1, "ip", "10.0.0.1"), new Acl.Entry(31, "digest", "a:b")))
  };

  private static final String LONG_NAME = "a-rather-long-name-for-one-znode-".repeat(12);
  private static final int KEPT = 150;

  private final List<Kept> kept = new ArrayList<>();
  private final List<KeptNode> keptNodes = new ArrayList<>();
  private final ArrayDeque<Kept> sealed = new ArrayDeque<>();
  private final Random random;
  private final TreeStore store;
  private final Consumer<TreeStore> settle;
  private final TreeReader reader;
  private final int names;
  private TreeModel model;
  private Kept published;
  private @Nullable TreeModel saved;
  private long zxid;

  /** A view and what it showed. */
  private static final class Kept {
    final TreeView view;
    final TreeModel model;

    Kept(TreeView view, TreeModel model) {
      this.view = view;
      this.model = model;
    }
  }

  /** A returned znode and what it showed. */
  private static final class KeptNode {
    final Znode znode;
    final TreeModel.Node node;
    final ZnodePath path;
    final int children;

    KeptNode(Znode znode, TreeModel.Node node, ZnodePath path, int children) {
      this.znode = znode;
      this.node = node;
      this.path = path;
      this.children = children;
    }
  }

  /**
   * An empty store is expected.
   *
   * @param settle is called now and then, for stores that move their state about
   */
  TreeStoreRandom(
      long seed, TreeStore store, EphemeralOwner.Encoding encoding, Consumer<TreeStore> settle) {
    this.random = new Random(seed);
    this.store = store;
    this.settle = settle;
    this.reader = store.reader();
    this.names = seed % 2 == 0 ? 6 : 200; // deep and crowded, or wide
    this.model = new TreeModel(encoding);
    this.published = new Kept(reader.latest(), model.copy());
  }

  /** What the store holds now. */
  TreeModel model() {
    return model;
  }

  /** What readers see. */
  TreeModel published() {
    return published.model;
  }

  /** Does this many random things, and compares on the way and at the end. */
  void run(int steps) {
    for (int i = 0; i < steps; i++) {
      step();
      if (i % 100 == 0) {
        model.assertSame(store.head(), false);
        published.model.assertSame(reader.latest(), false);
      }
    }
    model.assertSame(store.head(), false);
    checkKept();
  }

  /** Everything that was fixed is as it was. */
  void checkKept() {
    for (Kept k : kept) {
      k.model.assertSame(k.view, true);
    }
    for (KeptNode k : keptNodes) {
      TreeModel.assertSame(k.node, k.znode, k.path, k.children);
    }
  }

  private void step() {
    int dice = random.nextInt(100);
    if (dice < 35) {
      create();
    } else if (dice < 50) {
      delete();
    } else if (dice < 62) {
      setData();
    } else if (dice < 68) {
      setAcl();
    } else if (dice < 71) {
      bump();
    } else if (dice < 78) {
      session();
    } else {
      version(dice);
    }
  }

  private void version(int dice) {
    if (dice < 88) {
      TreeView view = store.seal(zxid);
      model.zxid = zxid;
      saved = null;
      Kept k = new Kept(view, model.copy());
      keep(kept, k);
      sealed.addLast(k);
    } else if (dice < 93) {
      if (!sealed.isEmpty()) {
        published = sealed.removeFirst();
        store.publish(published.view);
      }
    } else if (dice < 95) {
      store.savepoint();
      saved = model.copy();
    } else if (dice < 98) {
      if (saved != null) {
        store.undo();
        model = saved;
        saved = null;
      }
    } else if (dice < 99) {
      settle.accept(store);
    } else {
      store.rollback();
      model = published.model.copy();
      sealed.clear();
      saved = null;
    }
  }

  /** Some of all, so that many steps do not take much longer than few. */
  private <T> void keep(List<T> list, T item) {
    if (list.size() < KEPT) {
      list.add(item);
    } else {
      list.set(random.nextInt(KEPT), item);
    }
  }

  private ZnodePath any() {
    ZnodePath path = new ArrayList<>(model.nodes.keySet()).get(random.nextInt(model.nodes.size()));
    return path.isRoot() && random.nextBoolean() ? ZnodePath.ROOT : path;
  }

  private byte @Nullable [] data() {
    switch (random.nextInt(40)) {
      case 0:
        return TreeModel.bytes(10_000, random.nextInt());
      case 1:
      case 2:
      case 3:
      case 4:
        return null;
      case 5:
      case 6:
      case 7:
        return new byte[0];
      default:
        return TreeModel.bytes(random.nextInt(40), random.nextInt());
    }
  }

  private long owner() {
    switch (random.nextInt(8)) {
      case 0:
        return EphemeralOwner.CONTAINER;
      case 1:
        return model.encoding == EphemeralOwner.Encoding.PLAIN
            ? -5
            : EphemeralOwner.ofTtl(1 + random.nextInt(1000), model.encoding);
      case 2:
      case 3:
      case 4:
        return 0x100 + random.nextInt(4);
      default:
        return 0;
    }
  }

  private void create() {
    ZnodePath parent = any();
    ZnodePath path =
        parent.child(
            random.nextInt(25) == 0 ? LONG_NAME + random.nextInt(3) : "n" + random.nextInt(names));
    if (model.nodes.containsKey(path)) {
      return;
    }
    zxid++;
    byte[] data = data();
    Acl acl = ACLS[random.nextInt(ACLS.length)];
    long owner = owner();
    int created = model.get(parent).created() + random.nextInt(4) - 1;
    Znode z = store.create(path, data, acl, owner, zxid, zxid * 7, created);
    model.create(path, data, acl, owner, zxid, zxid * 7, created);
    keep(z, path);
  }

  private void keep(Znode znode, ZnodePath path) {
    keep(keptNodes, new KeptNode(znode, model.get(path), path, model.children(path).size()));
  }

  private void delete() {
    ZnodePath path = any();
    if (!path.isRoot() && model.children(path).isEmpty()) {
      zxid++;
      store.delete(path, zxid);
      model.delete(path, zxid);
    }
  }

  private void setData() {
    ZnodePath path = any();
    byte[] data = data();
    TreeModel.Node old = model.get(path);
    if (random.nextInt(4) == 0) {
      byte[] over = data == null ? new byte[0] : data;
      store.overwriteData(path, over);
      model.put(path, old.data(over, old.version(), old.mzxid(), old.mtime()));
      return;
    }
    zxid++;
    Znode z = store.setData(path, data, old.version() + 1, zxid, zxid * 7);
    model.put(path, old.data(data, old.version() + 1, zxid, zxid * 7));
    keep(z, path);
  }

  private void setAcl() {
    ZnodePath path = any();
    TreeModel.Node old = model.get(path);
    Acl acl = ACLS[random.nextInt(ACLS.length)];
    int version = old.aversion() == 3 ? 0 : old.aversion() + 1; // 0 may be stored in another way
    zxid++;
    Znode z = store.setAcl(path, acl, version);
    model.put(path, old.acl(acl, version));
    keep(z, path);
  }

  private void bump() {
    ZnodePath path = any();
    TreeModel.Node old = model.get(path);
    int created = old.created() + random.nextInt(5) - 2;
    long pzxid = old.pzxid() + random.nextInt(5) - 2;
    store.bumpParent(path, created, pzxid);
    model.put(path, old.children(Math.max(created, old.created()), Math.max(pzxid, old.pzxid())));
  }

  private void session() {
    long id = 0x100 + random.nextInt(6);
    if (random.nextInt(3) == 0) {
      store.removeSession(id);
      model.sessions.remove(id);
    } else {
      int timeout = 1000 + random.nextInt(3);
      store.putSession(id, timeout);
      model.sessions.put(id, timeout);
    }
  }

  /** Gives the whole of a model to an empty store, as a snapshot does. */
  static void load(TreeModel from, TreeStore into) {
    from.nodes.forEach(
        (path, n) ->
            into.load(
                new LoadedZnode(
                    path,
                    n.data(),
                    n.acl(),
                    n.czxid(),
                    n.mzxid(),
                    n.pzxid(),
                    n.ctime(),
                    n.mtime(),
                    n.version(),
                    n.created(),
                    n.aversion(),
                    n.owner())));
    from.sessions.forEach(into::putSession);
    assertEquals(from.digest(), into.head().digest());
  }
}
