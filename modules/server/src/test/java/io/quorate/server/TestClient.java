package io.quorate.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quorate.api.Acl;
import io.quorate.api.EventType;
import io.quorate.api.OpCode;
import io.quorate.api.Request;
import io.quorate.api.ZnodePath;
import io.quorate.jute.ConnectRequest;
import io.quorate.jute.ReplyDecoder;
import io.quorate.jute.RequestEncoder;
import io.quorate.jute.ServerReply;
import io.quorate.jute.WireWriter;
import io.quorate.spi.codec.CodecException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The other end of a {@link FakeConnection}: encodes requests, shows what came as lines. */
final class TestClient {
  final FakeConnection channel;
  final ClientConnection connection;
  private final Stand stand;
  private final Map<Integer, Integer> ops = new HashMap<>();
  private int nextXid = 1;
  private int seen;
  private boolean connected;
  long sessionId;
  byte[] password = new byte[16];

  TestClient(Stand stand, FakeConnection channel, ClientConnection connection) {
    this.stand = stand;
    this.channel = channel;
    this.connection = connection;
  }

  static byte[] connectFrame(long lastZxid, long session, byte[] password, boolean readOnlyByte) {
    WireWriter out = new WireWriter();
    RequestEncoder.connect(
        out, new ConnectRequest(0, lastZxid, 10_000, session, password, false, readOnlyByte));
    return bytes(out);
  }

  static byte[] bytes(WireWriter out) {
    return java.util.Arrays.copyOf(out.array(), out.position());
  }

  void connect(long lastZxid, long session, byte[] password) {
    channel.feed(connectFrame(lastZxid, session, password, true));
  }

  byte[] frame(Request request) {
    WireWriter out = new WireWriter();
    int xid = request.op() == OpCode.PING ? -2 : request.op() == OpCode.AUTH ? -4 : nextXid++;
    ops.put(xid, request.op());
    RequestEncoder.request(out, xid, request);
    return bytes(out);
  }

  /** Sends requests in one piece. */
  void ask(Request... requests) {
    ByteBuffer all = ByteBuffer.allocate(1 << 22);
    for (Request r : requests) {
      all.put(frame(r));
    }
    channel.feed(java.util.Arrays.copyOf(all.array(), all.position()));
  }

  /** A frame with any operation number and no body. */
  void askRaw(int op) {
    channel.feed(ByteBuffer.allocate(12).putInt(8).putInt(nextXid++).putInt(op).array());
  }

  ServerReply.Connected takeConnected() {
    byte[] all = channel.received.toByteArray();
    int length = ByteBuffer.wrap(all, seen, 4).getInt();
    try {
      ServerReply.Connected c = ReplyDecoder.connected(all, seen + 4, length);
      seen += 4 + length;
      connected = true;
      sessionId = c.sessionId();
      password = c.password();
      return c;
    } catch (CodecException e) {
      throw new AssertionError(e);
    }
  }

  /** What came since the last call, a line each. */
  List<String> take() {
    List<String> lines = new ArrayList<>();
    byte[] all = channel.received.toByteArray();
    while (all.length - seen >= 4) {
      int length = ByteBuffer.wrap(all, seen, 4).getInt();
      if (all.length - seen - 4 < length) {
        break;
      }
      try {
        lines.add(line(all, seen + 4, length));
      } catch (CodecException e) {
        throw new AssertionError(e);
      }
      seen += 4 + length;
    }
    return lines;
  }

  private String line(byte[] a, int offset, int length) throws CodecException {
    ServerReply.Header h = ReplyDecoder.header(a, offset, length);
    int body = offset + ServerReply.Header.BYTES;
    int rest = length - ServerReply.Header.BYTES;
    if (h.xid() == -1) {
      ServerReply.Event e = ReplyDecoder.event(a, body, rest);
      return "event " + EventType.values()[e.type() - 1] + " " + e.path() + " @" + h.zxid();
    }
    String head = "#" + h.xid() + " @" + h.zxid();
    if (h.err() != 0) {
      assertEquals(0, rest, "no body behind an error");
      return head + " " + h.err();
    }
    ServerReply reply = ReplyDecoder.body(ops.get(h.xid()), a, body, rest);
    return head + text(reply);
  }

  private static String text(ServerReply reply) {
    return switch (reply) {
      case ServerReply.Path p -> " " + p.path();
      case ServerReply.Data d -> " '" + string(d.data()) + "' v" + d.stat().version();
      case ServerReply.StatOnly s -> " v" + s.stat().version();
      case ServerReply.Names n -> " " + n.names();
      default -> "";
    };
  }

  private static String string(byte[] data) {
    return data == null ? "null" : new String(data, StandardCharsets.UTF_8);
  }

  boolean isOpen() {
    return connected && !channel.closing && !channel.aborted;
  }

  static Request create(String path) {
    return new Request.Create(OpCode.CREATE, ZnodePath.of(path), null, Acl.OPEN, 0, 0);
  }

  static Request set(String path, String data) {
    return new Request.SetData(ZnodePath.of(path), data.getBytes(StandardCharsets.UTF_8), -1);
  }

  static Request get(String path) {
    return new Request.GetData(ZnodePath.of(path), false);
  }

  static Request watch(String path) {
    return new Request.GetData(ZnodePath.of(path), true);
  }

  static Request exists(String path) {
    return new Request.Exists(ZnodePath.of(path), false);
  }

  static Request sync(String path) {
    return new Request.Sync(ZnodePath.of(path));
  }

  static Request delete(String path) {
    return new Request.Delete(ZnodePath.of(path), -1);
  }

  Stand stand() {
    return stand;
  }
}
