package io.quorate.compat.data;

import io.quorate.compat.server.ServerProcess;
import io.quorate.compat.wire.AclEntry;
import io.quorate.compat.wire.Bodies;
import io.quorate.compat.wire.JuteIn;
import io.quorate.compat.wire.Op;
import io.quorate.compat.wire.RawConnection;
import io.quorate.compat.wire.WireSession;
import io.quorate.compat.wire.WireStat;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Everything a super user can read of a server: data, whole Stat and ACL of every znode. */
final class TreeDump {
  /** Plain credentials of the super digest that {@link #SUPER_DIGEST} allows. */
  static final String SUPER = "super:test";

  static final String SUPER_DIGEST = "super:D/InIHSb7yEEbrWz8b9l71RjZJU=";

  private static final int NO_NODE = -101;

  private final Map<String, String> nodes;

  private TreeDump(Map<String, String> nodes) {
    this.nodes = nodes;
  }

  static TreeDump of(ServerProcess server) throws IOException {
    return of(server, false);
  }

  /**
   * The tree while a server sweeps it: what goes between its listing and its reading is left out.
   */
  static TreeDump ofChanging(ServerProcess server) throws IOException {
    return of(server, true);
  }

  private static TreeDump of(ServerProcess server, boolean changing) throws IOException {
    try (WireSession session = WireSession.open(server.address(), 30_000)) {
      authenticate(session);
      Map<String, String> nodes = new TreeMap<>();
      Deque<String> open = new ArrayDeque<>(List.of("/"));
      while (!open.isEmpty()) {
        String path = open.pop();
        if (changing) {
          WireSession.Reply reply = session.call(Op.GET_CHILDREN, Bodies.pathWatch(path, false));
          if (reply.error() != NO_NODE) {
            nodes.put(path, "");
            push(open, path, reply.body().strings());
          }
          continue;
        }
        push(open, path, session.children(path));
        nodes.put(path, node(session, path));
      }
      session.closeSession();
      return new TreeDump(nodes);
    }
  }

  private static void push(Deque<String> open, String path, List<String> children) {
    for (String child : children) {
      open.push(path.equals("/") ? "/" + child : path + "/" + child);
    }
  }

  static void authenticate(WireSession session) throws IOException {
    session
        .connection()
        .sendFrame(RawConnection.request(Op.XID_AUTH, Op.AUTH, Bodies.auth("digest", SUPER)));
    if (session.readReply().error() != 0) {
      throw new AssertionError("the super digest is refused");
    }
  }

  private static String node(WireSession session, String path) throws IOException {
    JuteIn in = session.must(Op.GET_DATA, Bodies.pathWatch(path, false)).body();
    byte[] data = in.buffer();
    WireStat stat = in.stat();
    List<AclEntry> acl = session.must(Op.GET_ACL, Bodies.path(path)).body().acls();
    return (data == null ? "null" : HexFormat.of().formatHex(data)) + " " + stat + " " + acl;
  }

  int size() {
    return nodes.size();
  }

  boolean has(String path) {
    return nodes.containsKey(path);
  }

  /** Empty if the two are the same. */
  List<String> differences(TreeDump other) {
    List<String> found = new ArrayList<>();
    Map<String, String> all = new TreeMap<>(nodes);
    all.putAll(other.nodes);
    for (String path : all.keySet()) {
      String a = nodes.get(path);
      String b = other.nodes.get(path);
      if (a == null || !a.equals(b)) {
        found.add(path + "\n  before " + a + "\n  after  " + b);
      }
    }
    return found;
  }
}
