package io.quorate.jute;

import io.quorate.api.Acl;
import io.quorate.api.Identity;
import io.quorate.api.OpCode;
import io.quorate.api.Stat;
import io.quorate.spi.codec.CodecException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads what a server sends, for clients. Stateless. Every method throws {@link CodecException}
 * where the bytes are too short or a length is wrong; surplus bytes are ignored.
 *
 * <p>Source: reference sections 1.3 to 1.6, 1.8 and 1.9.
 */
public final class ReplyDecoder {
  private ReplyDecoder() {}

  /** The first message of a connection. */
  public static ServerReply.Connected connected(byte[] a, int offset, int length)
      throws CodecException {
    WireReader in = new WireReader(a, offset, length);
    in.readInt(); // protocol version: always 0
    int timeoutMs = in.readInt();
    long sessionId = in.readLong();
    byte[] password = in.readBuffer();
    boolean readOnly = in.remaining() > 0 && in.readBoolean();
    check(in, "ConnectResponse");
    return new ServerReply.Connected(
        timeoutMs, sessionId, password == null ? new byte[0] : password, readOnly);
  }

  /** The header of any later message. */
  public static ServerReply.Header header(byte[] a, int offset, int length) throws CodecException {
    WireReader in = new WireReader(a, offset, length);
    ServerReply.Header header = new ServerReply.Header(in.readInt(), in.readLong(), in.readInt());
    check(in, "ReplyHeader");
    return header;
  }

  /** The body behind a header with xid -1. */
  public static ServerReply.Event event(byte[] a, int offset, int length) throws CodecException {
    WireReader in = new WireReader(a, offset, length);
    ServerReply.Event event = new ServerReply.Event(in.readInt(), in.readInt(), in.readPath());
    check(in, "WatcherEvent");
    return event;
  }

  /**
   * The body behind a header without an error.
   *
   * @param op the operation that was asked for
   */
  public static ServerReply body(int op, byte[] a, int offset, int length) throws CodecException {
    WireReader in = new WireReader(a, offset, length);
    ServerReply reply = op == OpCode.MULTI || op == OpCode.MULTI_READ ? results(in) : body(op, in);
    check(in, "body of a reply to operation " + op);
    return reply;
  }

  private static void check(WireReader in, String what) throws CodecException {
    if (in.failed()) {
      throw new CodecException("not a " + what + ": " + in.problem());
    }
  }

  private static ServerReply body(int op, WireReader in) {
    return switch (op) {
      case OpCode.CREATE, OpCode.SYNC -> new ServerReply.Path(in.readPath());
      case OpCode.CREATE2, OpCode.CREATE_CONTAINER, OpCode.CREATE_TTL ->
          new ServerReply.PathAndStat(in.readPath(), stat(in));
      case OpCode.EXISTS, OpCode.SET_DATA, OpCode.SET_ACL -> new ServerReply.StatOnly(stat(in));
      case OpCode.GET_DATA, OpCode.RECONFIG -> new ServerReply.Data(in.readBuffer(), stat(in));
      case OpCode.GET_ACL -> new ServerReply.AclAndStat(acl(in), stat(in));
      case OpCode.GET_CHILDREN, OpCode.GET_EPHEMERALS ->
          new ServerReply.Names(in.readPaths(), null);
      case OpCode.GET_CHILDREN2 -> new ServerReply.Names(in.readPaths(), stat(in));
      case OpCode.GET_ALL_CHILDREN_NUMBER, OpCode.ADD_WATCH, OpCode.ERROR ->
          new ServerReply.Count(in.readInt());
      case OpCode.WHO_AM_I -> new ServerReply.Who(users(in));
      case OpCode.SASL -> new ServerReply.Token(in.readBuffer());
      default -> ServerReply.Nothing.INSTANCE;
    };
  }

  private static Acl acl(WireReader in) {
    Acl acl = AclWire.read(in);
    return acl == null ? new Acl(List.of()) : acl;
  }

  private static List<Identity> users(WireReader in) {
    int n = in.readCount(8, Integer.MAX_VALUE);
    List<Identity> users = new ArrayList<>(Math.max(0, n));
    for (int i = 0; i < n && !in.failed(); i++) {
      String scheme = in.readString();
      String user = in.readString();
      users.add(new Identity(scheme == null ? "" : scheme, user == null ? "" : user));
    }
    return users;
  }

  private static Stat stat(WireReader in) {
    return new Stat(
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readInt(),
        in.readInt(),
        in.readInt(),
        in.readLong(),
        in.readInt(),
        in.readInt(),
        in.readLong());
  }

  private static ServerReply results(WireReader in) {
    List<ServerReply.Result> results = new ArrayList<>();
    while (true) {
      int type = in.readInt();
      boolean done = in.readBoolean();
      int err = in.readInt();
      if (done || in.failed()) {
        return new ServerReply.Results(results);
      }
      results.add(new ServerReply.Result(type, err, body(type, in)));
    }
  }
}
