package io.quorate.jute;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.api.Acl;
import io.quorate.api.EphemeralOwner;
import io.quorate.api.ErrorCode;
import io.quorate.api.EventType;
import io.quorate.api.Identity;
import io.quorate.api.LoadedZnode;
import io.quorate.api.OpCode;
import io.quorate.api.Reply;
import io.quorate.api.Stat;
import io.quorate.api.WatchEvent;
import io.quorate.api.ZnodePath;
import io.quorate.spi.codec.CodecException;
import io.quorate.spi.codec.tck.TckTree;
import io.quorate.spi.codec.tck.TckZnode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.jute.Record;
import org.apache.zookeeper.data.ClientInfo;
import org.apache.zookeeper.proto.ConnectResponse;
import org.apache.zookeeper.proto.Create2Response;
import org.apache.zookeeper.proto.CreateResponse;
import org.apache.zookeeper.proto.ErrorResponse;
import org.apache.zookeeper.proto.ExistsResponse;
import org.apache.zookeeper.proto.GetACLResponse;
import org.apache.zookeeper.proto.GetAllChildrenNumberResponse;
import org.apache.zookeeper.proto.GetChildren2Response;
import org.apache.zookeeper.proto.GetChildrenResponse;
import org.apache.zookeeper.proto.GetDataResponse;
import org.apache.zookeeper.proto.GetEphemeralsResponse;
import org.apache.zookeeper.proto.SetACLResponse;
import org.apache.zookeeper.proto.SetDataResponse;
import org.apache.zookeeper.proto.SetSASLResponse;
import org.apache.zookeeper.proto.SyncResponse;
import org.apache.zookeeper.proto.WatcherEvent;
import org.apache.zookeeper.proto.WhoAmIResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Replies and events: ours and Apache's are the same bytes, and each side's are understood. */
class ReplyGoldenTest {
  private static final ZnodePath PATH = ZnodePath.of("/äpfel/b");
  private static final long ZXID = 0x1_0000_0002L;
  private static final ReplyEncoder ENCODER = new ReplyEncoder(EphemeralOwner.Encoding.EXTENDED);

  private static final TckZnode ZNODE = znode(new byte[] {9, 8, 7}, 0x1234_5678_9abcL);
  private static final TckZnode EMPTY = znode(null, EphemeralOwner.CONTAINER);

  private static TckZnode znode(byte[] data, long owner) {
    TckTree tree = new TckTree(0);
    tree.load(new LoadedZnode(ZnodePath.ROOT, null, Acl.OPEN, 0, 0, 0, 0, 0, 0, 0, 0, 0));
    tree.load(
        new LoadedZnode(
            ZnodePath.of("/n"),
            data,
            Acl.OPEN,
            1L << 40,
            (1L << 41) + 1,
            1L << 42,
            1_700_000_000_123L,
            1_700_000_000_456L,
            -1,
            7,
            3,
            owner));
    if (data != null) {
      for (String child : List.of("/n/kind-1", "/n/ä")) {
        tree.load(new LoadedZnode(ZnodePath.of(child), null, Acl.OPEN, 0, 0, 0, 0, 0, 0, 0, 0, 0));
      }
    }
    return tree.node("/n");
  }

  private static Stat stat(TckZnode n) {
    return n.stat(EphemeralOwner.Encoding.EXTENDED);
  }

  private static org.apache.zookeeper.data.Stat apacheStat(TckZnode n) {
    return Apache.stat(stat(n));
  }

  /** A reply to an operation, Apache's records for its body, and what a client makes of it. */
  record Case(int op, Reply reply, ServerReply seen, Record... body) {
    @Override
    public String toString() {
      return reply.getClass().getSimpleName() + " " + op;
    }
  }

  static Stream<Case> cases() {
    String path = PATH.toString();
    List<String> names = List.of("kind-1", "ä");
    List<ZnodePath> paths = List.of(ZnodePath.of("kind-1"), ZnodePath.of("ä"));
    Acl acl = RequestCases.ACL;
    byte[] token = {5};
    return Stream.of(
        new Case(OpCode.DELETE, Reply.None.INSTANCE, ServerReply.Nothing.INSTANCE),
        new Case(
            OpCode.CREATE,
            new Reply.Created(PATH),
            new ServerReply.Path(PATH),
            new CreateResponse(path)),
        new Case(
            OpCode.CREATE2,
            new Reply.CreatedWithStat(PATH, ZNODE),
            new ServerReply.PathAndStat(PATH, stat(ZNODE)),
            new Create2Response(path, apacheStat(ZNODE))),
        new Case(
            OpCode.EXISTS,
            new Reply.OfStat(ZNODE),
            new ServerReply.StatOnly(stat(ZNODE)),
            new ExistsResponse(apacheStat(ZNODE))),
        new Case(
            OpCode.SET_DATA,
            new Reply.OfStat(EMPTY),
            new ServerReply.StatOnly(stat(EMPTY)),
            new SetDataResponse(apacheStat(EMPTY))),
        new Case(
            OpCode.SET_ACL,
            new Reply.OfStat(ZNODE),
            new ServerReply.StatOnly(stat(ZNODE)),
            new SetACLResponse(apacheStat(ZNODE))),
        new Case(
            OpCode.GET_DATA,
            new Reply.Data(ZNODE),
            new ServerReply.Data(ZNODE.data(), stat(ZNODE)),
            new GetDataResponse(ZNODE.data(), apacheStat(ZNODE))),
        new Case(
            OpCode.GET_DATA,
            new Reply.Data(EMPTY),
            new ServerReply.Data(null, stat(EMPTY)),
            new GetDataResponse(null, apacheStat(EMPTY))),
        new Case(
            OpCode.GET_CHILDREN,
            new Reply.Children(ZNODE, false),
            new ServerReply.Names(paths, null),
            new GetChildrenResponse(names)),
        new Case(
            OpCode.GET_CHILDREN,
            new Reply.Children(EMPTY, false),
            new ServerReply.Names(List.of(), null),
            new GetChildrenResponse(List.of())),
        new Case(
            OpCode.GET_CHILDREN2,
            new Reply.Children(ZNODE, true),
            new ServerReply.Names(paths, stat(ZNODE)),
            new GetChildren2Response(names, apacheStat(ZNODE))),
        new Case(
            OpCode.GET_ACL,
            new Reply.AclAndStat(acl, ZNODE),
            new ServerReply.AclAndStat(acl, stat(ZNODE)),
            new GetACLResponse(Apache.acl(acl), apacheStat(ZNODE))),
        new Case(
            OpCode.GET_ACL,
            new Reply.AclAndStat(Acl.NONE, ZNODE),
            new ServerReply.AclAndStat(Acl.OPEN, stat(ZNODE)),
            new GetACLResponse(Apache.acl(31, "world", "anyone"), apacheStat(ZNODE))),
        new Case(
            OpCode.GET_ALL_CHILDREN_NUMBER,
            new Reply.Count(12),
            new ServerReply.Count(12),
            new GetAllChildrenNumberResponse(12)),
        new Case(
            OpCode.GET_EPHEMERALS,
            new Reply.Ephemerals(paths),
            new ServerReply.Names(paths, null),
            new GetEphemeralsResponse(names)),
        new Case(
            OpCode.SYNC,
            new Reply.Synced(PATH),
            new ServerReply.Path(PATH),
            new SyncResponse(path)),
        new Case(
            OpCode.ADD_WATCH,
            Reply.WatchAdded.INSTANCE,
            new ServerReply.Count(0),
            new ErrorResponse(0)),
        new Case(
            OpCode.WHO_AM_I,
            new Reply.Who(List.of(new Identity("ip", "::1"), new Identity("digest", "joe"))),
            new ServerReply.Who(List.of(new Identity("ip", "::1"), new Identity("digest", "joe"))),
            new WhoAmIResponse(
                List.of(new ClientInfo("ip", "::1"), new ClientInfo("digest", "joe")))),
        new Case(
            OpCode.SASL,
            new Reply.SaslToken(token),
            new ServerReply.Token(token),
            new SetSASLResponse(token)),
        new Case(
            OpCode.SASL,
            new Reply.SaslToken(null),
            new ServerReply.Token(null),
            new SetSASLResponse(null)),
        multi());
  }

  private static Case multi() {
    Reply.Result[] results = {
      new Reply.Result(OpCode.CREATE, new Reply.Created(PATH)),
      new Reply.Result(OpCode.CREATE2, new Reply.CreatedWithStat(PATH, ZNODE)),
      new Reply.Result(OpCode.CREATE_TTL, new Reply.CreatedWithStat(PATH, ZNODE)),
      new Reply.Result(OpCode.CREATE_CONTAINER, new Reply.CreatedWithStat(PATH, EMPTY)),
      new Reply.Result(OpCode.DELETE, Reply.None.INSTANCE),
      new Reply.Result(OpCode.SET_DATA, new Reply.OfStat(ZNODE)),
      new Reply.Result(OpCode.CHECK, Reply.None.INSTANCE),
      new Reply.Result(OpCode.GET_DATA, new Reply.Data(ZNODE)),
      new Reply.Result(OpCode.GET_CHILDREN, new Reply.Children(ZNODE, false)),
      new Reply.Result(OpCode.CREATE, new Reply.Refused(ErrorCode.OK)),
      new Reply.Result(OpCode.DELETE, new Reply.Refused(ErrorCode.NO_NODE)),
      new Reply.Result(OpCode.CHECK, new Reply.Refused(ErrorCode.RUNTIME_INCONSISTENCY))
    };
    Create2Response created = new Create2Response(PATH.toString(), apacheStat(ZNODE));
    ServerReply createdSeen = new ServerReply.PathAndStat(PATH, stat(ZNODE));
    List<Record> body = new ArrayList<>();
    List<ServerReply.Result> seen = new ArrayList<>();
    add(body, seen, 1, 0, new ServerReply.Path(PATH), new CreateResponse(PATH.toString()));
    add(body, seen, 15, 0, createdSeen, created);
    add(body, seen, 15, 0, createdSeen, created);
    add(
        body,
        seen,
        15,
        0,
        new ServerReply.PathAndStat(PATH, stat(EMPTY)),
        new Create2Response(PATH.toString(), apacheStat(EMPTY)));
    add(body, seen, 2, 0, ServerReply.Nothing.INSTANCE, null);
    add(
        body,
        seen,
        5,
        0,
        new ServerReply.StatOnly(stat(ZNODE)),
        new SetDataResponse(apacheStat(ZNODE)));
    add(body, seen, 13, 0, ServerReply.Nothing.INSTANCE, null);
    add(
        body,
        seen,
        4,
        0,
        new ServerReply.Data(ZNODE.data(), stat(ZNODE)),
        new GetDataResponse(ZNODE.data(), apacheStat(ZNODE)));
    add(
        body,
        seen,
        8,
        0,
        new ServerReply.Names(List.of(ZnodePath.of("kind-1"), ZnodePath.of("ä")), null),
        new GetChildrenResponse(List.of("kind-1", "ä")));
    add(body, seen, -1, 0, new ServerReply.Count(0), new ErrorResponse(0));
    add(body, seen, -1, -101, new ServerReply.Count(-101), new ErrorResponse(-101));
    add(body, seen, -1, -2, new ServerReply.Count(-2), new ErrorResponse(-2));
    body.add(Apache.end());
    return new Case(
        OpCode.MULTI,
        new Reply.MultiResult(List.of(results)),
        new ServerReply.Results(seen),
        body.toArray(Record[]::new));
  }

  private static void add(
      List<Record> body,
      List<ServerReply.Result> seen,
      int type,
      int err,
      ServerReply reply,
      Record record) {
    body.add(Apache.op(type, err));
    if (record != null) {
      body.add(record);
    }
    seen.add(new ServerReply.Result(type, err, reply));
  }

  private static byte[] written(WireWriter out) {
    return Arrays.copyOf(out.array(), out.position());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void sameBytesAsApache(Case c) {
    WireWriter out = new WireWriter(0);
    ENCODER.reply(out, 77, ZXID, c.reply);
    assertArrayEquals(Apache.reply(77, ZXID, 0, c.body), written(out));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aClientUnderstands(Case c) throws CodecException {
    byte[] frame = Apache.reply(77, ZXID, 0, c.body);
    assertEquals(new ServerReply.Header(77, ZXID, 0), ReplyDecoder.header(frame, 4, 16));
    ServerReply seen = ReplyDecoder.body(c.op, frame, 20, frame.length - 20);
    assertTrue(same(c.seen, seen), () -> c.seen + " but " + seen);
    for (int n = 20; n < frame.length; n++) {
      int length = n - 20;
      assertThrows(CodecException.class, () -> ReplyDecoder.body(c.op, frame, 20, length));
    }
  }

  /** Equal, arrays by content. */
  private static boolean same(ServerReply a, ServerReply b) {
    if (a instanceof ServerReply.Data x && b instanceof ServerReply.Data y) {
      return Arrays.equals(x.data(), y.data()) && x.stat().equals(y.stat());
    } else if (a instanceof ServerReply.Token x && b instanceof ServerReply.Token y) {
      return Arrays.equals(x.token(), y.token());
    } else if (a instanceof ServerReply.Results x && b instanceof ServerReply.Results y) {
      boolean same = x.results().size() == y.results().size();
      for (int i = 0; same && i < x.results().size(); i++) {
        ServerReply.Result p = x.results().get(i);
        ServerReply.Result q = y.results().get(i);
        same = p.type() == q.type() && p.err() == q.err() && same(p.body(), q.body());
      }
      return same;
    }
    return a.equals(b);
  }

  @Test
  void refusalsAreHeadersOnly() {
    for (ErrorCode error : ErrorCode.values()) {
      WireWriter out = new WireWriter();
      ENCODER.reply(out, -4, 0, new Reply.Refused(error));
      assertArrayEquals(Apache.reply(-4, 0, error.code()), written(out));
    }
  }

  @Test
  void aRefusedSaslTokenIsAnsweredWithAnEmptyOne() {
    WireWriter out = new WireWriter();
    ENCODER.saslRefused(out, 7, ErrorCode.SESSION_CLOSED_REQUIRE_SASL_AUTH);
    assertArrayEquals(Apache.reply(7, 0, -124, new SetSASLResponse(null)), written(out));
  }

  @Test
  void emptyMulti() {
    WireWriter out = new WireWriter();
    ENCODER.reply(out, 1, 2, new Reply.MultiResult(List.of()));
    assertArrayEquals(Apache.reply(1, 2, 0, Apache.end()), written(out));
  }

  @Test
  void events() throws CodecException {
    for (EventType type : EventType.values()) {
      WireWriter out = new WireWriter();
      ENCODER.event(out, new WatchEvent(type, PATH, -1));
      byte[] theirs = Apache.reply(-1, -1, 0, new WatcherEvent(type.code(), 3, PATH.toString()));
      assertArrayEquals(theirs, written(out));
      assertEquals(
          new ServerReply.Event(type.code(), 3, PATH),
          ReplyDecoder.event(theirs, 20, theirs.length - 20));
    }
  }

  @Test
  void framesFollowOneAnother() {
    WireWriter out = new WireWriter(0);
    ENCODER.event(out, new WatchEvent(EventType.NODE_CREATED, PATH, 5));
    ENCODER.reply(out, 1, 5, Reply.None.INSTANCE);
    byte[] event = Apache.reply(-1, 5, 0, new WatcherEvent(1, 3, PATH.toString()));
    byte[] reply = Apache.reply(1, 5, 0);
    byte[] both = Arrays.copyOf(event, event.length + reply.length);
    System.arraycopy(reply, 0, both, event.length, reply.length);
    assertArrayEquals(both, written(out));
  }

  @Test
  void ownersAreShownAsTheServerReadsThem() throws CodecException {
    long ttl = EphemeralOwner.ofTtl(1000, EphemeralOwner.Encoding.EXTENDED);
    TckZnode node = znode(null, ttl);
    for (EphemeralOwner.Encoding encoding : EphemeralOwner.Encoding.values()) {
      WireWriter out = new WireWriter();
      new ReplyEncoder(encoding).reply(out, 1, 1, new Reply.OfStat(node));
      ServerReply seen = ReplyDecoder.body(OpCode.EXISTS, out.array(), 20, out.position() - 20);
      Stat stat = assertInstanceOf(ServerReply.StatOnly.class, seen).stat();
      assertEquals(
          encoding == EphemeralOwner.Encoding.PLAIN ? ttl : 0,
          stat.ephemeralOwner(),
          "" + encoding);
      assertEquals(14, stat.cversion());
    }
  }

  @Test
  void connectResponses() throws CodecException {
    byte[] password = new byte[16];
    password[15] = 1;
    for (boolean readOnly : new boolean[] {false, true}) {
      WireWriter out = new WireWriter();
      ENCODER.connectResponse(out, 30000, 99, password, readOnly, true);
      byte[] theirs = Apache.frame(new ConnectResponse(0, 30000, 99, password, readOnly));
      assertArrayEquals(theirs, written(out));
      assertEquals(41, theirs.length, "what the C client reads");
      ServerReply.Connected seen = ReplyDecoder.connected(theirs, 4, 37);
      assertEquals(30000, seen.timeoutMs());
      assertEquals(99, seen.sessionId());
      assertArrayEquals(password, seen.password());
      assertEquals(readOnly, seen.readOnly());
    }
    WireWriter out = new WireWriter();
    ENCODER.connectResponse(out, 0, 0, new byte[16], false, false);
    byte[] rejected = written(out);
    assertEquals(40, rejected.length);
    assertEquals(0, ReplyDecoder.connected(rejected, 4, 36).timeoutMs());
    assertThrows(CodecException.class, () -> ReplyDecoder.connected(rejected, 4, 35));
    assertThrows(
        IllegalArgumentException.class,
        () -> ENCODER.connectResponse(out, 0, 0, new byte[15], false, false));
    assertEquals(40, out.position());
  }
}
