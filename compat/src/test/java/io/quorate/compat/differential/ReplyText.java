package io.quorate.compat.differential;

import io.quorate.compat.wire.AclEntry;
import io.quorate.compat.wire.JuteIn;
import io.quorate.compat.wire.Op;
import io.quorate.compat.wire.WireStat;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;

/** Turns frames of a server into text that two servers can be compared by. */
final class ReplyText {
  private final Run run;

  ReplyText(Run run) {
    this.run = run;
  }

  /** The answer to a handshake. Adopts the session it grants. */
  String connect(byte[] frame, Run.Client client) {
    JuteIn in = new JuteIn(frame);
    int version = in.int32();
    int timeout = in.int32();
    long id = in.int64();
    byte[] password = in.buffer();
    String readOnly = in.remaining() > 0 ? Boolean.toString(in.bool()) : "absent";
    if (timeout > 0) {
      client.session = adopt(id, password);
      client.handshaken = true;
    }
    return "connected version="
        + version
        + " timeout="
        + timeout
        + " session="
        + run.sessionName(id)
        + " password="
        + passwordText(password)
        + " readOnly="
        + readOnly
        + surplus(in);
  }

  private Run.Session adopt(long id, byte[] password) {
    for (Run.Session s : run.sessions) {
      if (s.id == id) {
        return s;
      }
    }
    Run.Session s = new Run.Session(id, password, "S" + run.sessions.size());
    run.sessions.add(s);
    return s;
  }

  private static String passwordText(byte[] password) {
    if (password == null) {
      return "null";
    }
    boolean zeros = true;
    for (byte b : password) {
      zeros &= b == 0;
    }
    return password.length + (zeros ? "-zeros" : "-bytes");
  }

  /** A watch event: a frame whose xid is -1. */
  String event(byte[] frame) {
    JuteIn in = new JuteIn(frame);
    in.int32();
    long zxid = in.int64();
    int error = in.int32();
    return "event zxid="
        + run.zxidName(zxid)
        + " err="
        + error
        + " type="
        + in.int32()
        + " state="
        + in.int32()
        + " path="
        + in.string()
        + surplus(in);
  }

  /** The reply to a request. */
  String reply(byte[] frame, Request request) {
    JuteIn in = new JuteIn(frame);
    int xid = in.int32();
    long zxid = in.int64();
    int error = in.int32();
    run.coverage.reply(request.op(), error);
    String head =
        "reply to " + request + " xid=" + xid + " zxid=" + run.zxidName(zxid) + " err=" + error;
    if (error != 0) {
      // Clients must ignore what follows an error; whether anything does is not part of the
      // contract.
      return head;
    }
    try {
      return head + " " + body(request.op(), in) + surplus(in);
    } catch (RuntimeException undecodable) {
      return head + " undecodable " + HexFormat.of().formatHex(frame);
    }
  }

  private String body(int op, JuteIn in) {
    return switch (op) {
      case Op.CREATE, Op.SYNC -> "path=" + in.string();
      case Op.CREATE2, Op.CREATE_CONTAINER, Op.CREATE_TTL -> "path=" + in.string() + " " + stat(in);
      case Op.EXISTS, Op.SET_DATA, Op.SET_ACL -> stat(in);
      case Op.GET_DATA, Op.RECONFIG -> "data=" + data(in.buffer()) + " " + stat(in);
      case Op.GET_ACL -> "acl=" + acl(in.acls()) + " " + stat(in);
      case Op.GET_CHILDREN, Op.GET_EPHEMERALS -> "names=" + sorted(in.strings());
      case Op.GET_CHILDREN2 -> "names=" + sorted(in.strings()) + " " + stat(in);
      case Op.GET_ALL_CHILDREN_NUMBER -> "number=" + in.int32();
      case Op.ADD_WATCH -> "error=" + in.int32();
      case Op.WHO_AM_I -> "ids=" + clientInfos(in);
      case Op.MULTI, Op.MULTI_READ -> "results=" + multi(op, in);
      case Op.SASL -> "token=" + data(in.buffer());
      default -> "";
    };
  }

  private String multi(int op, JuteIn in) {
    List<String> results = new ArrayList<>();
    while (true) {
      int type = in.int32();
      boolean done = in.bool();
      int error = in.int32();
      if (done) {
        results.add("end(" + type + "," + error + ")");
        return results.toString();
      }
      run.coverage.add(Op.name(op) + "/" + (type == -1 ? "error" : Op.name(type)), "" + error);
      results.add(
          type
              + ":"
              + error
              + ":"
              + switch (type) {
                case Op.ERROR -> "error=" + in.int32();
                case Op.DELETE, Op.CHECK -> "";
                default -> body(type, in);
              });
    }
  }

  private static String clientInfos(JuteIn in) {
    int count = in.int32();
    List<String> infos = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      infos.add(in.string() + ":" + in.string());
    }
    return sorted(infos);
  }

  private String stat(JuteIn in) {
    WireStat s = in.stat();
    return "stat[c="
        + run.zxidName(s.czxid())
        + " m="
        + run.zxidName(s.mzxid())
        + " ctime="
        + run.timeName(s.czxid(), s.ctime())
        + " mtime="
        + run.timeName(s.mzxid(), s.mtime())
        + " v="
        + s.version()
        + " cv="
        + s.cversion()
        + " av="
        + s.aversion()
        + " owner="
        + run.sessionName(s.ephemeralOwner())
        + " len="
        + s.dataLength()
        + " kids="
        + s.numChildren()
        + " p="
        + run.zxidName(s.pzxid())
        + "]";
  }

  private static String acl(List<AclEntry> acl) {
    return acl == null ? "null" : acl.toString();
  }

  /** The order of children, ephemerals and identities is nobody's promise. */
  private static String sorted(List<String> names) {
    if (names == null) {
      return "null";
    }
    List<String> copy = new ArrayList<>(names);
    Collections.sort(copy);
    return copy.toString();
  }

  private static String data(byte[] bytes) {
    return bytes == null ? "null" : "'" + HexFormat.of().formatHex(bytes) + "'";
  }

  private static String surplus(JuteIn in) {
    return in.remaining() == 0 ? "" : " surplus=" + in.remaining();
  }
}
