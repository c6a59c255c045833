package io.quorate.jute;

import io.quorate.api.Acl;
import io.quorate.api.OpCode;
import io.quorate.api.Request;
import io.quorate.api.WatchKind;
import io.quorate.api.WatcherType;
import io.quorate.api.ZnodePath;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.jute.Record;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.proto.AddWatchRequest;
import org.apache.zookeeper.proto.AuthPacket;
import org.apache.zookeeper.proto.CheckVersionRequest;
import org.apache.zookeeper.proto.CheckWatchesRequest;
import org.apache.zookeeper.proto.CreateRequest;
import org.apache.zookeeper.proto.CreateTTLRequest;
import org.apache.zookeeper.proto.DeleteRequest;
import org.apache.zookeeper.proto.ExistsRequest;
import org.apache.zookeeper.proto.GetACLRequest;
import org.apache.zookeeper.proto.GetAllChildrenNumberRequest;
import org.apache.zookeeper.proto.GetChildren2Request;
import org.apache.zookeeper.proto.GetChildrenRequest;
import org.apache.zookeeper.proto.GetDataRequest;
import org.apache.zookeeper.proto.GetEphemeralsRequest;
import org.apache.zookeeper.proto.GetSASLRequest;
import org.apache.zookeeper.proto.ReconfigRequest;
import org.apache.zookeeper.proto.RemoveWatchesRequest;
import org.apache.zookeeper.proto.SetACLRequest;
import org.apache.zookeeper.proto.SetDataRequest;
import org.apache.zookeeper.proto.SetWatches;
import org.apache.zookeeper.proto.SetWatches2;
import org.apache.zookeeper.proto.SyncRequest;

/** One request of every kind, with the bytes that Apache makes of it. */
final class RequestCases {
  private RequestCases() {}

  static final ZnodePath PATH = ZnodePath.of("/äpfel/b");
  static final byte[] DATA = {1, 2, 3, -1};
  static final Acl ACL =
      new Acl(List.of(new Acl.Entry(3, "digest", "joe:h="), new Acl.Entry(31, "ip", "10.0.0.0/8")));

  /** A request, and Apache's record for its body (null for none). */
  record Case(Request request, Record... body) {
    @Override
    public String toString() {
      return request.getClass().getSimpleName() + " " + request.op();
    }
  }

  static Stream<Case> cases() {
    String path = PATH.toString();
    List<ACL> acl = Apache.acl(ACL);
    List<Case> cases = new ArrayList<>();
    for (int op : new int[] {OpCode.CREATE, OpCode.CREATE2, OpCode.CREATE_CONTAINER}) {
      int flags = op == OpCode.CREATE_CONTAINER ? 4 : 3;
      cases.add(
          new Case(
              new Request.Create(op, PATH, DATA, ACL, flags, 0),
              new CreateRequest(path, DATA, acl, flags)));
    }
    cases.addAll(
        List.of(
            new Case(
                new Request.Create(OpCode.CREATE, PATH, null, null, -7, 0),
                new CreateRequest(path, null, null, -7)),
            new Case(
                new Request.Create(OpCode.CREATE, PATH, new byte[0], new Acl(List.of()), 0, 0),
                new CreateRequest(path, new byte[0], List.of(), 0)),
            new Case(
                new Request.Create(OpCode.CREATE_TTL, PATH, DATA, Acl.OPEN, 5, 1L << 39),
                new CreateTTLRequest(path, DATA, Apache.acl(Acl.OPEN), 5, 1L << 39)),
            new Case(new Request.Delete(PATH, -1), new DeleteRequest(path, -1)),
            new Case(new Request.SetData(PATH, DATA, 7), new SetDataRequest(path, DATA, 7)),
            new Case(new Request.SetData(PATH, null, 7), new SetDataRequest(path, null, 7)),
            new Case(new Request.SetAcl(PATH, ACL, 5), new SetACLRequest(path, acl, 5)),
            new Case(
                new Request.Reconfig("a", null, "ü", -1), new ReconfigRequest("a", null, "ü", -1)),
            new Case(new Request.CloseSession()),
            new Case(new Request.Exists(PATH, true), new ExistsRequest(path, true)),
            new Case(new Request.GetData(PATH, false), new GetDataRequest(path, false)),
            new Case(new Request.GetData(ZnodePath.of(""), true), new GetDataRequest("", true)),
            new Case(
                new Request.GetChildren(OpCode.GET_CHILDREN, PATH, true),
                new GetChildrenRequest(path, true)),
            new Case(
                new Request.GetChildren(OpCode.GET_CHILDREN2, PATH, false),
                new GetChildren2Request(path, false)),
            new Case(new Request.GetAcl(PATH), new GetACLRequest(path)),
            new Case(new Request.GetAllChildrenNumber(PATH), new GetAllChildrenNumberRequest(path)),
            new Case(new Request.GetEphemerals(PATH), new GetEphemeralsRequest(path)),
            new Case(new Request.GetEphemerals(null), new GetEphemeralsRequest(null)),
            new Case(new Request.WhoAmI()),
            new Case(new Request.Ping()),
            new Case(new Request.Sync(PATH), new SyncRequest(path)),
            new Case(
                new Request.AddWatch(PATH, WatchKind.PERSISTENT), new AddWatchRequest(path, 0)),
            new Case(
                new Request.AddWatch(PATH, WatchKind.PERSISTENT_RECURSIVE),
                new AddWatchRequest(path, 1)),
            new Case(new Request.Auth("digest", DATA), new AuthPacket(0, "digest", DATA)),
            new Case(new Request.Sasl(DATA), new GetSASLRequest(DATA))));
    for (WatcherType type : WatcherType.values()) {
      cases.add(
          new Case(
              new Request.RemoveWatches(PATH, type), new RemoveWatchesRequest(path, type.code())));
      cases.add(
          new Case(
              new Request.CheckWatches(PATH, type), new CheckWatchesRequest(path, type.code())));
    }
    cases.addAll(lists(path, acl));
    return cases.stream();
  }

  private static List<Case> lists(String path, List<ACL> acl) {
    List<ZnodePath> two = List.of(PATH, ZnodePath.of("/c"));
    List<String> twoText = List.of(path, "/c");
    List<ZnodePath> none = List.of();
    Request.Write[] writes = {
      new Request.Create(OpCode.CREATE, PATH, DATA, ACL, 2, 0),
      new Request.Create(OpCode.CREATE2, PATH, DATA, ACL, 0, 0),
      new Request.Create(OpCode.CREATE_CONTAINER, PATH, DATA, ACL, 4, 0),
      new Request.Create(OpCode.CREATE_TTL, PATH, DATA, ACL, 6, 99),
      new Request.Delete(PATH, 1),
      new Request.SetData(PATH, null, 2),
      new Request.Check(PATH, 3)
    };
    Record[] bodies = {
      new CreateRequest(path, DATA, acl, 2),
      new CreateRequest(path, DATA, acl, 0),
      new CreateRequest(path, DATA, acl, 4),
      new CreateTTLRequest(path, DATA, acl, 6, 99),
      new DeleteRequest(path, 1),
      new SetDataRequest(path, null, 2),
      new CheckVersionRequest(path, 3)
    };
    List<Record> multi = new ArrayList<>();
    for (int i = 0; i < writes.length; i++) {
      multi.add(Apache.op(writes[i].op(), -1));
      multi.add(bodies[i]);
    }
    multi.add(Apache.end());
    return List.of(
        new Case(
            new Request.SetWatches(OpCode.SET_WATCHES, 42, two, none, two, none, none),
            new SetWatches(42, twoText, List.of(), twoText)),
        new Case(
            new Request.SetWatches(OpCode.SET_WATCHES2, -1, none, two, none, two, two),
            new SetWatches2(-1, List.of(), twoText, List.of(), twoText, twoText)),
        new Case(new Request.Multi(List.of(writes)), multi.toArray(Record[]::new)),
        new Case(new Request.Multi(List.of()), Apache.end()),
        new Case(
            new Request.MultiRead(
                List.of(
                    new Request.GetData(PATH, false),
                    new Request.GetChildren(OpCode.GET_CHILDREN, PATH, true))),
            Apache.op(OpCode.GET_DATA, -1),
            new GetDataRequest(path, false),
            Apache.op(OpCode.GET_CHILDREN, -1),
            new GetChildrenRequest(path, true),
            Apache.end()));
  }

  /** A request as a frame. */
  static byte[] encode(int xid, Request request) {
    WireWriter out = new WireWriter(0);
    RequestEncoder.request(out, xid, request);
    return Arrays.copyOf(out.array(), out.position());
  }
}
