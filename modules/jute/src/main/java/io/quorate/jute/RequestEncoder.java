package io.quorate.jute;

import io.quorate.api.OpCode;
import io.quorate.api.Request;
import io.quorate.api.WatchKind;
import io.quorate.api.ZnodePath;

/**
 * Writes what a client sends to a server; each method writes one whole frame. Stateless.
 *
 * <p>Source: reference sections 1.3 to 1.6 and 1.8.
 */
public final class RequestEncoder {
  /** xid of a ping. */
  public static final int PING_XID = -2;

  /** xid of an auth packet. */
  public static final int AUTH_XID = -4;

  /** xid of setWatches and setWatches2. */
  public static final int SET_WATCHES_XID = -8;

  private RequestEncoder() {}

  /** Writes a ConnectRequest, with its last byte only if {@code hasReadOnlyByte}. */
  public static void connect(WireWriter out, ConnectRequest request) {
    int frame = out.beginFrame();
    out.putInt(request.protocolVersion());
    out.putLong(request.lastZxidSeen());
    out.putInt(request.timeoutMs());
    out.putLong(request.sessionId());
    out.putBuffer(request.password());
    if (request.hasReadOnlyByte()) {
      out.putBoolean(request.readOnly());
    }
    out.endFrame(frame);
  }

  /**
   * Writes a request.
   *
   * @throws IllegalArgumentException if it is {@link Request.Undecodable}, or an addWatch of a
   *     one-shot kind; what the writer then holds behind its former position is of no use
   */
  public static void request(WireWriter out, int xid, Request request) {
    int frame = out.beginFrame();
    out.putInt(xid);
    out.putInt(request.op());
    if (request instanceof Request.Read r) {
      read(out, r);
    } else if (request instanceof Request.Write r) {
      write(out, r);
    } else {
      local(out, request);
    }
    out.endFrame(frame);
  }

  private static void read(WireWriter out, Request.Read request) {
    if (request instanceof Request.Exists r) {
      out.putPath(r.path());
      out.putBoolean(r.setsWatch());
    } else if (request instanceof Request.GetData r) {
      out.putPath(r.path());
      out.putBoolean(r.setsWatch());
    } else if (request instanceof Request.GetChildren r) {
      out.putPath(r.path());
      out.putBoolean(r.setsWatch());
    } else if (request instanceof Request.GetAcl r) {
      out.putPath(r.path());
    } else if (request instanceof Request.GetAllChildrenNumber r) {
      out.putPath(r.path());
    } else if (request instanceof Request.GetEphemerals r) {
      ZnodePath prefix = r.prefix();
      out.putBuffer(prefix == null ? null : prefix.bytes());
    } else if (request instanceof Request.MultiRead r) {
      for (Request.Read op : r.ops()) {
        ReplyEncoder.multiHeader(out, op.op(), false, -1);
        read(out, op);
      }
      ReplyEncoder.multiHeader(out, -1, true, -1);
    } else if (!(request instanceof Request.WhoAmI || request instanceof Request.Ping)) {
      throw new IllegalArgumentException("no encoding for " + request.getClass());
    }
  }

  private static void write(WireWriter out, Request.Write request) {
    if (request instanceof Request.Create r) {
      create(out, r);
    } else if (request instanceof Request.Delete r) {
      out.putPath(r.path());
      out.putInt(r.version());
    } else if (request instanceof Request.SetData r) {
      out.putPath(r.path());
      out.putBuffer(r.data());
      out.putInt(r.version());
    } else if (request instanceof Request.SetAcl r) {
      out.putPath(r.path());
      AclWire.write(out, r.acl());
      out.putInt(r.version());
    } else if (request instanceof Request.Check r) {
      out.putPath(r.path());
      out.putInt(r.version());
    } else if (request instanceof Request.Multi r) {
      for (Request.Write op : r.ops()) {
        ReplyEncoder.multiHeader(out, op.op(), false, -1);
        write(out, op);
      }
      ReplyEncoder.multiHeader(out, -1, true, -1);
    } else if (request instanceof Request.Reconfig r) {
      out.putString(r.joining());
      out.putString(r.leaving());
      out.putString(r.members());
      out.putLong(r.configId());
    } else if (request instanceof Request.DeleteContainer r) {
      out.putPath(r.path());
    } else if (!(request instanceof Request.CloseSession)) {
      throw new IllegalArgumentException("no encoding for " + request.getClass());
    }
  }

  private static void create(WireWriter out, Request.Create request) {
    out.putPath(request.path());
    out.putBuffer(request.data());
    AclWire.write(out, request.acl());
    out.putInt(request.flags());
    if (request.op() == OpCode.CREATE_TTL) {
      out.putLong(request.ttlMs());
    }
  }

  private static void local(WireWriter out, Request request) {
    if (request instanceof Request.Sync r) {
      out.putPath(r.path());
    } else if (request instanceof Request.SetWatches r) {
      setWatches(out, r);
    } else if (request instanceof Request.AddWatch r) {
      out.putPath(r.path());
      out.putInt(mode(r.kind()));
    } else if (request instanceof Request.RemoveWatches r) {
      out.putPath(r.path());
      out.putInt(r.type().code());
    } else if (request instanceof Request.CheckWatches r) {
      out.putPath(r.path());
      out.putInt(r.type().code());
    } else if (request instanceof Request.Auth r) {
      out.putInt(0);
      out.putString(r.scheme());
      out.putBuffer(r.credentials());
    } else if (request instanceof Request.Sasl r) {
      byte[] token = r.token();
      out.putBuffer(token == null ? new byte[0] : token);
    } else {
      throw new IllegalArgumentException("no encoding for " + request.getClass());
    }
  }

  private static int mode(WatchKind kind) {
    return switch (kind) {
      case PERSISTENT -> 0;
      case PERSISTENT_RECURSIVE -> 1;
      default -> throw new IllegalArgumentException("addWatch can not set a watch of kind " + kind);
    };
  }

  private static void setWatches(WireWriter out, Request.SetWatches request) {
    out.putLong(request.relativeZxid());
    ReplyEncoder.paths(out, request.data());
    ReplyEncoder.paths(out, request.exist());
    ReplyEncoder.paths(out, request.child());
    if (request.op() == OpCode.SET_WATCHES2) {
      ReplyEncoder.paths(out, request.persistent());
      ReplyEncoder.paths(out, request.recursive());
    }
  }
}
