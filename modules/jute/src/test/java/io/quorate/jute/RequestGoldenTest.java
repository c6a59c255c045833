package io.quorate.jute;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.quorate.api.Acl;
import io.quorate.api.OpCode;
import io.quorate.api.Request;
import io.quorate.api.ZnodePath;
import io.quorate.spi.codec.CodecException;
import java.util.Arrays;
import java.util.List;
import org.apache.jute.Record;
import org.apache.zookeeper.MultiOperationRecord;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.proto.AddWatchRequest;
import org.apache.zookeeper.proto.AuthPacket;
import org.apache.zookeeper.proto.CheckVersionRequest;
import org.apache.zookeeper.proto.CheckWatchesRequest;
import org.apache.zookeeper.proto.CreateRequest;
import org.apache.zookeeper.proto.DeleteRequest;
import org.apache.zookeeper.proto.ExistsRequest;
import org.apache.zookeeper.proto.GetACLRequest;
import org.apache.zookeeper.proto.GetAllChildrenNumberRequest;
import org.apache.zookeeper.proto.GetChildren2Request;
import org.apache.zookeeper.proto.GetChildrenRequest;
import org.apache.zookeeper.proto.GetDataRequest;
import org.apache.zookeeper.proto.GetEphemeralsRequest;
import org.apache.zookeeper.proto.RemoveWatchesRequest;
import org.apache.zookeeper.proto.SetACLRequest;
import org.apache.zookeeper.proto.SetDataRequest;
import org.apache.zookeeper.proto.SetWatches;
import org.apache.zookeeper.proto.SyncRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests: ours and Apache's are the same bytes, and each side's bytes are understood. */
class RequestGoldenTest {
  private static final byte[] DATA = RequestCases.DATA;

  private static Request decode(int op, byte[] body) {
    Request request = RequestDecoder.decode(op, body, 0, body.length);
    return nonNull(request);
  }

  private static <T> T nonNull(@org.jspecify.annotations.Nullable T t) {
    assertNotNull(t);
    return t;
  }

  @ParameterizedTest
  @MethodSource("io.quorate.jute.RequestCases#cases")
  void sameBytesAsApache(RequestCases.Case c) {
    assertArrayEquals(
        Apache.request(9, c.request().op(), c.body()), RequestCases.encode(9, c.request()));
  }

  @ParameterizedTest
  @MethodSource("io.quorate.jute.RequestCases#cases")
  void decodesWhatApacheWrote(RequestCases.Case c) {
    byte[] frame = Apache.request(9, c.request().op(), c.body());
    Request decoded = RequestDecoder.decode(c.request().op(), frame, 12, frame.length - 12);
    assertInstanceOf(c.request().getClass(), decoded);
    // Arrays in records compare by identity, so the bytes have to tell.
    assertArrayEquals(frame, RequestCases.encode(9, nonNull(decoded)));
  }

  @ParameterizedTest
  @MethodSource("io.quorate.jute.RequestCases#cases")
  void ignoresSurplusBytes(RequestCases.Case c) {
    byte[] frame = Apache.request(9, c.request().op(), c.body());
    byte[] longer = Arrays.copyOf(frame, frame.length + 3);
    Request decoded = RequestDecoder.decode(c.request().op(), longer, 12, longer.length - 12);
    assertArrayEquals(frame, RequestCases.encode(9, nonNull(decoded)));
  }

  @ParameterizedTest
  @MethodSource("io.quorate.jute.RequestCases#cases")
  void everyTruncationIsUndecodable(RequestCases.Case c) {
    byte[] frame = Apache.request(9, c.request().op(), c.body());
    for (int n = 0; n < frame.length - 12; n++) {
      Request decoded = RequestDecoder.decode(c.request().op(), frame, 12, n);
      Request.Undecodable bad = assertInstanceOf(Request.Undecodable.class, decoded);
      assertEquals(c.request().op(), bad.op());
      assertEquals(c.request().op() == OpCode.MULTI, bad.write());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, -10, 10, 13, 20, 23, 99, 108, 71, Integer.MIN_VALUE, 500})
  void operationsThatClientsMayNotSend(int op) {
    byte[] body = Apache.bytes(new DeleteRequest("/a", 1));
    assertNull(RequestDecoder.decode(op, body, 0, body.length));
  }

  @Test
  void openAclIsRecognised() {
    byte[] body = Apache.bytes(new SetACLRequest("/a", Apache.acl(31, "world", "anyone"), 1));
    assertSame(Acl.OPEN, ((Request.SetAcl) decode(OpCode.SET_ACL, body)).acl());
    body = Apache.bytes(new SetACLRequest("/a", Apache.acl(30, "world", "anyone"), 1));
    assertEquals(
        new Acl(List.of(new Acl.Entry(30, "world", "anyone"))),
        ((Request.SetAcl) decode(OpCode.SET_ACL, body)).acl());
  }

  @Test
  void nullsInAnAcl() {
    // What Apache's fixupACL answers: -114 for these, which the empty scheme and id bring about.
    for (String[] pair : new String[][] {{null, "x"}, {null, null}, {"auth", null}, {"x", null}}) {
      byte[] body = Apache.bytes(new SetACLRequest("/a", Apache.acl(1, pair[0], pair[1]), 1));
      Acl acl = nonNull(((Request.SetAcl) decode(OpCode.SET_ACL, body)).acl());
      String scheme = pair[0] == null ? "" : pair[0];
      assertEquals(
          List.of(new Acl.Entry(1, scheme, pair[1] == null ? "" : pair[1])), acl.entries());
    }
    // And -5 for these, by a NullPointerException.
    for (String scheme : List.of("world", "digest", "ip")) {
      byte[] body = Apache.bytes(new SetACLRequest("/a", Apache.acl(1, scheme, null), 1));
      assertInstanceOf(Request.Undecodable.class, decode(OpCode.SET_ACL, body));
    }
  }

  @Test
  void nullPathsAreUndecodable() {
    Record[] bodies = {
      new CreateRequest(null, DATA, List.of(), 0),
      new DeleteRequest(null, 1),
      new ExistsRequest(null, false),
      new GetDataRequest(null, false),
      new SetDataRequest(null, DATA, 1),
      new GetACLRequest(null),
      new SetACLRequest(null, List.of(), 1),
      new GetChildrenRequest(null, false),
      new SyncRequest(null),
      new GetChildren2Request(null, false),
      new CheckWatchesRequest(null, 1),
      new RemoveWatchesRequest(null, 1),
      new GetAllChildrenNumberRequest(null),
      new AddWatchRequest(null, 0),
      new SetWatches(1, Arrays.asList("/a", null), List.of(), List.of()),
      new SetWatches(1, List.of(), null, List.of())
    };
    int[] ops = {1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 17, 18, 104, 106, 101, 101};
    for (int i = 0; i < ops.length; i++) {
      assertInstanceOf(Request.Undecodable.class, decode(ops[i], Apache.bytes(bodies[i])));
    }
  }

  @Test
  void wrongNumbersAreUndecodable() {
    for (int n : new int[] {-1, 2, 3, Integer.MAX_VALUE}) {
      byte[] body = Apache.bytes(new AddWatchRequest("/a", n));
      assertInstanceOf(Request.Undecodable.class, decode(OpCode.ADD_WATCH, body));
    }
    for (int n : new int[] {-1, 0, 6}) {
      byte[] body = Apache.bytes(new RemoveWatchesRequest("/a", n));
      assertInstanceOf(Request.Undecodable.class, decode(OpCode.REMOVE_WATCHES, body));
      assertInstanceOf(Request.Undecodable.class, decode(OpCode.CHECK_WATCHES, body));
    }
  }

  /** A multi is taken, and its creates are of the kind, that Apache takes and makes of them. */
  @Test
  void multiAsApacheDecodesIt() {
    Record[] bodies = {
      new CreateRequest("/a", DATA, List.of(), 0),
      new DeleteRequest("/a", 1),
      new GetDataRequest("/a", false),
      new SetDataRequest("/a", DATA, 1),
      new CheckVersionRequest("/a", 1)
    };
    for (int type = -2; type < 25; type++) {
      boolean create = type == 1 || type == 15 || type == 19;
      for (int flags = create ? -1 : 0; flags < (create ? 9 : 1); flags++) {
        Record body = new CreateRequest("/a", DATA, List.of(), flags);
        for (Record b : bodies) {
          Record chosen = create ? body : b;
          byte[] bytes = Apache.bytes(Apache.op(type, -1), chosen, Apache.end());
          assertEquals(apacheTypes(bytes), ourTypes(bytes), type + " with flags " + flags);
        }
      }
    }
  }

  private static String apacheTypes(byte[] bytes) {
    MultiOperationRecord record = new MultiOperationRecord();
    try {
      Apache.readSome(record, bytes, 0);
    } catch (RuntimeException e) {
      return "undecodable";
    }
    StringBuilder types = new StringBuilder();
    for (Op op : record) {
      if (op.getKind() == Op.OpKind.READ) {
        return "undecodable"; // decoded, but nothing that a multi can do
      }
      types.append(op.getType()).append(' ');
    }
    return types.toString();
  }

  private static String ourTypes(byte[] bytes) {
    Request request = decode(OpCode.MULTI, bytes);
    if (!(request instanceof Request.Multi multi)) {
      return "undecodable";
    }
    StringBuilder types = new StringBuilder();
    multi.ops().forEach(op -> types.append(op.op()).append(' '));
    return types.toString();
  }

  @Test
  void multiAndMultiReadDoNotMix() {
    byte[] read = Apache.bytes(Apache.op(4, -1), new GetDataRequest("/a", false), Apache.end());
    assertInstanceOf(Request.Undecodable.class, decode(OpCode.MULTI, read));
    byte[] write = Apache.bytes(Apache.op(2, -1), new DeleteRequest("/a", 1), Apache.end());
    assertInstanceOf(Request.Undecodable.class, decode(OpCode.MULTI_READ, write));
  }

  @Test
  void ephemeralsOfEverythingAreAskedForInSeveralWays() {
    for (String all : new String[] {"", " ", "/", " / ", "\t"}) {
      byte[] body = Apache.bytes(new GetEphemeralsRequest(all));
      assertNull(((Request.GetEphemerals) decode(OpCode.GET_EPHEMERALS, body)).prefix());
    }
    for (String some : new String[] {"/a", "//", "a", "ä", "/ä"}) {
      byte[] body = Apache.bytes(new GetEphemeralsRequest(some));
      assertEquals(
          ZnodePath.of(some),
          ((Request.GetEphemerals) decode(OpCode.GET_EPHEMERALS, body)).prefix());
    }
  }

  @Test
  void authWithNulls() {
    byte[] body = Apache.bytes(new AuthPacket(0, null, DATA));
    assertEquals("", ((Request.Auth) decode(OpCode.AUTH, body)).scheme());
    body = Apache.bytes(new AuthPacket(0, "digest", null));
    assertInstanceOf(Request.Undecodable.class, decode(OpCode.AUTH, body));
  }

  @Test
  void textOutsideTheBasicPlane() {
    String id = "joe \uD83D\uDE00 x\uD83D\uDE00";
    // Apache's writer makes two three-byte sequences of such a character; we write UTF-8.
    byte[] theirs = Apache.bytes(new SetACLRequest("/a", Apache.acl(1, "x", id), 1));
    byte[] ours =
        RequestCases.encode(
            1,
            new Request.SetAcl(ZnodePath.of("/a"), new Acl(List.of(new Acl.Entry(1, "x", id))), 1));
    assertEquals(theirs.length, ours.length - 12 + 4);
    Acl decoded = nonNull(((Request.SetAcl) decode(OpCode.SET_ACL, theirs)).acl());
    assertEquals(id, decoded.entries().get(0).id());
    SetACLRequest back = Apache.read(new SetACLRequest(), ours, 12);
    assertEquals(id, back.getAcl().get(0).getId().getId());
  }

  @Test
  void connectRequests() throws CodecException {
    byte[] password = new byte[16];
    password[3] = 7;
    byte[] theirs =
        Apache.frame(
            new org.apache.zookeeper.proto.ConnectRequest(0, 5, 30000, 77, password, true));
    WireWriter out = new WireWriter();
    RequestEncoder.connect(out, new ConnectRequest(0, 5, 30000, 77, password, true, true));
    assertArrayEquals(theirs, Arrays.copyOf(out.array(), out.position()));
    assertEquals(49, theirs.length);

    ConnectRequest decoded = ConnectRequest.decode(theirs, 4, 45);
    assertEquals(5, decoded.lastZxidSeen());
    assertEquals(30000, decoded.timeoutMs());
    assertEquals(77, decoded.sessionId());
    assertArrayEquals(password, decoded.password());
    assertEquals(true, decoded.readOnly());
    assertEquals(true, decoded.hasReadOnlyByte());

    ConnectRequest old = ConnectRequest.decode(theirs, 4, 44);
    assertEquals(false, old.readOnly());
    assertEquals(false, old.hasReadOnlyByte());
    out.reset();
    RequestEncoder.connect(out, old);
    assertEquals(48, out.position());

    for (int n = 0; n < 44; n++) {
      int length = n;
      assertThrows(CodecException.class, () -> ConnectRequest.decode(theirs, 4, length));
    }
  }

  @Test
  void connectRequestsWithOddPasswords() throws CodecException {
    byte[] none =
        Apache.bytes(new org.apache.zookeeper.proto.ConnectRequest(0, 0, 1, 0, null, false));
    assertEquals(0, ConnectRequest.decode(none, 0, none.length).password().length);
    byte[] huge =
        Apache.bytes(
            new org.apache.zookeeper.proto.ConnectRequest(0, 0, 1, 0, new byte[4097], false));
    assertThrows(CodecException.class, () -> ConnectRequest.decode(huge, 0, huge.length));
  }
}
