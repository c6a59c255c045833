package io.quorate.compat.differential;

import io.quorate.compat.wire.AclEntry;
import io.quorate.compat.wire.Bodies;
import io.quorate.compat.wire.Op;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Random requests of every kind. */
final class RequestGenerator {
  private static final int[] WRITES = {
    Op.CREATE,
    Op.CREATE,
    Op.CREATE,
    Op.CREATE2,
    Op.CREATE2,
    Op.CREATE_CONTAINER,
    Op.CREATE_TTL,
    Op.DELETE,
    Op.DELETE,
    Op.SET_DATA,
    Op.SET_DATA,
    Op.SET_ACL
  };
  private static final int[] READS = {
    Op.EXISTS,
    Op.GET_DATA,
    Op.GET_DATA,
    Op.GET_CHILDREN,
    Op.GET_CHILDREN2,
    Op.GET_ACL,
    Op.GET_EPHEMERALS,
    Op.GET_ALL_CHILDREN_NUMBER,
    Op.WHO_AM_I,
    Op.SYNC,
    Op.PING
  };
  private static final int[] WATCHES = {
    Op.EXISTS,
    Op.GET_DATA,
    Op.GET_CHILDREN,
    Op.GET_CHILDREN2,
    Op.ADD_WATCH,
    Op.ADD_WATCH,
    Op.REMOVE_WATCHES,
    Op.CHECK_WATCHES
  };

  private final Random random;
  private final Vocabulary words;
  private final Set<Flavour> flavours;
  private final boolean extendedTypes;
  private int nextXid = 1;

  RequestGenerator(Random random, Vocabulary words, Set<Flavour> flavours, boolean extendedTypes) {
    this.random = random;
    this.words = words;
    this.flavours = flavours;
    this.extendedTypes = extendedTypes;
  }

  private int xid() {
    return words.chance(1) ? words.oneOf(0, -3, Integer.MAX_VALUE, Integer.MIN_VALUE) : nextXid++;
  }

  /** A request that neither closes the connection nor carries a wrong body, as far as known. */
  Request plain() {
    int kind = random.nextInt(100);
    if (flavours.contains(Flavour.WATCHES) && kind < 30) {
      return body(words.oneOf(WATCHES), true);
    }
    if (flavours.contains(Flavour.MULTI) && kind < 60 && kind >= 30) {
      return words.chance(80) ? multi() : multiRead();
    }
    if (kind < 45) {
      return body(words.oneOf(READS), words.chance(20));
    }
    if (kind < 50) {
      return body(words.oneOf(WATCHES), true);
    }
    if (kind < 54) {
      return multi();
    }
    if (kind < 56) {
      return multiRead();
    }
    return kind == 56 ? body(Op.RECONFIG, false) : body(words.oneOf(WRITES), false);
  }

  /** A request of one operation with arguments at random. */
  Request body(int op, boolean watch) {
    String path = words.path();
    return switch (op) {
      case Op.CREATE, Op.CREATE2, Op.CREATE_CONTAINER, Op.CREATE_TTL -> create(op);
      case Op.DELETE -> {
        int version = words.version();
        yield request(op, path + " v" + version, Bodies.pathVersion(path, version));
      }
      case Op.SET_DATA -> setData(path);
      case Op.SET_ACL -> {
        // The ACL of the root and of what every script shares stays as it is.
        String target = path.startsWith("/d") ? path : words.goodPath();
        List<AclEntry> acl = words.acl();
        int version = words.version();
        yield request(op, target + " " + acl + " v" + version, Bodies.setAcl(target, acl, version));
      }
      case Op.EXISTS, Op.GET_DATA, Op.GET_CHILDREN, Op.GET_CHILDREN2 ->
          request(op, path + (watch ? " watch" : ""), Bodies.pathWatch(path, watch));
      case Op.ADD_WATCH -> {
        int mode = words.chance(4) ? words.oneOf(2, -1, 99) : words.below(2);
        yield request(op, path + " mode " + mode, Bodies.pathInt(path, mode));
      }
      case Op.REMOVE_WATCHES, Op.CHECK_WATCHES -> {
        int type = words.chance(4) ? words.oneOf(0, 6, -1) : 1 + words.below(5);
        yield request(op, path + " type " + type, Bodies.pathInt(path, type));
      }
      case Op.PING -> Request.of(Op.XID_PING, op, "", Bodies.NONE);
      case Op.WHO_AM_I -> request(op, "", Bodies.NONE);
      case Op.GET_EPHEMERALS -> {
        String prefix = words.oneOf(Arrays.asList(path, path, path, "", "/", null, " "));
        yield request(op, "" + prefix, Bodies.path(prefix));
      }
      case Op.RECONFIG ->
          request(op, "", Bodies.reconfig("server.2=127.0.0.1:1:2;3", null, null, -1));
      case Op.GET_ALL_CHILDREN_NUMBER -> {
        String parent = path.isEmpty() ? "/" : path;
        yield request(op, parent, Bodies.path(parent));
      }
      default -> request(op, path, Bodies.path(path));
    };
  }

  private Request setData(String path) {
    boolean limits = path.endsWith("zookeeper_limits");
    // Statistics are the server's own: a wrong text there stops Apache's bookkeeping.
    String target = path.endsWith("zookeeper_stats") ? words.goodPath() : path;
    byte[] data = limits ? words.quotaText() : words.data();
    int version = words.version();
    return request(
        Op.SET_DATA,
        target + " " + size(data) + " v" + version,
        Bodies.setData(target, data, version));
  }

  private Request create(int op) {
    List<AclEntry> acl = words.acl();
    byte[] data = words.data();
    int flags =
        switch (op) {
          case Op.CREATE_CONTAINER -> 4;
          case Op.CREATE_TTL -> words.oneOf(5, 6);
          default -> words.oneOf(0, 0, 0, 1, 2, 3);
        };
    boolean sequential = flags == 2 || flags == 3 || flags == 6;
    String path = sequential ? words.sequentialPath() : words.path();
    if (path.startsWith("/zookeeper/quota/")) {
      return quotaNode(op, path, acl);
    }
    if (op == Op.CREATE_TTL) {
      long ttl =
          words.chance(15)
              ? words.oneOf(List.of(0L, -1L, 1L << 40, (1L << 40) - 1, Long.MAX_VALUE))
              : 1_000_000L + random.nextInt(1_000);
      return request(
          op,
          path + " " + size(data) + " " + acl + " f" + flags + " ttl" + ttl,
          Bodies.createTtl(path, data, acl, flags, ttl));
    }
    return request(
        op,
        path + " " + size(data) + " " + acl + " f" + flags,
        Bodies.create(path, data, acl, flags));
  }

  /** Quota nodes hold the texts that quota nodes hold. */
  private Request quotaNode(int op, String path, List<AclEntry> acl) {
    int plainOp = op == Op.CREATE2 ? Op.CREATE2 : Op.CREATE;
    byte[] data =
        path.endsWith("zookeeper_limits")
            ? words.quotaText()
            : path.endsWith("zookeeper_stats") ? "count=0,bytes=0".getBytes() : words.data();
    return request(
        plainOp,
        path + " '" + new String(data == null ? new byte[0] : data) + "'",
        Bodies.create(path, data, acl, 0));
  }

  Request multi() {
    List<byte[]> ops = new ArrayList<>();
    StringBuilder what = new StringBuilder();
    int count = words.oneOf(0, 1, 1, 2, 2, 3, 4, 6);
    boolean strange = flavours.contains(Flavour.MALFORMED) && words.chance(8);
    for (int i = 0; i < count; i++) {
      int op =
          strange && words.chance(50)
              ? words.oneOf(Op.GET_DATA, Op.SET_ACL, Op.MULTI, 99, Op.SYNC)
              : words.oneOf(
                  Op.CREATE,
                  Op.CREATE2,
                  Op.CREATE,
                  Op.DELETE,
                  Op.SET_DATA,
                  Op.SET_DATA,
                  Op.CHECK,
                  Op.CREATE_CONTAINER,
                  Op.CREATE_TTL);
      Request r = op == Op.CHECK ? check() : body(op, false);
      if (r.op() != op && op != Op.CHECK) {
        op = r.op();
      }
      ops.add(Bodies.multiOp(op, r.body().bytes(null)));
      what.append(what.isEmpty() ? "" : "; ").append(Op.name(op)).append(' ').append(r.what());
    }
    return request(Op.MULTI, what.toString(), Bodies.multi(ops));
  }

  private Request check() {
    String path = words.path();
    int version = words.version();
    return Request.of(0, Op.CHECK, path + " v" + version, Bodies.pathVersion(path, version));
  }

  Request multiRead() {
    List<byte[]> ops = new ArrayList<>();
    StringBuilder what = new StringBuilder();
    int count = words.oneOf(0, 1, 2, 3, 4);
    boolean strange = flavours.contains(Flavour.MALFORMED) && words.chance(8);
    for (int i = 0; i < count; i++) {
      int op =
          strange && words.chance(50)
              ? words.oneOf(Op.EXISTS, Op.SET_DATA, Op.GET_CHILDREN2, 99)
              : words.oneOf(Op.GET_DATA, Op.GET_CHILDREN);
      Request r = body(op, words.chance(30));
      ops.add(Bodies.multiOp(op, r.body().bytes(null)));
      what.append(what.isEmpty() ? "" : "; ").append(Op.name(op)).append(' ').append(r.what());
    }
    return request(Op.MULTI_READ, what.toString(), Bodies.multi(ops));
  }

  /** The same request with a body that is cut, continued or senseless. */
  Request damaged(Request good) {
    byte[] body = good.body().bytes(null);
    String how;
    byte[] bad;
    switch (random.nextInt(3)) {
      case 0 -> {
        bad = Arrays.copyOf(body, body.length == 0 ? 0 : random.nextInt(body.length));
        how = "cut to " + bad.length;
      }
      case 1 -> {
        bad = Arrays.copyOf(body, body.length + 1 + random.nextInt(8));
        how = "surplus " + (bad.length - body.length);
      }
      default -> {
        bad = new byte[random.nextInt(24)];
        random.nextBytes(bad);
        how = "noise " + bad.length;
      }
    }
    return request(good.op(), how + ", was " + good.what(), bad);
  }

  /** An auth packet. Some fail, which closes the connection. */
  Request auth() {
    String scheme =
        words.oneOf(Arrays.asList("digest", "digest", "digest", "digest", "ip", "nosuch", "world"));
    String text =
        words.oneOf(Arrays.asList("u1:p1", "u1:p1", "u2:p2", "u1:wrong", "super:test", "x", ""));
    return Request.of(Op.XID_AUTH, Op.AUTH, scheme + " " + text, Bodies.auth(scheme, text));
  }

  /** setWatches or setWatches2, relative to what the client had seen. */
  Request setWatches(int client) {
    boolean two = random.nextBoolean();
    List<List<String>> lists = new ArrayList<>();
    for (int i = 0; i < (two ? 5 : 3); i++) {
      List<String> paths = new ArrayList<>();
      int count = words.oneOf(0, 1, 1, 2, 3);
      for (int k = 0; k < count; k++) {
        paths.add(words.goodPath());
      }
      lists.add(words.chance(2) ? List.of() : paths);
    }
    int back = words.oneOf(0, 0, 1, 2, 5, 20, 1_000_000);
    return new Request(
        Op.XID_SET_WATCHES,
        two ? Op.SET_WATCHES2 : Op.SET_WATCHES,
        "seen-" + back + " " + lists,
        run -> Bodies.setWatches(Math.max(0, run.lastZxid(client) - back), lists));
  }

  /** An operation that no server knows, or that is not for clients alone. */
  Request unknown() {
    int op = words.oneOf(Op.NOTIFICATION, 10, Op.CHECK, 23, 71, 99, 108, -2, -12, 1_000_000);
    return request(op, "", words.chance(50) ? Bodies.NONE : Bodies.pathVersion("/x", -1));
  }

  Request closeSession() {
    return request(Op.CLOSE_SESSION, "", Bodies.NONE);
  }

  Request sasl() {
    return request(Op.SASL, "", new io.quorate.compat.wire.JuteOut().buffer(new byte[3]).toBytes());
  }

  boolean extendedTypes() {
    return extendedTypes;
  }

  private Request request(int op, String what, byte[] body) {
    return Request.of(xid(), op, what, body);
  }

  private static String size(byte[] data) {
    return data == null ? "null" : data.length + "B";
  }
}
