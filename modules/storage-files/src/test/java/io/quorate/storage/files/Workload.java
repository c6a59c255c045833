package io.quorate.storage.files;

import io.quorate.api.Acl;
import io.quorate.api.EphemeralOwner;
import io.quorate.api.OpCode;
import io.quorate.api.TreeStore;
import io.quorate.api.Txn;
import io.quorate.api.TxnHeader;
import io.quorate.api.TxnRecord;
import io.quorate.api.Znode;
import io.quorate.api.ZnodePath;
import io.quorate.api.Zxid;
import io.quorate.tree.ChangeListener;
import io.quorate.tree.HeapTreeStore;
import io.quorate.tree.Tree;
import io.quorate.tree.TreeRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Random transactions of every kind, each applied to a tree as a leader would have decided it. */
final class Workload {
  static final TreeRules RULES = new TreeRules(EphemeralOwner.Encoding.EXTENDED, true, false);

  private static final List<Acl> ACLS =
      List.of(
          Acl.OPEN,
          new Acl(List.of(new Acl.Entry(Acl.READ, "world", "anyone"))),
          new Acl(
              List.of(
                  new Acl.Entry(Acl.ALL, "digest", "bob:hash"),
                  new Acl.Entry(Acl.READ | Acl.WRITE, "ip", "10.0.0.0/8"))));

  final TreeStore store = newStore();
  private final Tree tree = new Tree(store, RULES);
  private final Random random;
  private final List<ZnodePath> paths = new ArrayList<>(List.of(ZnodePath.ROOT));
  private final List<Long> sessions = new ArrayList<>();
  long zxid;

  Workload(long seed) {
    random = new Random(seed);
    tree.initialise();
    store.publish(store.seal(0));
  }

  static TreeStore newStore() {
    return new HeapTreeStore(1, EphemeralOwner.Encoding.EXTENDED, true);
  }

  /** The next transaction, already applied, with the digest after it. */
  TxnRecord next() {
    zxid = random.nextInt(60) == 0 ? Zxid.of(Zxid.epoch(zxid) + 1, 1) : zxid + 1;
    Part part = part();
    long session = part.session;
    if (session == 0 && !sessions.isEmpty()) {
      session = any(sessions);
    }
    TxnHeader header = new TxnHeader(session, random.nextInt(), zxid, 1_000 + zxid, part.type);
    tree.apply(header, part.txn, ChangeListener.NONE);
    paths.removeIf(path -> store.head().find(path) == null);
    store.publish(store.seal(zxid));
    return new TxnRecord(header, part.txn, true, store.head().digest());
  }

  private record Part(int type, Txn txn, long session) {}

  private Part part() {
    int kind = random.nextInt(100);
    if (sessions.isEmpty() || kind < 4) {
      sessions.add(random.nextLong() >>> 8);
      return new Part(
          OpCode.CREATE_SESSION,
          new Txn.CreateSession(4000 + random.nextInt(9)),
          sessions.getLast());
    }
    if (kind < 6) {
      long session = any(sessions);
      sessions.remove(session);
      List<ZnodePath> owned = new ArrayList<>();
      store.head().ephemerals(session, owned::add);
      return new Part(OpCode.CLOSE_SESSION, new Txn.CloseSession(owned), session);
    }
    if (kind < 10) {
      return new Part(OpCode.ERROR, new Txn.Error(-101), 0);
    }
    if (kind < 18) {
      return multi();
    }
    return single(random.nextInt(100));
  }

  /** Changes of znodes that are there, so that they do not depend on one another. */
  private Part multi() {
    List<Txn.Part> parts = new ArrayList<>();
    boolean fails = random.nextInt(4) == 0;
    List<ZnodePath> used = new ArrayList<>();
    for (int i = random.nextInt(4); i >= 0; i--) {
      ZnodePath path = any(paths);
      if (used.contains(path)) {
        continue;
      }
      used.add(path);
      int version = node(path).version();
      parts.add(
          random.nextBoolean()
              ? new Txn.Part(OpCode.CHECK, new Txn.Check(path, version + 1))
              : new Txn.Part(OpCode.SET_DATA, new Txn.SetData(path, data(), version + 1)));
    }
    if (fails) {
      parts.add(new Txn.Part(OpCode.ERROR, new Txn.Error(-103)));
    }
    return new Part(OpCode.MULTI, new Txn.Multi(parts), 0);
  }

  private Part single(int kind) {
    ZnodePath path = any(paths);
    Znode node = node(path);
    if (kind < 50) {
      return create(kind, path, node);
    }
    if (kind < 70 && !path.isRoot() && node.childCount() == 0) {
      boolean container = node.ephemeralOwner() == EphemeralOwner.CONTAINER;
      return new Part(container ? OpCode.DELETE_CONTAINER : OpCode.DELETE, new Txn.Delete(path), 0);
    }
    if (kind < 90) {
      return new Part(OpCode.SET_DATA, new Txn.SetData(path, data(), node.version() + 1), 0);
    }
    return new Part(OpCode.SET_ACL, new Txn.SetAcl(path, any(ACLS), node.aversion() + 1), 0);
  }

  private Part create(int kind, ZnodePath at, Znode there) {
    boolean ephemeralParent =
        EphemeralOwner.kind(there.ephemeralOwner(), EphemeralOwner.Encoding.EXTENDED)
            == EphemeralOwner.Kind.EPHEMERAL;
    ZnodePath parent = ephemeralParent ? ZnodePath.ROOT : at;
    int created = node(parent).createdChildren() + 1;
    ZnodePath path = parent.child("n" + Long.toHexString(zxid) + (kind == 0 ? "ä€" : ""));
    paths.add(path);
    Acl acl = any(ACLS);
    if (kind < 5) {
      return new Part(
          OpCode.CREATE_CONTAINER, new Txn.CreateContainer(path, data(), acl, created), 0);
    }
    if (kind < 10) {
      return new Part(
          OpCode.CREATE_TTL, new Txn.CreateTtl(path, data(), acl, created, 5000 + kind), 0);
    }
    return new Part(
        kind < 30 ? OpCode.CREATE : OpCode.CREATE2,
        new Txn.Create(path, data(), acl, kind % 3 == 0, created),
        0);
  }

  private byte @Nullable [] data() {
    int kind = random.nextInt(20);
    if (kind == 0) {
      return null;
    }
    byte[] data = new byte[kind == 1 ? 0 : kind == 2 ? 5000 : random.nextInt(100)];
    random.nextBytes(data);
    return data;
  }

  private Znode node(ZnodePath path) {
    Znode node = store.head().find(path);
    if (node == null) {
      throw new AssertionError(path + " is gone");
    }
    return node;
  }

  private <T> T any(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
