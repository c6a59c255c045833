package io.quorate.compat.data;

import io.quorate.compat.server.ServerProcess;
import io.quorate.compat.wire.AclEntry;
import io.quorate.compat.wire.Bodies;
import io.quorate.compat.wire.Op;
import io.quorate.compat.wire.WireSession;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Fills a server with znodes of every kind, by several sessions, some of which stay open. */
final class Population {
  private final Random random;
  private final String root;
  private final int writes;

  Population(long seed, String root, int writes) {
    this.random = new Random(seed);
    this.root = root;
    this.writes = writes;
  }

  /** Leaves one session with ephemerals behind that nobody closes. */
  void fill(ServerProcess server, int lastingTimeoutMs) throws IOException {
    try (WireSession lasting = WireSession.open(server.address(), lastingTimeoutMs);
        WireSession passing = WireSession.open(server.address(), 30_000)) {
      TreeDump.authenticate(passing);
      passing.create(root, null, 0);
      passing.create(root + "/eph", null, 0);
      special(passing);
      quota(passing);
      for (int i = 0; i < 10; i++) {
        lasting.create(root + "/eph/e" + i, text("e" + i), 1);
        lasting.create(root + "/eph/s-", null, 3);
        passing.create(root + "/eph/gone" + i, null, 1);
      }
      for (int i = 0; i < writes; i++) {
        write(passing);
      }
      passing.closeSession();
    }
  }

  private void special(WireSession s) throws IOException {
    s.create(root + "/null", null, 0);
    s.create(root + "/empty", new byte[0], 0);
    s.create(root + "/big", new byte[700_000], 0);
    s.create(root + "/\u00e9\u4e2d", text("\u00e9"), 0);
    s.create(root + "/seq", null, 0);
    s.must(Op.CREATE_CONTAINER, Bodies.create(root + "/box", text("b"), AclEntry.OPEN, 4));
    s.create(root + "/box/kid", null, 0);
    s.must(Op.CREATE_CONTAINER, Bodies.create(root + "/usedbox", null, AclEntry.OPEN, 4));
    s.create(root + "/usedbox/kid", null, 0);
    s.must(Op.DELETE, Bodies.pathVersion(root + "/usedbox/kid", -1));
    for (long ttl : new long[] {1, 60_000, (1L << 40) - 1}) {
      s.must(
          Op.CREATE_TTL, Bodies.createTtl(root + "/ttl" + ttl, text("t"), AclEntry.OPEN, 5, ttl));
      s.must(
          Op.CREATE_TTL,
          Bodies.createTtl(root + "/ttl-", null, AclEntry.OPEN, 6, 50_000 + ttl % 7));
    }
    for (int i = 0; i < 120; i++) {
      List<AclEntry> acl = new ArrayList<>();
      acl.add(new AclEntry(1 + i % 31, "digest", "user" + i + ":" + "x".repeat(28)));
      acl.add(new AclEntry(1 + i % 7, "ip", "10.0." + i + ".0/24"));
      if (i % 3 == 0) {
        acl.add(new AclEntry(31, "world", "anyone"));
      }
      s.must(Op.CREATE, Bodies.create(root + "/acl" + i, null, acl, 0));
      if (i % 4 == 0) {
        s.must(Op.SET_ACL, Bodies.setAcl(root + "/acl" + i, AclEntry.OPEN, 0));
      }
    }
  }

  private void quota(WireSession s) throws IOException {
    String q = "/zookeeper/quota" + root;
    s.create(q, null, 0);
    s.create(q + "/zookeeper_limits", text("count=100000,bytes=1000000000"), 0);
    s.create(q + "/zookeeper_stats", text("count=0,bytes=0"), 0);
  }

  /** One random write; some fail, which is a transaction too. */
  private void write(WireSession s) throws IOException {
    String path = root + "/n" + random.nextInt(60);
    switch (random.nextInt(8)) {
      case 0, 1 -> s.call(Op.CREATE2, Bodies.create(path, data(), AclEntry.OPEN, 0));
      case 2 ->
          s.call(
              Op.CREATE, Bodies.create(path + "/k" + random.nextInt(4), data(), AclEntry.OPEN, 0));
      case 3 -> s.call(Op.SET_DATA, Bodies.setData(path, data(), random.nextInt(4) - 1));
      case 4 -> s.call(Op.DELETE, Bodies.pathVersion(path, -1));
      case 5 -> s.call(Op.CREATE, Bodies.create(root + "/seq/s-", data(), AclEntry.OPEN, 2));
      case 6 ->
          s.call(
              Op.SET_ACL,
              Bodies.setAcl(
                  path, List.of(new AclEntry(random.nextInt(32), "world", "anyone")), -1));
      default ->
          s.call(
              Op.MULTI,
              Bodies.multi(
                  List.of(
                      Bodies.multiOp(
                          Op.CREATE, Bodies.create(path + "m", data(), AclEntry.OPEN, 0)),
                      Bodies.multiOp(Op.SET_DATA, Bodies.setData(path, data(), -1)),
                      Bodies.multiOp(Op.DELETE, Bodies.pathVersion(path + "m", -1)))));
    }
  }

  private byte[] data() {
    byte[] bytes = new byte[random.nextInt(300)];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
