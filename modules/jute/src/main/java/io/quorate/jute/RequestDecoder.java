package io.quorate.jute;

import io.quorate.api.Acl;
import io.quorate.api.OpCode;
import io.quorate.api.Request;
import io.quorate.api.WatchKind;
import io.quorate.api.WatcherType;
import io.quorate.api.ZnodePath;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks, from the bytes behind its request header. Stateless; any thread may call it.
 *
 * <p>Source: reference sections 1.5, 1.6 and 1.8.
 */
public final class RequestDecoder {
  /**
   * The most operations of one multi or multiRead. A frame of the default {@code jute.maxbuffer}
   * holds at most 61,680, so this bounds memory only where that limit was raised.
   */
  public static final int MAX_MULTI_OPS = 1_000_000;

  /** The most entries of one ACL; the default frame holds at most 87,381. */
  public static final int MAX_ACL_ENTRIES = AclWire.MAX_ENTRIES;

  private static final WatcherType[] WATCHER_TYPES = WatcherType.values();
  private static final Request PING = new Request.Ping();
  private static final Request WHO_AM_I = new Request.WhoAmI();
  private static final Request CLOSE_SESSION = new Request.CloseSession();

  private RequestDecoder() {}

  /**
   * Decodes one body. Memory taken is bounded by a small multiple of {@code length}; nothing refers
   * to the array afterwards. Surplus bytes behind the body are ignored.
   *
   * @param op the operation number of the request header
   * @return the request; {@link Request.Undecodable} where the body is too short, a length or an
   *     enumerated number is wrong, or a required value is null; null where clients may not send
   *     this operation, so that the connection is to be closed
   */
  public static @Nullable Request decode(int op, byte[] a, int offset, int length) {
    return switch (op) {
      case OpCode.EXISTS, OpCode.GET_DATA, OpCode.GET_CHILDREN, OpCode.GET_CHILDREN2 ->
          pathAndWatch(op, a, offset, length);
      case OpCode.PING -> PING;
      case OpCode.WHO_AM_I -> WHO_AM_I;
      case OpCode.CLOSE_SESSION -> CLOSE_SESSION;
      default -> isClientOp(op) ? read(op, new WireReader(a, offset, length)) : null;
    };
  }

  private static Request read(int op, WireReader in) {
    Request request = body(op, in);
    return in.failed() || request == null ? undecodable(op) : request;
  }

  private static boolean isClientOp(int op) {
    return switch (op) {
      case OpCode.AUTH,
          OpCode.SET_WATCHES,
          OpCode.SASL,
          OpCode.GET_EPHEMERALS,
          OpCode.GET_ALL_CHILDREN_NUMBER,
          OpCode.SET_WATCHES2,
          OpCode.ADD_WATCH,
          OpCode.SYNC,
          OpCode.GET_ACL,
          OpCode.CHECK_WATCHES,
          OpCode.REMOVE_WATCHES,
          OpCode.MULTI_READ ->
          true;
      default -> isWrite(op);
    };
  }

  private static boolean isWrite(int op) {
    return switch (op) {
      case OpCode.CREATE,
          OpCode.CREATE2,
          OpCode.CREATE_CONTAINER,
          OpCode.CREATE_TTL,
          OpCode.DELETE,
          OpCode.SET_DATA,
          OpCode.SET_ACL,
          OpCode.MULTI,
          OpCode.RECONFIG ->
          true;
      default -> false;
    };
  }

  /** Of what cannot be decoded, only a multi becomes a (failed) transaction; so it is in Apache. */
  private static Request undecodable(int op) {
    return new Request.Undecodable(op, op == OpCode.MULTI);
  }

  /** The four reads that most requests are, without a reader in between. */
  private static Request pathAndWatch(int op, byte[] a, int offset, int length) {
    int n = length < 5 ? -1 : BigEndian.getInt(a, offset);
    if (n < 0 || n > length - 5) {
      return undecodable(op);
    }
    ZnodePath path = ZnodePath.copyOf(a, offset + 4, n);
    boolean watch = a[offset + 4 + n] != 0;
    return switch (op) {
      case OpCode.EXISTS -> new Request.Exists(path, watch);
      case OpCode.GET_DATA -> new Request.GetData(path, watch);
      default -> new Request.GetChildren(op, path, watch);
    };
  }

  /** The request, of no account if the reader failed; null where a number or a null is refused. */
  private static @Nullable Request body(int op, WireReader in) {
    return switch (op) {
      case OpCode.SYNC -> new Request.Sync(in.readPath());
      case OpCode.GET_ACL -> new Request.GetAcl(in.readPath());
      case OpCode.GET_ALL_CHILDREN_NUMBER -> new Request.GetAllChildrenNumber(in.readPath());
      case OpCode.GET_EPHEMERALS -> new Request.GetEphemerals(prefix(in.readPathOrNull()));
      case OpCode.SET_ACL -> new Request.SetAcl(in.readPath(), AclWire.read(in), in.readInt());
      case OpCode.RECONFIG ->
          new Request.Reconfig(in.readString(), in.readString(), in.readString(), in.readLong());
      case OpCode.MULTI -> multi(in);
      case OpCode.MULTI_READ -> multiRead(in);
      case OpCode.ADD_WATCH -> addWatch(in);
      case OpCode.CHECK_WATCHES, OpCode.REMOVE_WATCHES -> watcherType(op, in);
      case OpCode.SET_WATCHES, OpCode.SET_WATCHES2 -> setWatches(op, in);
      case OpCode.AUTH -> auth(in);
      case OpCode.SASL -> new Request.Sasl(in.readBuffer());
      default -> write(op, in);
    };
  }

  /** The writes that may stand in a multi too; null for any other operation. */
  private static Request.@Nullable Write write(int op, WireReader in) {
    return switch (op) {
      case OpCode.CREATE, OpCode.CREATE2, OpCode.CREATE_CONTAINER, OpCode.CREATE_TTL ->
          create(op, in);
      case OpCode.DELETE -> new Request.Delete(in.readPath(), in.readInt());
      case OpCode.SET_DATA -> new Request.SetData(in.readPath(), in.readBuffer(), in.readInt());
      case OpCode.CHECK -> new Request.Check(in.readPath(), in.readInt());
      default -> null;
    };
  }

  private static Request.Create create(int op, WireReader in) {
    ZnodePath path = in.readPath();
    byte[] data = in.readBuffer();
    Acl acl = AclWire.read(in);
    int flags = in.readInt();
    long ttl = op == OpCode.CREATE_TTL ? in.readLong() : 0;
    return new Request.Create(op, path, data, acl, flags, ttl);
  }

  private static @Nullable Request multi(WireReader in) {
    List<Request.Write> ops = new ArrayList<>();
    while (true) {
      int type = in.readInt();
      boolean done = in.readBoolean();
      in.readInt(); // err: means nothing in a request
      if (in.failed() || ops.size() == MAX_MULTI_OPS) {
        return null;
      }
      if (done) {
        return new Request.Multi(ops);
      }
      Request.Write op = write(type, in);
      if (op instanceof Request.Create create) {
        op = createInMulti(create);
      }
      if (op == null || in.failed()) {
        return null;
      }
      ops.add(op);
    }
  }

  /**
   * Inside a multi Apache goes by the flags of a create: those of a container make a
   * createContainer of it (the C client sends it so), those of a TTL or unknown ones spoil the
   * whole message.
   */
  private static Request.@Nullable Create createInMulti(Request.Create c) {
    if (c.op() == OpCode.CREATE_TTL || (c.flags() >= 0 && c.flags() <= 3)) {
      return c;
    }
    if (c.flags() != 4) {
      return null;
    }
    return c.op() == OpCode.CREATE_CONTAINER
        ? c
        : new Request.Create(OpCode.CREATE_CONTAINER, c.path(), c.data(), c.acl(), 4, 0);
  }

  private static @Nullable Request multiRead(WireReader in) {
    List<Request.Read> ops = new ArrayList<>();
    while (true) {
      int type = in.readInt();
      boolean done = in.readBoolean();
      in.readInt(); // err: means nothing in a request
      if (in.failed() || ops.size() == MAX_MULTI_OPS) {
        return null;
      }
      if (done) {
        return new Request.MultiRead(ops);
      }
      if (type != OpCode.GET_DATA && type != OpCode.GET_CHILDREN) {
        return null;
      }
      ZnodePath path = in.readPath();
      boolean watch = in.readBoolean();
      ops.add(
          type == OpCode.GET_DATA
              ? new Request.GetData(path, watch)
              : new Request.GetChildren(type, path, watch));
    }
  }

  private static @Nullable Request addWatch(WireReader in) {
    ZnodePath path = in.readPath();
    return switch (in.readInt()) {
      case 0 -> new Request.AddWatch(path, WatchKind.PERSISTENT);
      case 1 -> new Request.AddWatch(path, WatchKind.PERSISTENT_RECURSIVE);
      default -> null;
    };
  }

  private static @Nullable Request watcherType(int op, WireReader in) {
    ZnodePath path = in.readPath();
    int number = in.readInt();
    for (WatcherType type : WATCHER_TYPES) {
      if (type.code() == number) {
        return op == OpCode.CHECK_WATCHES
            ? new Request.CheckWatches(path, type)
            : new Request.RemoveWatches(path, type);
      }
    }
    return null;
  }

  private static Request setWatches(int op, WireReader in) {
    long relativeZxid = in.readLong();
    List<ZnodePath> data = in.readPaths();
    List<ZnodePath> exist = in.readPaths();
    List<ZnodePath> child = in.readPaths();
    boolean two = op == OpCode.SET_WATCHES2;
    List<ZnodePath> persistent = two ? in.readPaths() : List.of();
    List<ZnodePath> recursive = two ? in.readPaths() : List.of();
    return new Request.SetWatches(op, relativeZxid, data, exist, child, persistent, recursive);
  }

  /** A null scheme is one that nobody provides: ""; null credentials fail as malformed ones do. */
  private static @Nullable Request auth(WireReader in) {
    in.readInt(); // type: always 0
    String scheme = in.readString();
    byte[] credentials = in.readBuffer();
    return credentials == null ? null : new Request.Auth(scheme == null ? "" : scheme, credentials);
  }

  /** Null, where only blanks or "/" were asked for, since that means all to Apache. */
  private static @Nullable ZnodePath prefix(@Nullable ZnodePath asked) {
    if (asked == null) {
      return null;
    }
    int slashes = 0;
    for (byte b : asked.bytes()) {
      if (b == '/') {
        slashes++;
      } else if (b < 0 || b > ' ') {
        return asked;
      }
    }
    return slashes <= 1 ? null : asked;
  }
}
