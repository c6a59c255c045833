package io.quorate.replica;

import io.quorate.acl.AclPolicy;
import io.quorate.api.Acl;
import io.quorate.api.ErrorCode;
import io.quorate.api.EventType;
import io.quorate.api.Identity;
import io.quorate.api.OpCode;
import io.quorate.api.Reply;
import io.quorate.api.Request;
import io.quorate.api.Txn;
import io.quorate.api.TxnHeader;
import io.quorate.api.TxnRecord;
import io.quorate.api.Znode;
import io.quorate.api.ZnodePath;
import io.quorate.sessions.Session;
import io.quorate.tree.Access;
import io.quorate.tree.ChangeListener;
import io.quorate.zab.Broadcast;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The prepare stage: turns writes into transactions, applies them to the head and proposes them.
 * Every write takes a zxid, a refused one too (ORD-10).
 */
final class Proposer {
  private static final long RECORD_OVERHEAD = 1000; // header, digest, counts
  private static final long PART_OVERHEAD = 34; // lengths, numbers, type, of the largest kind

  private final Core core;
  private final TransactionEncoder encoder;
  private final Broadcast broadcast;
  private final Committer committer;

  Proposer(Core core, TransactionEncoder encoder, Broadcast broadcast, Committer committer) {
    this.core = core;
    this.encoder = encoder;
    this.broadcast = broadcast;
    this.committer = committer;
  }

  /** Proposes a client's write. */
  void write(Input.Ask ask, Request.Write request) {
    Session session = ask.link().session;
    Asker asker = new Asker(core.acls, session == null ? 0 : session.id(), ask.identities());
    boolean expired = session == null || session.isClosing();
    if (request instanceof Request.Multi multi) {
      multi(ask, multi, session, expired, asker);
      return;
    }
    Txn txn;
    if (expired || session == null) {
      txn = error(ErrorCode.SESSION_EXPIRED);
    } else {
      upgradeFor(session, request);
      txn = prepare(request, session, asker, 0);
    }
    List<Change> changes = new ArrayList<>(1);
    TxnHeader header = header(asker.sessionId(), ask.xid(), typeOf(request, txn));
    Znode znode = apply(header, txn, changes);
    propose(header, txn);
    boolean closes = txn instanceof Txn.CloseSession;
    if (closes && session != null) {
      session.close();
    }
    committer.add(
        new Pending(
            header.zxid(),
            ask.link(),
            ask.xid(),
            reply(request.op(), txn, znode),
            changes,
            closes ? asker.sessionId() : 0,
            closes ? Pending.Kind.CLOSE_SESSION : Pending.Kind.WRITE));
  }

  private static int typeOf(Request.Write request, Txn txn) {
    return txn instanceof Txn.Error ? OpCode.ERROR : request.op();
  }

  /**
   * What the request becomes.
   *
   * @param before size of what is in its record already
   */
  private Txn prepare(Request.Write request, Session session, Asker asker, long before) {
    if (request instanceof Request.Reconfig) {
      return error(
          core.settings.reconfigEnabled() ? ErrorCode.UNIMPLEMENTED : ErrorCode.RECONFIG_DISABLED);
    }
    if (session.isLocal() && createsEphemeral(request)) {
      return error(ErrorCode.EPHEMERAL_ON_LOCAL_SESSION);
    }
    Txn txn = core.tree.prepare(request, asker);
    if (fits(before + size(txn))) {
      return txn;
    }
    return txn instanceof Txn.CloseSession
        ? new Txn.CloseSession(null) // deletes whatever the session owns
        : error(ErrorCode.INVALID_ACL);
  }

  /** A local session becomes global when it needs to own a znode (LOC-3). */
  private void upgradeFor(Session session, Request.Write request) {
    if (session.isLocal() && core.settings.upgradeLocalSessions() && createsEphemeral(request)) {
      session.becomeGlobal();
      openSession(session, null, Pending.Kind.UPGRADE_SESSION);
    }
  }

  private static boolean createsEphemeral(Request.Write request) {
    if (request instanceof Request.Multi multi) {
      return multi.ops().stream().anyMatch(Proposer::createsEphemeral);
    }
    return request instanceof Request.Create c
        && (c.op() == OpCode.CREATE || c.op() == OpCode.CREATE2)
        && (c.flags() == 1 || c.flags() == 3);
  }

  /** Proposes that a session is opened. */
  void openSession(Session session, @Nullable ClientLink link, Pending.Kind kind) {
    Txn txn = new Txn.CreateSession(session.timeoutMs());
    TxnHeader header = header(session.id(), 0, OpCode.CREATE_SESSION);
    apply(header, txn, List.of());
    propose(header, txn);
    committer.add(new Pending(header.zxid(), link, 0, null, List.of(), session.id(), kind));
  }

  /** Proposes that a session is closed because it expired (SES-7). */
  void closeSession(Session session, @Nullable ClientLink link) {
    session.close();
    Txn.CloseSession txn = new Txn.CloseSession(core.tree.ephemerals(session.id()));
    if (!fits(size(txn))) {
      txn = new Txn.CloseSession(null);
    }
    List<Change> changes = new ArrayList<>();
    TxnHeader header = header(session.id(), 0, OpCode.CLOSE_SESSION);
    apply(header, txn, changes);
    propose(header, txn);
    committer.add(
        new Pending(
            header.zxid(), link, 0, null, changes, session.id(), Pending.Kind.CLOSE_SESSION));
  }

  /** Proposes that a container or an expired TTL node goes, if it is still empty (NODE-15). */
  void deleteContainer(ZnodePath path) {
    Request.DeleteContainer request = new Request.DeleteContainer(path);
    Txn txn = core.tree.prepare(request, new Asker(core.acls, 0, List.of()));
    List<Change> changes = new ArrayList<>(1);
    TxnHeader header = header(0, 0, typeOf(request, txn));
    apply(header, txn, changes);
    propose(header, txn);
    committer.add(new Pending(header.zxid(), null, 0, null, changes, 0, Pending.Kind.WRITE));
  }

  private void multi(
      Input.Ask ask, Request.Multi multi, @Nullable Session session, boolean expired, Asker asker) {
    if (!expired && session != null) {
      upgradeFor(session, multi);
    }
    List<Request.Write> ops = multi.ops();
    List<Txn.Part> parts = new ArrayList<>(ops.size());
    List<Reply.Result> results = new ArrayList<>(ops.size());
    List<Change> changes = new ArrayList<>(ops.size());
    TxnHeader header = header(asker.sessionId(), ask.xid(), OpCode.MULTI);
    boolean quotas = core.tree.hasQuotas();
    core.store.savepoint();
    int failedAt = -1;
    long size = 0;
    for (Request.Write op : ops) {
      Txn txn;
      if (failedAt >= 0) {
        txn = error(ErrorCode.RUNTIME_INCONSISTENCY);
      } else if (expired || session == null) {
        txn = error(ErrorCode.SESSION_EXPIRED);
      } else {
        txn = prepare(op, session, asker, size);
        size += size(txn);
      }
      parts.add(new Txn.Part(typeOf(op, txn), txn));
      if (txn instanceof Txn.Error e) {
        failedAt = failedAt < 0 ? parts.size() - 1 : failedAt;
        results.add(new Reply.Result(OpCode.ERROR, new Reply.Refused(ErrorCode.of(e.code()))));
      } else {
        TxnHeader part =
            new TxnHeader(header.sessionId(), header.cxid(), header.zxid(), header.time(), op.op());
        Znode znode = apply(part, txn, changes);
        results.add(new Reply.Result(resultOp(op.op()), reply(op.op(), txn, znode)));
      }
    }
    if (failedAt >= 0) {
      undo(results, failedAt, quotas);
      changes.clear();
    }
    propose(header, new Txn.Multi(parts));
    committer.add(
        new Pending(
            header.zxid(),
            ask.link(),
            ask.xid(),
            new Reply.MultiResult(results),
            changes,
            0,
            Pending.Kind.WRITE));
  }

  private void undo(List<Reply.Result> results, int failedAt, boolean quotasBefore) {
    boolean quotas = quotasBefore || core.tree.hasQuotas();
    core.store.undo();
    if (quotas) {
      core.tree.headChanged();
    }
    for (int i = 0; i < failedAt; i++) {
      results.set(i, new Reply.Result(OpCode.ERROR, new Reply.Refused(ErrorCode.OK)));
    }
  }

  /** Clients see the results of all creates with a Stat as create2. */
  private static int resultOp(int op) {
    return op == OpCode.CREATE_TTL || op == OpCode.CREATE_CONTAINER ? OpCode.CREATE2 : op;
  }

  private static Reply reply(int op, Txn txn, @Nullable Znode znode) {
    if (txn instanceof Txn.Error e) {
      return new Reply.Refused(ErrorCode.of(e.code()));
    }
    if (znode == null) {
      return Reply.None.INSTANCE;
    }
    return switch (txn) {
      case Txn.Create t when op == OpCode.CREATE -> new Reply.Created(t.path());
      case Txn.Create t -> new Reply.CreatedWithStat(t.path(), znode);
      case Txn.CreateTtl t -> new Reply.CreatedWithStat(t.path(), znode);
      case Txn.CreateContainer t -> new Reply.CreatedWithStat(t.path(), znode);
      default -> new Reply.OfStat(znode);
    };
  }

  private TxnHeader header(long sessionId, int cxid, int type) {
    return new TxnHeader(sessionId, cxid, broadcast.nextZxid(), core.wallMs, type);
  }

  private @Nullable Znode apply(TxnHeader header, Txn txn, List<Change> changes) {
    return core.tree.apply(header, txn, new Collector(changes));
  }

  private void propose(TxnHeader header, Txn txn) {
    long digest = core.store.head().digest();
    core.digests.note(header.zxid(), digest);
    TxnRecord record = new TxnRecord(header, txn, core.settings.digests(), digest);
    broadcast.propose(header.zxid(), encoder.encode(record));
  }

  private static Txn error(ErrorCode code) {
    return new Txn.Error(code.code());
  }

  /** Whether a record of this size can be read back: lists can outgrow their request. */
  private boolean fits(long size) {
    return size + RECORD_OVERHEAD < core.settings.maxRecordBytes();
  }

  /** About how long the transaction is in a record, in bytes; never less than it is. */
  private static long size(Txn txn) {
    return switch (txn) {
      case Txn.Create t -> size(t.path()) + size(t.data()) + size(t.acl());
      case Txn.CreateTtl t -> size(t.path()) + size(t.data()) + size(t.acl());
      case Txn.CreateContainer t -> size(t.path()) + size(t.data()) + size(t.acl());
      case Txn.SetAcl t -> size(t.path()) + size(t.acl());
      case Txn.SetData t -> size(t.path()) + size(t.data());
      case Txn.Delete t -> size(t.path());
      case Txn.Check t -> size(t.path());
      case Txn.CloseSession t -> {
        List<ZnodePath> paths = t.paths();
        long sum = 0;
        for (ZnodePath path : paths == null ? List.<ZnodePath>of() : paths) {
          sum += path.length() + 4L;
        }
        yield sum;
      }
      case Txn.CreateSession t -> PART_OVERHEAD;
      case Txn.Error t -> PART_OVERHEAD;
      case Txn.Multi t -> throw new IllegalStateException("a multi is measured by its parts");
    };
  }

  private static long size(ZnodePath path) {
    return PART_OVERHEAD + path.length();
  }

  private static long size(byte @Nullable [] data) {
    return data == null ? 0 : data.length;
  }

  private static long size(Acl acl) {
    long sum = 4;
    for (Acl.Entry e : acl.entries()) {
      sum += 12 + size(e.scheme()) + size(e.id());
    }
    return sum;
  }

  private static long size(String text) {
    long sum = text.length();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      sum += c < 0x80 ? 0 : c < 0x800 ? 1 : 2;
    }
    return sum;
  }

  /** Who asks, for the tree's checks. */
  private record Asker(AclPolicy acls, long sessionId, List<Identity> identities)
      implements Access {
    @Override
    public boolean permits(Znode znode, int permissions) {
      return acls.permits(znode.acl(), permissions, identities);
    }

    @Override
    public @Nullable Acl resolve(@Nullable Acl asked) {
      return acls.resolve(asked, identities);
    }
  }

  /** Notes changes for the watches. */
  private record Collector(List<Change> changes) implements ChangeListener {
    @Override
    public void created(ZnodePath path, Acl acl, Acl parentAcl) {
      changes.add(new Change(EventType.NODE_CREATED, path, acl, parentAcl));
    }

    @Override
    public void deleted(ZnodePath path, Acl acl, Acl parentAcl) {
      changes.add(new Change(EventType.NODE_DELETED, path, acl, parentAcl));
    }

    @Override
    public void dataChanged(ZnodePath path, Acl acl) {
      changes.add(new Change(EventType.NODE_DATA_CHANGED, path, acl, acl));
    }
  }
}
