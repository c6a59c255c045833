package io.quorate.compat.differential;

import static io.quorate.compat.differential.ScriptBuilder.text;

import io.quorate.compat.differential.Handshake.Password;
import io.quorate.compat.wire.AclEntry;
import io.quorate.compat.wire.Bodies;
import io.quorate.compat.wire.JuteOut;
import io.quorate.compat.wire.Op;
import io.quorate.compat.wire.RawConnection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Scripts written by hand: each operation, each error, each combination that chance meets too
 * seldom. The reference's section 1 and its Appendix A are the list they were written from.
 */
final class DirectedScripts {
  private static final int[] PATH_READS = {
    Op.EXISTS, Op.GET_DATA, Op.GET_CHILDREN, Op.GET_CHILDREN2
  };
  private static final int[] PATH_ONLY = {
    Op.GET_ACL, Op.GET_ALL_CHILDREN_NUMBER, Op.SYNC, Op.GET_EPHEMERALS
  };

  private DirectedScripts() {}

  /** All of them; each keeps to paths of its own. */
  static List<Script> all() {
    List<Script> all = new ArrayList<>();
    all.add(everyOperation());
    all.add(handshakes());
    all.add(versions());
    all.add(sequences());
    all.add(containersAndTtl());
    all.add(paths());
    all.add(permissions());
    all.add(aclLists());
    all.add(identities());
    all.add(multis());
    all.add(multiReads());
    all.add(shortBodies());
    all.add(reservedNodes());
    all.add(quotas());
    all.add(sessions());
    all.add(closing());
    all.addAll(WatchScripts.all());
    return all;
  }

  static Script everyOperation() {
    ScriptBuilder b = new ScriptBuilder("every operation", 2);
    b.create(0, "/ops").create2(0, "/ops/a", text("hello"), 0).create2(0, "/ops/e", null, 1);
    b.container(0, "/ops/c").ttl(0, "/ops/t", 5, 1_000_000).ttl(0, "/ops/s-", 6, 1_000_000);
    b.create(0, "/ops/q-", 2, AclEntry.OPEN).create(0, "/ops/r-", 3, AclEntry.OPEN);
    for (int op : PATH_READS) {
      b.read(0, op, "/ops", false).read(0, op, "/ops/a", false).read(0, op, "/ops/none", false);
      b.read(1, op, "/", false).read(1, op, "", false);
    }
    for (int op : PATH_ONLY) {
      b.path(0, op, "/ops").path(0, op, "/ops/none").path(0, op, "/").path(1, op, "/ops");
    }
    b.setData(0, "/ops/a", text("changed"), 0).setData(0, "/ops/a", new byte[0], 1);
    b.setData(0, "/ops/a", null, 2).read(1, Op.GET_DATA, "/ops/a", false);
    b.setAcl(0, "/ops/a", List.of(new AclEntry(31, "world", "anyone")), 0);
    b.path(0, Op.GET_ACL, "/ops/a").ping(0).bare(0, Op.WHO_AM_I);
    b.multi(0, Op.CHECK, Bodies.pathVersion("/ops", -1))
        .multiRead(0, Op.GET_DATA, Bodies.pathWatch("/ops/a", false));
    b.send(0, Op.RECONFIG, "", Bodies.reconfig("server.2=127.0.0.1:1:2;3", null, null, -1));
    b.addWatch(0, "/ops", 1).checkWatches(0, "/ops", 5).removeWatches(0, "/ops", 5);
    b.delete(0, "/ops/c", 0).delete(0, "/ops/none", -1).delete(0, "/ops", -1);
    b.path(0, Op.GET_EPHEMERALS, "/ops/r").auth(0, "digest", "u1:p1").bare(0, Op.WHO_AM_I);
    return b.close(0).read(1, Op.GET_CHILDREN2, "/ops", false).script();
  }

  static Script handshakes() {
    ScriptBuilder b = new ScriptBuilder("handshakes", 3);
    for (int timeout : new int[] {-1, 0, 1, 19_999, 20_001, 60_001, Integer.MAX_VALUE}) {
      b.connect(1, Handshake.fresh().timeout(timeout)).close(1);
    }
    for (Boolean readOnly : Arrays.asList(null, true, false)) {
      b.connect(1, Handshake.fresh().readOnly(readOnly)).ping(1);
      b.connect(1, Handshake.again(1).readOnly(readOnly)).close(1);
      b.connect(1, Handshake.again(1).readOnly(readOnly));
    }
    for (Password p : Password.values()) {
      b.connect(1, Handshake.fresh().password(p)).close(1);
      b.connect(1, Handshake.fresh()).drop(1).connect(1, Handshake.again(1).password(p)).close(1);
    }
    b.connect(1, Handshake.fresh().seen(50)).connect(1, Handshake.fresh().seen(0));
    b.create(0, "/handshakes").connect(1, Handshake.fresh().seen(1_000_000));
    b.connect(1, Handshake.fresh()).connect(1, Handshake.again(1).seen(1_000_000));
    b.connect(1, Handshake.again(1)).ping(1);
    // Moved to another socket of another client: the first one is cut off.
    b.connect(2, Handshake.again(1)).ping(2).ping(1);
    b.connect(1, Handshake.fresh().surplus(1)).connect(1, Handshake.fresh().surplus(9));
    b.connect(1, Handshake.fresh().version(-1)).connect(1, Handshake.fresh().version(7));
    Request ping = Request.of(Op.XID_PING, Op.PING, "", Bodies.NONE);
    Request made =
        Request.of(1, Op.CREATE2, "early", Bodies.create("/handshakes/e", null, AclEntry.OPEN, 1));
    b.connect(1, Handshake.fresh(), made, ping).connect(1, Handshake.again(1), ping);
    return b.connect(
            1, new Handshake(0, Handshake.ZERO, 30_000, Handshake.UNKNOWN, Password.ZEROS, null, 0))
        .script();
  }

  static Script versions() {
    ScriptBuilder b = new ScriptBuilder("versions", 1).create(0, "/ver");
    for (int v : new int[] {-1, 0, 1, 2, 1, -2, Integer.MIN_VALUE, Integer.MAX_VALUE, 3}) {
      b.setData(0, "/ver", text("v" + v), v);
      b.setAcl(0, "/ver", AclEntry.OPEN, v).delete(0, "/ver/none", v);
      b.multi(0, Op.CHECK, Bodies.pathVersion("/ver", v));
    }
    b.create(0, "/ver/a").delete(0, "/ver", 99).delete(0, "/ver", -1).delete(0, "/ver/a", 1);
    b.delete(0, "/ver/a", 0).delete(0, "/ver/a", 0).read(0, Op.EXISTS, "/ver", false);
    return b.script();
  }

  static Script sequences() {
    ScriptBuilder b = new ScriptBuilder("sequences", 1).create(0, "/seq");
    b.create(0, "/seq/n-", 2, AclEntry.OPEN)
        .create(0, "/seq/plain")
        .create(0, "/seq/n-", 2, AclEntry.OPEN);
    b.delete(0, "/seq/plain", -1).create(0, "/seq/n-", 3, AclEntry.OPEN);
    b.create(0, "/seq/", 2, AclEntry.OPEN).create(0, "/seq/", 3, AclEntry.OPEN);
    b.create(0, "/seq/plain/", 0, AclEntry.OPEN).create(0, "/seq//", 2, AclEntry.OPEN);
    b.create(0, "/seq/none/n-", 2, AclEntry.OPEN).ttl(0, "/seq/", 6, 500_000);
    b.multi(
        0,
        Op.CREATE,
        Bodies.create("/seq/m-", null, AclEntry.OPEN, 2),
        Op.CREATE2,
        Bodies.create("/seq/m-", null, AclEntry.OPEN, 3),
        Op.CREATE_TTL,
        Bodies.createTtl("/seq/m-", null, AclEntry.OPEN, 6, 77_777),
        Op.CREATE_CONTAINER,
        Bodies.create("/seq/box", null, AclEntry.OPEN, 4),
        Op.CREATE2,
        Bodies.create("/seq/m-", null, AclEntry.OPEN, 2));
    return b.read(0, Op.GET_CHILDREN2, "/seq", false).script();
  }

  static Script containersAndTtl() {
    ScriptBuilder b = new ScriptBuilder("containers and ttl", 1).create(0, "/ct");
    b.container(0, "/ct/box").create(0, "/ct/box/in").delete(0, "/ct/box/in", -1);
    b.read(0, Op.EXISTS, "/ct/box", false).container(0, "/ct/box").container(0, "/ct/none/box");
    b.create(0, "/ct/box/e", 1, AclEntry.OPEN).read(0, Op.EXISTS, "/ct/box/e", false);
    for (long ttl :
        new long[] {0, -1, 1, 1L << 40, (1L << 40) - 1, Long.MAX_VALUE, Long.MIN_VALUE}) {
      b.ttl(0, "/ct/t" + ttl, 5, ttl).ttl(0, "/ct/s", 6, ttl);
    }
    b.create(0, "/ct/eph", 1, AclEntry.OPEN).ttl(0, "/ct/eph/t", 5, 10_000);
    b.container(0, "/ct/eph/c").create(0, "/ct/eph/p").ttl(0, "/ct/none/t", 5, 10_000);
    b.ttl(0, "/ct/live", 5, 600_000).create(0, "/ct/live/child").setData(0, "/ct/live", null, 0);
    return b.path(0, Op.GET_EPHEMERALS, "/ct").read(0, Op.EXISTS, "/ct/live", false).script();
  }

  static Script paths() {
    ScriptBuilder b = new ScriptBuilder("paths", 1).create(0, "/paths").create(0, "/paths/a");
    List<String> odd = new ArrayList<>(Vocabulary.strangeEndings());
    List<String> paths = new ArrayList<>(Vocabulary.fixedPaths());
    odd.forEach(e -> paths.add("/paths" + e));
    for (String path : paths) {
      if (!path.equals("/") && !path.isEmpty()) {
        b.create(0, path).create(0, path, 2, AclEntry.OPEN);
      }
      b.setData(0, path, text("p"), 5).delete(0, path, 5);
      b.setAcl(0, path, List.of(), 0).multi(0, Op.CHECK, Bodies.pathVersion(path, 3));
      for (int op : PATH_READS) {
        b.read(0, op, path, false);
      }
      b.path(0, Op.GET_ACL, path).path(0, Op.GET_EPHEMERALS, path);
      if (!path.isEmpty()) {
        b.path(0, Op.GET_ALL_CHILDREN_NUMBER, path);
      }
      b.addWatch(0, path, 0).removeWatches(0, path, 4).checkWatches(0, path, 3);
    }
    return b.script();
  }

  /** Every permission alone against every operation. */
  static Script permissions() {
    ScriptBuilder b = new ScriptBuilder("permissions", 1).create(0, "/perm");
    for (int p : new int[] {0, 1, 2, 4, 8, 16, 3, 17, 30, 15}) {
      String node = "/perm/p" + p;
      b.create(0, node).create(0, node + "/kid");
      b.setAcl(0, node, List.of(new AclEntry(p, "world", "anyone")), 0);
      for (int op : PATH_READS) {
        b.read(0, op, node, false);
      }
      for (int op : PATH_ONLY) {
        b.path(0, op, node);
      }
      b.setData(0, node, text("x"), -1).setData(0, node, text("x"), 99).create(0, node + "/new");
      b.create(0, node + "/kid").delete(0, node + "/kid", -1).delete(0, node + "/none", -1);
      b.multi(0, Op.CHECK, Bodies.pathVersion(node, 99));
      b.multiRead(
          0,
          Op.GET_DATA,
          Bodies.pathWatch(node, false),
          Op.GET_CHILDREN,
          Bodies.pathWatch(node, false));
      b.setAcl(0, node, AclEntry.OPEN, 99).setAcl(0, node, AclEntry.OPEN, -1);
    }
    return b.script();
  }

  /** ACL lists that are accepted, rewritten or refused. */
  static Script aclLists() {
    ScriptBuilder b = new ScriptBuilder("acl lists", 1).create(0, "/acl");
    List<List<AclEntry>> lists = new ArrayList<>();
    for (AclEntry e : Vocabulary.entries(AclEntry.ALL)) {
      lists.add(List.of(e));
      lists.add(List.of(new AclEntry(31, "world", "anyone"), e));
    }
    AclEntry world = new AclEntry(1, "world", "anyone");
    lists.add(List.of(world, world));
    lists.add(List.of(world, new AclEntry(3, "world", "anyone"), world));
    lists.add(List.of());
    lists.add(null);
    for (int round = 0; round < 2; round++) {
      int i = 0;
      for (List<AclEntry> list : lists) {
        String node = "/acl/r" + round + "n" + i++;
        b.create(0, node, 0, list).path(0, Op.GET_ACL, node);
      }
      b.auth(0, "digest", "u1:p1");
    }
    return b.auth(0, "digest", "super:test").path(0, Op.GET_ACL, "/acl/r1n8").script();
  }

  static Script identities() {
    ScriptBuilder b = new ScriptBuilder("identities", 2).create(0, "/id");
    List<AclEntry> mine = List.of(new AclEntry(31, "auth", ""));
    b.create(0, "/id/nobody", 0, mine).auth(0, "digest", "u1:p1").create(0, "/id/u1", 0, mine);
    b.read(1, Op.GET_DATA, "/id/u1", false).path(1, Op.GET_ACL, "/id/u1");
    b.auth(1, "digest", "u2:p2").read(1, Op.GET_DATA, "/id/u1", false).auth(1, "digest", "u1:p1");
    b.read(1, Op.GET_DATA, "/id/u1", false).path(1, Op.GET_ACL, "/id/u1").bare(1, Op.WHO_AM_I);
    b.auth(1, "digest", "u1:p1").bare(1, Op.WHO_AM_I).auth(0, "digest", "super:test");
    b.setAcl(0, "/id/u1", List.of(new AclEntry(1, "digest", Vocabulary.U2)), -1);
    b.path(1, Op.GET_ACL, "/id/u1").setData(0, "/id/u1", null, -1).setData(1, "/id/u1", null, -1);
    b.auth(1, "digest", "super:wrong").setData(1, "/id/u1", null, -1).auth(1, "ip", "x");
    for (String scheme : List.of("nosuch", "world", "auth", "super", "sasl", "x509", "")) {
      b.auth(1, scheme, "x").connect(1, Handshake.fresh());
    }
    for (String credentials : Arrays.asList("", "noColon", ":", "a:", ":b", "u1:p1:p1")) {
      b.auth(1, "digest", credentials).bare(1, Op.WHO_AM_I).connect(1, Handshake.fresh());
    }
    return b.script();
  }

  static Script multis() {
    ScriptBuilder b = new ScriptBuilder("multis", 2).create(0, "/mul").create(0, "/mul/a");
    byte[] ok = Bodies.setData("/mul/a", text("m"), -1);
    byte[] bad = Bodies.setData("/mul/a", text("m"), 77);
    b.addWatch(1, "/mul", 1).multi(0);
    b.multi(0, Op.SET_DATA, ok, Op.SET_DATA, ok, Op.CHECK, Bodies.pathVersion("/mul/a", 2));
    b.multi(0, Op.SET_DATA, ok, Op.SET_DATA, bad, Op.SET_DATA, ok);
    b.multi(
        0,
        Op.CREATE,
        Bodies.create("/mul/b", text("1"), AclEntry.OPEN, 0),
        Op.CREATE,
        Bodies.create("/mul/b/c", text("2"), AclEntry.OPEN, 1),
        Op.SET_DATA,
        Bodies.setData("/mul/b", text("3"), 0),
        Op.CHECK,
        Bodies.pathVersion("/mul/b", 1),
        Op.DELETE,
        Bodies.pathVersion("/mul/b/c", 0),
        Op.DELETE,
        Bodies.pathVersion("/mul/b", 1),
        Op.CREATE2,
        Bodies.create("/mul/b", text("4"), AclEntry.OPEN, 0));
    b.read(0, Op.GET_DATA, "/mul/b", false);
    for (Object[] failing :
        new Object[][] {
          {Op.CREATE, Bodies.create("/mul/a", null, AclEntry.OPEN, 0)},
          {Op.CREATE, Bodies.create("/mul/x/y", null, AclEntry.OPEN, 0)},
          {Op.CREATE, Bodies.create("/mul/e", null, List.of(), 0)},
          {Op.CREATE, Bodies.create("/mul//e", null, AclEntry.OPEN, 0)},
          {Op.CREATE2, Bodies.create("bad", null, AclEntry.OPEN, 0)},
          {Op.CREATE_TTL, Bodies.createTtl("/mul/e", null, AclEntry.OPEN, 5, -1)},
          {Op.DELETE, Bodies.pathVersion("/", -1)},
          {Op.DELETE, Bodies.pathVersion("/mul", -1)},
          {Op.DELETE, Bodies.pathVersion("/mul/none", -1)},
          {Op.SET_DATA, Bodies.setData(null, null, -1)},
          {Op.CHECK, Bodies.pathVersion("/mul/none", -1)},
          {Op.GET_DATA, Bodies.pathWatch("/mul", false)},
          {Op.SET_ACL, Bodies.setAcl("/mul", AclEntry.OPEN, -1)},
          {Op.MULTI, Bodies.multi(List.of())},
          {99, Bodies.NONE},
        }) {
      b.multi(0, Op.SET_DATA, ok, failing[0], failing[1], Op.SET_DATA, ok);
      b.read(0, Op.EXISTS, "/mul/a", false);
    }
    return b.script();
  }

  static Script multiReads() {
    ScriptBuilder b = new ScriptBuilder("multi reads", 1).create(0, "/mr").create(0, "/mr/a");
    byte[] data = Bodies.pathWatch("/mr/a", true);
    byte[] none = Bodies.pathWatch("/mr/none", true);
    b.multiRead(0).multiRead(0, Op.GET_DATA, data, Op.GET_CHILDREN, data);
    b.multiRead(0, Op.GET_DATA, none, Op.GET_DATA, data, Op.GET_CHILDREN, none);
    b.setData(0, "/mr/a", null, -1).multiRead(0, Op.EXISTS, data);
    b.multiRead(0, Op.GET_DATA, data, Op.SET_DATA, Bodies.setData("/mr/a", null, -1));
    return b.multiRead(0, Op.GET_CHILDREN2, data).script();
  }

  static Script shortBodies() {
    ScriptBuilder b = new ScriptBuilder("short bodies", 1).create(0, "/short");
    for (int op : PATH_READS) {
      b.read(0, op, null, false).send(0, op, "empty", Bodies.NONE).send(0, op, "cut", new byte[3]);
    }
    for (int op : PATH_ONLY) {
      b.send(0, op, "empty", Bodies.NONE);
    }
    for (int op :
        new int[] {
          Op.CREATE, Op.CREATE2, Op.CREATE_CONTAINER, Op.CREATE_TTL, Op.DELETE, Op.SET_DATA,
          Op.SET_ACL, Op.MULTI, Op.MULTI_READ, Op.RECONFIG, Op.ADD_WATCH, Op.REMOVE_WATCHES,
          Op.CHECK_WATCHES
        }) {
      b.send(0, op, "empty", Bodies.NONE).send(0, op, "cut", new byte[] {0, 0, 0, 9, 'x'});
      b.send(0, op, "length of 2 GB", new byte[] {127, -1, -1, -1, 0});
      b.send(0, op, "negative length", new byte[] {-1, -1, -1, -2, 0});
      b.send(0, op, "noise", new byte[] {0, 0, 0, 2, '/', 'n', 0, 0, 1});
    }
    b.send(0, Op.WHO_AM_I, "surplus", new byte[9]).send(0, Op.PING, "surplus", new byte[9]);
    b.bare(0, Op.PING).setAcl(0, "/short", null, -1);
    return b.read(0, Op.EXISTS, "/short", false).script();
  }

  static Script reservedNodes() {
    ScriptBuilder b = new ScriptBuilder("reserved nodes", 1);
    for (String path : List.of("/zookeeper", "/zookeeper/quota", "/zookeeper/config")) {
      for (int op : PATH_READS) {
        b.read(0, op, path, false);
      }
      b.path(0, Op.GET_ACL, path).path(0, Op.GET_ALL_CHILDREN_NUMBER, path);
      b.create(0, path).delete(0, path, -1).setData(0, path, text("r"), 99);
    }
    b.create(0, "/zookeeper/mine").delete(0, "/zookeeper/mine", -1);
    b.setData(0, "/zookeeper/config", text("r"), -1).auth(0, "digest", "super:test");
    return b.delete(0, "/zookeeper/config", -1).delete(0, "/", -1).script();
  }

  static Script quotas() {
    ScriptBuilder b = new ScriptBuilder("quotas", 1).create(0, "/quo");
    String q = "/zookeeper/quota/quo";
    b.create(0, q);
    b.create2(
        0, q + "/zookeeper_limits", text("count=2,bytes=8=;byteHardLimit=20;countHardLimit=4"), 0);
    b.create2(0, q + "/zookeeper_stats", text("count=0,bytes=0"), 0);
    b.read(0, Op.GET_DATA, q + "/zookeeper_stats", false);
    for (int i = 0; i < 5; i++) {
      b.create2(0, "/quo/n" + i, text("12345"), 0)
          .read(0, Op.GET_DATA, q + "/zookeeper_stats", false);
    }
    b.setData(0, "/quo/n0", new byte[30], -1).setData(0, "/quo/n0", new byte[1], -1);
    b.setData(0, "/quo/n0", null, -1).read(0, Op.GET_DATA, q + "/zookeeper_stats", false);
    b.multi(
        0,
        Op.CREATE,
        Bodies.create("/quo/m1", null, AclEntry.OPEN, 0),
        Op.CREATE,
        Bodies.create("/quo/m2", null, AclEntry.OPEN, 0));
    b.delete(0, "/quo/n1", -1).read(0, Op.GET_DATA, q + "/zookeeper_stats", false);
    b.setData(0, q + "/zookeeper_limits", text("count=-1,bytes=-1"), -1).create(0, "/quo/more");
    return b.delete(0, q + "/zookeeper_limits", -1).create(0, "/quo/free").script();
  }

  static Script sessions() {
    ScriptBuilder b = new ScriptBuilder("sessions", 3).create(0, "/ses").addWatch(2, "/ses", 1);
    b.create(1, "/ses/e1", 1, AclEntry.OPEN).create(1, "/ses/e-", 3, AclEntry.OPEN);
    b.path(1, Op.GET_EPHEMERALS, "/ses/e-").path(0, Op.GET_EPHEMERALS, null);
    b.drop(1).connect(1, Handshake.again(1)).path(1, Op.GET_EPHEMERALS, "/");
    b.delete(0, "/ses/e1", -1).path(1, Op.GET_EPHEMERALS, "").close(1);
    b.connect(1, Handshake.again(1)).read(0, Op.GET_CHILDREN, "/ses", false);
    // A session's own watches see its ephemerals go, before the answer to closeSession.
    b.connect(1, Handshake.fresh()).addWatch(1, "/ses", 0).create(1, "/ses/own", 1, AclEntry.OPEN);
    return b.close(1).script();
  }

  /** What closes the connection, and what was answered before. */
  static Script closing() {
    ScriptBuilder b = new ScriptBuilder("closing", 2).create(0, "/clo");
    for (int op : new int[] {0, 10, 13, 23, 71, 99, 108, -2, -3, -12, 500, Integer.MAX_VALUE}) {
      b.create(1, "/clo/op" + op, 1, AclEntry.OPEN).bare(1, op);
      b.connect(1, Handshake.again(1)).ping(1);
    }
    b.send(1, Op.AUTH, "short", Bodies.NONE).connect(1, Handshake.fresh());
    b.auth(1, null, "x").connect(1, Handshake.fresh());
    for (byte[] bytes :
        List.of(
            new byte[4],
            new byte[] {-1, -1, -1, -1},
            new byte[] {127, -1, -1, -1},
            new byte[] {0, 16, 0, 0},
            RawConnection.frame(new byte[3]),
            RawConnection.frame(new byte[7]),
            "GET / HTTP/1.1\r\n\r\n".getBytes(),
            new byte[] {22, 3, 1, 0, -56, 1, 0, 0, -60, 3, 3})) {
      b.step(new Step.Raw(1, "raw", bytes)).connect(1, Handshake.fresh());
    }
    b.send(1, Op.SASL, "token", new JuteOut().buffer(new byte[3]).toBytes()).ping(1);
    return b.send(1, Op.SASL, "empty", Bodies.NONE).ping(1).script();
  }
}
