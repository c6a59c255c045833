package io.quorate.simulation.model;

import io.quorate.simulation.history.AclEntry;
import io.quorate.simulation.history.Answer;
import io.quorate.simulation.history.IdEntry;
import io.quorate.simulation.history.LoggedTxn;
import io.quorate.simulation.history.Op;
import io.quorate.simulation.history.StatData;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Carries out writes in the order of checks of reference section 1.7. */
public final class Writes {
  private static final long MAX_TTL = (1L << 40) - 1;

  private final Tree tree;
  private final Settings settings;
  private final long session;
  private final List<IdEntry> ids;
  private final long zxid;
  private final long time;

  /** For one transaction of a session with these ids. */
  public Writes(
      Tree tree, Settings settings, long session, List<IdEntry> ids, long zxid, long time) {
    this.tree = tree;
    this.settings = settings;
    this.session = session;
    this.ids = ids;
    this.zxid = zxid;
    this.time = time;
  }

  /** Changes the tree as asked, or not at all, and says what is answered and logged. */
  public Outcome execute(Op op) {
    try {
      return switch (op) {
        case Op.Multi m -> multi(m);
        case Op.CloseSession c -> {
          List<String> paths = tree.ephemerals(session);
          tree.closeSession(session, zxid);
          yield new Outcome(0, Answer.None.INSTANCE, -11, new LoggedTxn.CloseSession(paths));
        }
        case Op.Reconfig r ->
            throw new Refusal(
                settings.reconfigEnabled() ? Codes.UNIMPLEMENTED : Codes.RECONFIG_DISABLED);
        case Op.Malformed m -> throw new Refusal(Codes.MARSHALLING_ERROR);
        default -> single(op);
      };
    } catch (Refusal r) {
      return Outcome.refused(r.code);
    }
  }

  private Outcome single(Op op) {
    return switch (op) {
      case Op.Create c -> create(c);
      case Op.Delete d -> delete(d);
      case Op.SetData s -> setData(s);
      case Op.SetAcl s -> setAcl(s);
      case Op.Check c -> check(c);
      default -> throw new IllegalArgumentException("no write: " + op);
    };
  }

  /** A container or expired TTL znode that the server itself removes (NODE-15, E6). */
  public Outcome reap(String path) {
    Node n = tree.find(path);
    if (n == null || Paths.reserved(path)) {
      return Outcome.refused(Codes.NO_NODE);
    }
    boolean due =
        switch (n.kind) {
          case CONTAINER -> n.creations > 0;
          case TTL -> time - n.mtime > n.ttl;
          default -> false;
        };
    if (!n.children.isEmpty()) {
      return Outcome.refused(Codes.NOT_EMPTY);
    }
    if (!due) {
      return Outcome.refused(Codes.BAD_VERSION);
    }
    tree.delete(path, zxid);
    return new Outcome(0, Answer.None.INSTANCE, 20, new LoggedTxn.Delete(path));
  }

  private Outcome create(Op.Create c) {
    String path = need(c.path());
    Node n = new Node();
    n.kind = kind(c);
    n.ttl = n.kind == Node.Kind.TTL ? c.ttl() : 0;
    n.session = n.kind == Node.Kind.EPHEMERAL ? session : 0;
    if (path.indexOf('/') < 0 || path.indexOf('\0') >= 0) {
      throw new Refusal(Codes.BAD_ARGUMENTS);
    }
    n.acl = Access.fixUp(c.acl(), ids);
    Node parent = tree.require(Paths.parent(path));
    allow(parent, Access.CREATE);
    if (c.flags() == 2 || c.flags() == 3 || c.flags() == 6) {
      path += String.format(Locale.ROOT, "%010d", parent.creations);
    }
    valid(path);
    if (tree.find(path) != null) {
      throw new Refusal(Codes.NODE_EXISTS);
    }
    if (parent.kind == Node.Kind.EPHEMERAL) {
      throw new Refusal(Codes.NO_CHILDREN_FOR_EPHEMERALS);
    }
    n.data = c.data();
    Quotas.check(tree, settings, path, 1, n.length());
    StatData stat = tree.create(path, n, zxid, time);
    LoggedTxn txn = logged(n, c.data(), path, parent.creations);
    Answer answer = c.code() == 1 ? new Answer.Path(path) : new Answer.PathStat(path, stat);
    return new Outcome(0, answer, c.code(), txn);
  }

  private static LoggedTxn logged(Node n, byte @Nullable [] data, String path, int creations) {
    return switch (n.kind) {
      case PERSISTENT -> new LoggedTxn.Create(path, data, n.acl, false, creations);
      case EPHEMERAL -> new LoggedTxn.Create(path, data, n.acl, true, creations);
      case CONTAINER -> new LoggedTxn.CreateContainer(path, data, n.acl, creations);
      case TTL -> new LoggedTxn.CreateTtl(path, data, n.acl, creations, n.ttl);
    };
  }

  /** The table of create modes of reference section 1.6, and A-40. */
  private Node.Kind kind(Op.Create c) {
    boolean ttl = c.code() == 21;
    if (ttl && !settings.ttlEnabled()) {
      throw new Refusal(Codes.UNIMPLEMENTED);
    }
    if (ttl && (c.ttl() <= 0 || c.ttl() > MAX_TTL)) {
      throw new Refusal(Codes.BAD_ARGUMENTS);
    }
    return switch (c.flags()) {
      case 0, 2 -> only(c.code() == 1 || c.code() == 15, Node.Kind.PERSISTENT);
      case 1, 3 -> only(c.code() == 1 || c.code() == 15, Node.Kind.EPHEMERAL);
      case 4 -> only(c.code() == 19, Node.Kind.CONTAINER);
      case 5, 6 -> only(ttl, Node.Kind.TTL);
      default -> throw new Refusal(Codes.BAD_ARGUMENTS);
    };
  }

  private static Node.Kind only(boolean fits, Node.Kind kind) {
    if (!fits) {
      throw new Refusal(Codes.BAD_ARGUMENTS);
    }
    return kind;
  }

  private Outcome delete(Op.Delete d) {
    String path = need(d.path());
    if (path.indexOf('/') < 0 || path.indexOf('\0') >= 0 || Paths.reserved(path)) {
      throw new Refusal(Codes.BAD_ARGUMENTS);
    }
    allow(tree.require(Paths.parent(path)), Access.DELETE);
    Node n = tree.require(path);
    version(d.version(), n.version);
    if (!n.children.isEmpty()) {
      throw new Refusal(Codes.NOT_EMPTY);
    }
    tree.delete(path, zxid);
    return new Outcome(0, Answer.None.INSTANCE, 2, new LoggedTxn.Delete(path));
  }

  private Outcome setData(Op.SetData s) {
    String path = valid(need(s.path()));
    Node n = tree.require(path);
    allow(n, Access.WRITE);
    int length = s.data() == null ? 0 : s.data().length;
    Quotas.check(tree, settings, path, 0, length - n.length());
    version(s.version(), n.version);
    tree.setData(path, s.data(), zxid, time);
    return new Outcome(
        0, new Answer.OfStat(n.stat()), 5, new LoggedTxn.SetData(path, s.data(), n.version));
  }

  private Outcome setAcl(Op.SetAcl s) {
    String path = valid(need(s.path()));
    List<AclEntry> acl = Access.fixUp(s.acl(), ids);
    Node n = tree.require(path);
    allow(n, Access.ADMIN);
    version(s.version(), n.aversion);
    n.acl = acl;
    n.aversion++;
    return new Outcome(
        0, new Answer.OfStat(n.stat()), 7, new LoggedTxn.SetAcl(path, acl, n.aversion));
  }

  private Outcome check(Op.Check c) {
    String path = valid(need(c.path()));
    Node n = tree.require(path);
    allow(n, Access.READ);
    version(c.version(), n.version);
    return new Outcome(0, Answer.None.INSTANCE, 13, new LoggedTxn.Check(path, n.version + 1));
  }

  private Outcome multi(Op.Multi m) {
    Tree whole = tree.copy();
    Writes parts = new Writes(whole, settings, session, ids, zxid, time);
    List<Answer.Result> results = new ArrayList<>();
    List<LoggedTxn.Part> logged = new ArrayList<>();
    boolean failed = false;
    for (Op op : m.ops().stream().map(Writes::decoded).toList()) {
      int code = failed ? Codes.RUNTIME_INCONSISTENCY : 0;
      Outcome o = null;
      if (!failed) {
        try {
          o = parts.single(op);
        } catch (Refusal r) {
          if (r.code == Codes.MARSHALLING_ERROR) {
            throw r;
          }
          failed = true;
          code = r.code;
        }
      }
      if (o == null) {
        results.add(new Answer.Result(-1, code, new Answer.Code(code)));
        logged.add(new LoggedTxn.Part(-1, new LoggedTxn.Failure(code)));
      } else {
        int type = o.answer() instanceof Answer.PathStat ? 15 : op.code();
        results.add(new Answer.Result(type, 0, o.answer()));
        logged.add(new LoggedTxn.Part(op.code(), o.txn()));
      }
    }
    if (failed) {
      results.replaceAll(r -> r.err() != 0 ? r : new Answer.Result(-1, 0, new Answer.Code(0)));
    } else {
      tree.become(whole);
    }
    return new Outcome(0, new Answer.Results(results), 14, new LoggedTxn.Multi(logged));
  }

  /** Whether its body can not be decoded: then it need not become a transaction. */
  public static boolean undecodable(Op op) {
    try {
      switch (op) {
        case Op.Malformed m -> throw new Refusal(Codes.MARSHALLING_ERROR);
        case Op.Multi m -> m.ops().forEach(Writes::decoded);
        default -> need(path(op));
      }
      return false;
    } catch (Refusal r) {
      return true;
    }
  }

  private static @Nullable String path(Op op) {
    return switch (op) {
      case Op.Create c -> c.path();
      case Op.Delete d -> d.path();
      case Op.SetData d -> d.path();
      case Op.SetAcl a -> a.path();
      case Op.Check c -> c.path();
      default -> "";
    };
  }

  /** Inside a multi the flags of a create decide what it is, and wrong ones spoil all of it. */
  private static Op decoded(Op op) {
    need(path(op));
    if (!(op instanceof Op.Create c) || c.code() == 21) {
      return op;
    }
    if (c.flags() < 0 || c.flags() > 4) {
      throw new Refusal(Codes.MARSHALLING_ERROR);
    }
    return c.flags() == 4 ? new Op.Create(19, c.path(), c.data(), c.acl(), 4, 0) : c;
  }

  private void allow(Node n, int permission) {
    if (!Access.allows(settings, n.acl, permission, ids)) {
      throw new Refusal(Codes.NO_AUTH);
    }
  }

  private static String need(@Nullable String path) {
    if (path == null) {
      throw new Refusal(Codes.MARSHALLING_ERROR);
    }
    return path;
  }

  private static String valid(String path) {
    if (!Paths.valid(path)) {
      throw new Refusal(Codes.BAD_ARGUMENTS);
    }
    return path;
  }

  private static void version(int asked, int actual) {
    if (asked != -1 && asked != actual) {
      throw new Refusal(Codes.BAD_VERSION);
    }
  }
}
