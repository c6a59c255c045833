package io.quorate.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.quorate.api.Acl;
import io.quorate.api.EphemeralOwner;
import io.quorate.api.TreeReader;
import io.quorate.api.TreeView;
import io.quorate.api.Znode;
import io.quorate.api.ZnodePath;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random operations against {@link Model}. Every sealed view and every returned znode is kept with
 * what it was when it was made, and compared again after all that came later (T1, T2, E1).
 */
class HeapTreeStoreModelTest {
  private static final Acl[] ACLS = {
    Acl.OPEN,
    Acl.NONE,
    new Acl(List.of()),
    new Acl(List.of(new Acl.Entry(1, "ip", "10.0.0.1"), new Acl.Entry(31, "digest", "a:b")))
  };

  private final List<Kept> kept = new ArrayList<>();
  private final List<KeptNode> keptNodes = new ArrayList<>();
  private final ArrayDeque<Kept> sealed = new ArrayDeque<>();
  private HeapTreeStore store;
  private TreeReader reader;
  private Model model;
  private Kept published;
  private @Nullable Model saved;
  private Random random;
  private long zxid;

  /** A view and what it showed. */
  private record Kept(TreeView view, Model model) {}

  /** A returned znode and what it showed. */
  private record KeptNode(Znode znode, Model.Node node, ZnodePath path, int children) {}

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void behavesAsPlainMaps(long seed) {
    random = new Random(seed);
    store = new HeapTreeStore(random.nextInt(), Model.ENCODING, true);
    reader = store.reader();
    model = new Model();
    published = new Kept(reader.latest(), model.copy());
    int names = seed % 2 == 0 ? 6 : 200; // deep and crowded, or wide
    for (int i = 0; i < 1500; i++) {
      step(names);
      if (i % 100 == 0) {
        model.assertSame(store.head(), false);
        assertSame(published.view, reader.latest());
      }
    }
    model.assertSame(store.head(), false);
    for (Kept k : kept) {
      k.model.assertSame(k.view, true);
    }
    for (KeptNode k : keptNodes) {
      Model.assertSame(k.node, k.znode, k.path, k.children);
    }
  }

  private void step(int names) {
    int dice = random.nextInt(100);
    if (dice < 35) {
      create(names);
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
      store.head();
      TreeView view = store.seal(zxid);
      model.zxid = zxid;
      saved = null;
      Kept k = new Kept(view, model.copy());
      kept.add(k);
      sealed.addLast(k);
    } else if (dice < 93) {
      if (!sealed.isEmpty()) {
        published = sealed.removeFirst();
        store.publish(published.view);
      }
    } else if (dice < 96) {
      store.savepoint();
      saved = model.copy();
    } else if (dice < 99) {
      if (saved != null) {
        store.undo();
        model = saved;
        saved = null;
      }
    } else {
      store.rollback();
      model = published.model.copy();
      sealed.clear();
      saved = null;
    }
  }

  private ZnodePath any() {
    ZnodePath path = new ArrayList<>(model.nodes.keySet()).get(random.nextInt(model.nodes.size()));
    return path.isRoot() && random.nextBoolean() ? ZnodePath.ROOT : path;
  }

  private byte @Nullable [] data() {
    return switch (random.nextInt(5)) {
      case 0 -> null;
      case 1 -> new byte[0];
      default -> Model.bytes(random.nextInt(40), random.nextInt());
    };
  }

  private long owner() {
    return switch (random.nextInt(8)) {
      case 0 -> EphemeralOwner.CONTAINER;
      case 1 -> EphemeralOwner.ofTtl(1 + random.nextInt(1000), Model.ENCODING);
      case 2, 3, 4 -> 0x100 + random.nextInt(4);
      default -> 0;
    };
  }

  private void create(int names) {
    ZnodePath parent = any();
    ZnodePath path = parent.child("n" + random.nextInt(names));
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
    keptNodes.add(new KeptNode(znode, model.get(path), path, model.children(path).size()));
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
    Model.Node old = model.get(path);
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
    Model.Node old = model.get(path);
    Acl acl = ACLS[random.nextInt(ACLS.length)];
    int version = old.aversion() == 3 ? 0 : old.aversion() + 1; // 0 is stored in another way
    zxid++;
    Znode z = store.setAcl(path, acl, version);
    model.put(path, old.acl(acl, version));
    keep(z, path);
  }

  private void bump() {
    ZnodePath path = any();
    Model.Node old = model.get(path);
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

  /** The whole of a state, given to another store as a snapshot does, is the same state. */
  @ParameterizedTest
  @ValueSource(longs = {31, 32, 33})
  void loadsWhatItHolds(long seed) {
    behavesAsPlainMaps(seed);
    HeapTreeStore other = new HeapTreeStore(random.nextInt(), Model.ENCODING, true);
    for (Map.Entry<ZnodePath, Model.Node> e : model.nodes.entrySet()) {
      Model.Node n = e.getValue();
      other.load(
          e.getKey(),
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
          n.owner());
    }
    model.sessions.forEach(other::putSession);
    model.assertSame(other.head(), false);
    assertEquals(store.head().digest(), other.head().digest());
    store.clear();
    new Model().assertSame(store.head(), false);
    assertSame(published.view, reader.latest());
  }
}
