package io.quorate.simulation.model;

import io.quorate.simulation.history.AclEntry;
import io.quorate.simulation.history.Answer;
import io.quorate.simulation.history.IdEntry;
import io.quorate.simulation.history.Op;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers reads from one state. */
public final class Reads {
  private final Tree tree;
  private final Settings settings;
  private final long session;
  private final List<IdEntry> ids;

  /** For one session with these ids. */
  public Reads(Tree tree, Settings settings, long session, List<IdEntry> ids) {
    this.tree = tree;
    this.settings = settings;
    this.session = session;
    this.ids = ids;
  }

  /** An error number, 0 if none, and the body. */
  public record Result(int err, Answer answer) {}

  /** The answer to a read, or to a sync or ping. */
  public Result answer(Op op) {
    try {
      return new Result(0, body(op));
    } catch (Refusal r) {
      return new Result(r.code, Answer.None.INSTANCE);
    }
  }

  private Answer body(Op op) {
    return switch (op) {
      case Op.Exists e -> {
        if (need(e.path()).indexOf('\0') >= 0) {
          throw new Refusal(Codes.BAD_ARGUMENTS);
        }
        yield new Answer.OfStat(readable(e.path(), Access.READ).stat());
      }
      case Op.GetData g -> {
        Node n = readable(g.path(), Access.READ);
        yield new Answer.Data(n.data, n.stat());
      }
      case Op.GetChildren g -> {
        Node n = readable(g.path(), Access.READ);
        List<String> names = List.copyOf(n.children);
        yield g.code() == 8 ? new Answer.Names(names) : new Answer.NamesStat(names, n.stat());
      }
      case Op.GetAcl g -> {
        Node n = readable(g.path(), Access.READ | Access.ADMIN);
        boolean admin = Access.allows(settings, n.acl, Access.ADMIN, ids);
        List<AclEntry> acl = admin ? n.acl : Access.masked(n.acl);
        yield new Answer.AclStat(acl, n.stat());
      }
      case Op.GetAllChildrenNumber g -> {
        readable(g.path(), Access.READ);
        yield new Answer.Count(below(need(g.path())));
      }
      case Op.GetEphemerals g -> new Answer.Names(ephemerals(g.prefix()));
      case Op.MultiRead m -> multi(m);
      case Op.WhoAmI w -> new Answer.Users(ids.stream().map(Access::shown).toList());
      case Op.Sync s -> new Answer.Path(s.path());
      case Op.Ping p -> Answer.None.INSTANCE;
      case Op.Sasl s -> {
        byte[] token = Access.saslAnswer(s.token());
        if (token == null) {
          throw new Refusal(Codes.AUTH_FAILED);
        }
        yield new Answer.Token(token);
      }
      case Op.Malformed m -> throw new Refusal(Codes.MARSHALLING_ERROR);
      default -> throw new IllegalArgumentException("no read: " + op);
    };
  }

  private Answer multi(Op.MultiRead m) {
    List<Answer.Result> results = new ArrayList<>();
    for (Op op : m.ops()) {
      Result r = answer(op);
      results.add(
          r.err() == 0
              ? new Answer.Result(op.code(), 0, r.answer())
              : new Answer.Result(-1, r.err(), new Answer.Code(r.err())));
    }
    return new Answer.Results(results);
  }

  private int below(String path) {
    int n = 0;
    for (String p : tree.nodes.keySet()) {
      if (!p.equals(path) && Paths.within(p, path)) {
        n++;
      }
    }
    return n;
  }

  private List<String> ephemerals(@Nullable String prefix) {
    boolean all = prefix == null || prefix.isBlank() || prefix.trim().equals("/");
    return tree.ephemerals(session).stream().filter(p -> all || p.startsWith(prefix)).toList();
  }

  private Node readable(@Nullable String path, int permission) {
    Node n = tree.require(need(path));
    if (!Access.allows(settings, n.acl, permission, ids)) {
      throw new Refusal(Codes.NO_AUTH);
    }
    return n;
  }

  private static String need(@Nullable String path) {
    if (path == null) {
      throw new Refusal(Codes.MARSHALLING_ERROR);
    }
    return path;
  }
}
