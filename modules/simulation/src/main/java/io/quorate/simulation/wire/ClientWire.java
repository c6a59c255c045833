package io.quorate.simulation.wire;

import io.quorate.simulation.history.Answer;
import io.quorate.simulation.history.IdEntry;
import io.quorate.simulation.history.Op;
import java.util.ArrayList;
import java.util.List;

/** Client frames (reference sections 1.3 to 1.8), written and read without the server's code. */
public final class ClientWire {
  /** xid of watch events. */
  public static final int NOTICE = -1;

  /** xid of pings. */
  public static final int PING = -2;

  /** xid of auth packets. */
  public static final int AUTH = -4;

  /** xid of setWatches. */
  public static final int SET_WATCHES = -8;

  private ClientWire() {}

  /** The first frame of a connection, with its length. */
  public static byte[] connect(
      long lastZxidSeen, int timeout, long session, byte[] password, boolean readOnlyByte) {
    Out out = new Out().int32(0).int64(lastZxidSeen).int32(timeout).int64(session).buffer(password);
    if (readOnlyByte) {
      out.bool(false);
    }
    return out.framed();
  }

  /** A request frame, with its length. */
  public static byte[] request(int xid, Op op) {
    Out out = new Out().int32(xid).int32(op.code());
    body(out, op);
    return out.framed();
  }

  private static void body(Out out, Op op) {
    switch (op) {
      case Op.Create c -> {
        out.string(c.path()).buffer(c.data()).acl(c.acl()).int32(c.flags());
        if (c.code() == 21) {
          out.int64(c.ttl());
        }
      }
      case Op.Delete d -> out.string(d.path()).int32(d.version());
      case Op.SetData s -> out.string(s.path()).buffer(s.data()).int32(s.version());
      case Op.SetAcl s -> out.string(s.path()).acl(s.acl()).int32(s.version());
      case Op.Check c -> out.string(c.path()).int32(c.version());
      case Op.Multi m -> parts(out, m.ops());
      case Op.MultiRead m -> parts(out, m.ops());
      case Op.Reconfig r ->
          out.string(r.joining()).string(r.leaving()).string(r.members()).int64(r.configId());
      case Op.CloseSession c -> {}
      case Op.Exists e -> out.string(e.path()).bool(e.watch());
      case Op.GetData g -> out.string(g.path()).bool(g.watch());
      case Op.GetChildren g -> out.string(g.path()).bool(g.watch());
      case Op.GetAcl g -> out.string(g.path());
      case Op.GetAllChildrenNumber g -> out.string(g.path());
      case Op.GetEphemerals g -> out.string(g.prefix());
      case Op.WhoAmI w -> {}
      case Op.Ping p -> {}
      case Op.Sync s -> out.string(s.path());
      case Op.SetWatches s -> {
        out.int64(s.relativeZxid()).strings(s.data()).strings(s.exist()).strings(s.child());
        if (s.code() == 105) {
          out.strings(s.persistent()).strings(s.recursive());
        }
      }
      case Op.AddWatch a -> out.string(a.path()).int32(a.mode());
      case Op.RemoveWatches r -> out.string(r.path()).int32(r.type());
      case Op.CheckWatches c -> out.string(c.path()).int32(c.type());
      case Op.Auth a -> out.int32(0).string(a.scheme()).buffer(a.credentials());
      case Op.Sasl a -> out.buffer(a.token());
      case Op.Malformed m -> out.raw(m.body());
      case Op.Forbidden f -> out.raw(f.body());
    }
  }

  private static void parts(Out out, List<Op> ops) {
    for (Op op : ops) {
      out.int32(op.code()).bool(false).int32(-1);
      body(out, op);
    }
    out.int32(-1).bool(true).int32(-1);
  }

  /** Answer to the first frame: timeout, session, password, whether the last byte was there. */
  public record Connected(int timeout, long session, byte[] password, boolean readOnlyByte) {}

  /** Reads the first frame from the server, without its length. */
  public static Connected connected(byte[] frame) {
    In in = new In(frame);
    if (in.int32() != 0) {
      throw new WireException("the protocol version is not 0");
    }
    int timeout = in.int32();
    long session = in.int64();
    byte[] password = in.buffer();
    if (password == null || password.length != 16) {
      throw new WireException("the password is not 16 bytes");
    }
    boolean more = in.remaining() > 0;
    if (more && in.bool()) {
      throw new WireException("says it is read-only");
    }
    in.end();
    return new Connected(timeout, session, password, more);
  }

  /** A later frame: its header, and the rest unread. */
  public record Header(int xid, long zxid, int err, In rest) {}

  /** Reads the header of a later frame, without its length. */
  public static Header header(byte[] frame) {
    In in = new In(frame);
    return new Header(in.int32(), in.int64(), in.int32(), in);
  }

  /** A watch event's body. */
  public record Notice(int type, int state, String path) {}

  /** Reads the body of a watch event. */
  public static Notice notice(In in) {
    Notice n = new Notice(in.int32(), in.int32(), in.string());
    in.end();
    return n;
  }

  /** Reads the body of a reply without error to {@code op}. */
  public static Answer answer(Op op, In in) {
    Answer a = body(op, in);
    in.end();
    return a;
  }

  private static Answer body(Op op, In in) {
    return switch (op) {
      case Op.Create c -> c.code() == 1 ? new Answer.Path(in.string()) : pathStat(in);
      case Op.SetData s -> new Answer.OfStat(in.stat());
      case Op.SetAcl s -> new Answer.OfStat(in.stat());
      case Op.Exists e -> new Answer.OfStat(in.stat());
      case Op.GetData g -> new Answer.Data(in.buffer(), in.stat());
      case Op.GetChildren g ->
          g.code() == 8
              ? new Answer.Names(in.strings())
              : new Answer.NamesStat(in.strings(), in.stat());
      case Op.GetAcl g -> new Answer.AclStat(in.acl(), in.stat());
      case Op.GetAllChildrenNumber g -> new Answer.Count(in.int32());
      case Op.GetEphemerals g -> new Answer.Names(in.strings());
      case Op.WhoAmI w -> users(in);
      case Op.Sync s -> new Answer.Path(in.nullableString());
      case Op.AddWatch a -> new Answer.Code(in.int32());
      case Op.Multi m -> results(in);
      case Op.MultiRead m -> results(in);
      case Op.Sasl s -> new Answer.Token(in.buffer());
      case Op.Delete d -> Answer.None.INSTANCE;
      case Op.Check c -> Answer.None.INSTANCE;
      case Op.CloseSession c -> Answer.None.INSTANCE;
      case Op.Ping p -> Answer.None.INSTANCE;
      case Op.SetWatches s -> Answer.None.INSTANCE;
      case Op.RemoveWatches r -> Answer.None.INSTANCE;
      case Op.CheckWatches c -> Answer.None.INSTANCE;
      case Op.Auth a -> Answer.None.INSTANCE;
      case Op.Reconfig r -> new Answer.Data(in.buffer(), in.stat());
      case Op.Malformed m -> throw new WireException("a malformed request was answered with OK");
      case Op.Forbidden f -> throw new WireException("a forbidden request was answered with OK");
    };
  }

  private static Answer pathStat(In in) {
    return new Answer.PathStat(in.string(), in.stat());
  }

  private static Answer users(In in) {
    int n = in.int32();
    List<IdEntry> users = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      users.add(new IdEntry(in.string(), in.string()));
    }
    return new Answer.Users(users);
  }

  private static Answer results(In in) {
    List<Answer.Result> results = new ArrayList<>();
    while (true) {
      int type = in.int32();
      boolean done = in.bool();
      int err = in.int32();
      if (done) {
        if (type != -1 || err != -1) {
          throw new WireException("a multi ends with type " + type + " and error " + err);
        }
        return new Answer.Results(results);
      }
      Answer body =
          switch (type) {
            case 1 -> new Answer.Path(in.string());
            case 15 -> pathStat(in);
            case 5 -> new Answer.OfStat(in.stat());
            case 2, 13 -> Answer.None.INSTANCE;
            case 4 -> new Answer.Data(in.buffer(), in.stat());
            case 8 -> new Answer.Names(in.strings());
            case -1 -> new Answer.Code(in.int32());
            default -> throw new WireException("a multi's result has type " + type);
          };
      results.add(new Answer.Result(type, err, body));
    }
  }
}
