package io.quorate.tree;

import io.quorate.api.Acl;
import io.quorate.api.EphemeralOwner;
import io.quorate.api.ErrorCode;
import io.quorate.api.OpCode;
import io.quorate.api.Request;
import io.quorate.api.TreeStore;
import io.quorate.api.Txn;
import io.quorate.api.Znode;
import io.quorate.api.ZnodePath;

/**
 * Validates one write against the head, in the order of checks that ZooKeeper has (reference
 * section 1.7), and says what it would do.
 */
final class Preparer {
  private static final int EPHEMERAL = 1;
  private static final int SEQUENTIAL = 2;
  private static final int CONTAINER = 4;
  private static final int TTL = 5;
  private static final int TTL_SEQUENTIAL = 6;

  private final TreeStore store;
  private final TreeRules rules;
  private final Quotas quotas;

  Preparer(TreeStore store, TreeRules rules, Quotas quotas) {
    this.store = store;
    this.rules = rules;
    this.quotas = quotas;
  }

  Txn prepare(Request.Write request, Access access) {
    return switch (request) {
      case Request.Create r -> create(r, access);
      case Request.Delete r -> delete(r, access);
      case Request.SetData r -> setData(r, access);
      case Request.SetAcl r -> setAcl(r, access);
      case Request.Check r -> check(r, access);
      case Request.DeleteContainer r -> deleteContainer(r);
      case Request.Undecodable r -> error(ErrorCode.MARSHALLING_ERROR);
      case Request.Multi r -> throw new IllegalStateException("multi is prepared by its parts");
      case Request.Reconfig r -> throw new IllegalStateException("reconfig is not a tree's matter");
      case Request.CloseSession r -> new Txn.CloseSession(closing(access.sessionId()));
    };
  }

  private java.util.List<ZnodePath> closing(long sessionId) {
    java.util.List<ZnodePath> paths = new java.util.ArrayList<>();
    store.head().ephemerals(sessionId, paths::add);
    paths.sort(null);
    return paths;
  }

  private Txn create(Request.Create r, Access access) {
    int flags = r.flags();
    if (r.op() == OpCode.CREATE_TTL) {
      if (!rules.ttlNodes()) {
        return error(ErrorCode.UNIMPLEMENTED);
      }
      if (flags != TTL && flags != TTL_SEQUENTIAL) {
        return error(ErrorCode.BAD_ARGUMENTS);
      }
      if (r.ttlMs() <= 0 || r.ttlMs() > EphemeralOwner.MAX_TTL_MS) {
        return error(ErrorCode.BAD_ARGUMENTS);
      }
    } else if (r.op() == OpCode.CREATE_CONTAINER ? flags != CONTAINER : flags < 0 || flags > 3) {
      return error(ErrorCode.BAD_ARGUMENTS);
    }
    ZnodePath asked = r.path();
    if (!asked.hasParent() || asked.hasNul()) {
      return error(ErrorCode.BAD_ARGUMENTS);
    }
    Acl acl = access.resolve(r.acl());
    if (acl == null) {
      return error(ErrorCode.INVALID_ACL);
    }
    Znode parent = store.head().find(asked.parent());
    if (parent == null) {
      return error(ErrorCode.NO_NODE);
    }
    if (!access.permits(parent, Acl.CREATE)) {
      return error(ErrorCode.NO_AUTH);
    }
    boolean sequential =
        flags == SEQUENTIAL || flags == (SEQUENTIAL | EPHEMERAL) || flags == TTL_SEQUENTIAL;
    int sequence = parent.createdChildren();
    ZnodePath path = sequential ? asked.append(sequenceSuffix(sequence)) : asked;
    if (!path.isValid()) {
      return error(ErrorCode.BAD_ARGUMENTS);
    }
    if (store.head().find(path) != null) {
      return error(ErrorCode.NODE_EXISTS);
    }
    if (EphemeralOwner.kind(parent.ephemeralOwner(), rules.encoding())
        == EphemeralOwner.Kind.EPHEMERAL) {
      return error(ErrorCode.NO_CHILDREN_FOR_EPHEMERALS);
    }
    byte[] data = r.data();
    if (rules.enforceQuota() && quotas.refuses(path, data == null ? 0 : data.length, 1)) {
      return error(ErrorCode.QUOTA_EXCEEDED);
    }
    return switch (r.op()) {
      case OpCode.CREATE_TTL -> new Txn.CreateTtl(path, data, acl, sequence + 1, r.ttlMs());
      case OpCode.CREATE_CONTAINER -> new Txn.CreateContainer(path, data, acl, sequence + 1);
      default -> {
        boolean ephemeral = flags == EPHEMERAL || flags == (SEQUENTIAL | EPHEMERAL);
        yield new Txn.Create(path, data, acl, ephemeral, sequence + 1);
      }
    };
  }

  /** Ten digits, zero-padded; a negative number has its sign in front (NODE-3). */
  private static String sequenceSuffix(int sequence) {
    String digits = Long.toString(Math.abs((long) sequence));
    int width = sequence < 0 ? 9 : 10;
    return (sequence < 0 ? "-" : "") + "0".repeat(Math.max(0, width - digits.length())) + digits;
  }

  private Txn delete(Request.Delete r, Access access) {
    ZnodePath path = r.path();
    if (!path.hasParent() || path.hasNul() || SystemPaths.isReserved(path)) {
      return error(ErrorCode.BAD_ARGUMENTS);
    }
    Znode parent = store.head().find(path.parent());
    if (parent == null) {
      return error(ErrorCode.NO_NODE);
    }
    if (!access.permits(parent, Acl.DELETE)) {
      return error(ErrorCode.NO_AUTH);
    }
    Znode znode = store.head().find(path);
    if (znode == null) {
      return error(ErrorCode.NO_NODE);
    }
    if (r.version() != -1 && r.version() != znode.version()) {
      return error(ErrorCode.BAD_VERSION);
    }
    if (znode.childCount() > 0) {
      return error(ErrorCode.NOT_EMPTY);
    }
    return new Txn.Delete(path);
  }

  private Txn setData(Request.SetData r, Access access) {
    if (!r.path().isValid()) {
      return error(ErrorCode.BAD_ARGUMENTS);
    }
    Znode znode = store.head().find(r.path());
    if (znode == null) {
      return error(ErrorCode.NO_NODE);
    }
    if (!access.permits(znode, Acl.WRITE)) {
      return error(ErrorCode.NO_AUTH);
    }
    byte[] data = r.data();
    if (rules.enforceQuota()
        && quotas.refuses(
            r.path(), (data == null ? 0L : data.length) - Math.max(0, znode.dataLength()), 0)) {
      return error(ErrorCode.QUOTA_EXCEEDED);
    }
    if (r.version() != -1 && r.version() != znode.version()) {
      return error(ErrorCode.BAD_VERSION);
    }
    return new Txn.SetData(r.path(), data, znode.version() + 1);
  }

  private Txn setAcl(Request.SetAcl r, Access access) {
    if (!r.path().isValid()) {
      return error(ErrorCode.BAD_ARGUMENTS);
    }
    Acl acl = access.resolve(r.acl());
    if (acl == null) {
      return error(ErrorCode.INVALID_ACL);
    }
    Znode znode = store.head().find(r.path());
    if (znode == null) {
      return error(ErrorCode.NO_NODE);
    }
    if (!access.permits(znode, Acl.ADMIN)) {
      return error(ErrorCode.NO_AUTH);
    }
    if (r.version() != -1 && r.version() != znode.aversion()) {
      return error(ErrorCode.BAD_VERSION);
    }
    return new Txn.SetAcl(r.path(), acl, znode.aversion() + 1);
  }

  private Txn check(Request.Check r, Access access) {
    if (!r.path().isValid()) {
      return error(ErrorCode.BAD_ARGUMENTS);
    }
    Znode znode = store.head().find(r.path());
    if (znode == null) {
      return error(ErrorCode.NO_NODE);
    }
    if (!access.permits(znode, Acl.READ)) {
      return error(ErrorCode.NO_AUTH);
    }
    if (r.version() != -1 && r.version() != znode.version()) {
      return error(ErrorCode.BAD_VERSION);
    }
    return new Txn.Check(r.path(), znode.version() + 1);
  }

  /** From the sweep; the znode may have changed since it was found (NODE-15). */
  private Txn deleteContainer(Request.DeleteContainer r) {
    Znode znode = store.head().find(r.path());
    if (znode == null) {
      return error(ErrorCode.NO_NODE);
    }
    if (znode.childCount() > 0) {
      return error(ErrorCode.NOT_EMPTY);
    }
    return switch (EphemeralOwner.kind(znode.ephemeralOwner(), rules.encoding())) {
      case CONTAINER, TTL -> new Txn.Delete(r.path());
      case PERSISTENT, EPHEMERAL -> error(ErrorCode.BAD_VERSION);
    };
  }

  private static Txn error(ErrorCode code) {
    return new Txn.Error(code.code());
  }
}
