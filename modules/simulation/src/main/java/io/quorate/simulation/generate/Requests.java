package io.quorate.simulation.generate;

import io.quorate.simulation.history.Op;
import io.quorate.simulation.model.Access;
import io.quorate.simulation.wire.Out;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Draws requests of one client. A seed leaves out some kinds, so that others come thicker. */
public final class Requests {
  /** What a request is about. */
  private enum Kind {
    CREATE(22),
    DELETE(9),
    SET_DATA(9),
    SET_ACL(4),
    MULTI(8),
    EXISTS(7),
    GET_DATA(7),
    GET_CHILDREN(6),
    GET_ACL(2),
    COUNT(1),
    EPHEMERALS(2),
    MULTI_READ(3),
    WHO(1),
    PING(4),
    SYNC(2),
    ADD_WATCH(4),
    REMOVE_WATCHES(3),
    CHECK_WATCHES(2),
    SET_WATCHES(2),
    AUTH(2),
    SASL(1),
    RECONFIG(1),
    MALFORMED(2),
    QUOTA(5);

    final int weight;

    Kind(int weight) {
      this.weight = weight;
    }
  }

  /** All that have a body, but auth and sasl, whose connection ends without an answer. */
  private static final List<Integer> MALFORMED =
      List.of(
          1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 14, 15, 16, 17, 18, 19, 21, 22, 101, 103, 104, 105, 106);

  private static final List<String> SCHEMES = List.of("nosuch", "world", "auth", "super", "x509");

  private final Dice dice;
  private final Paths paths;
  private final Acls acls;
  private final EnumMap<Kind, Integer> weights = new EnumMap<>(Kind.class);
  private final int maxData;
  private final String superUser;
  private int total;

  /**
   * Of one client.
   *
   * @param swarm draws which kinds the run leaves out; the same for all its clients
   * @param superUser name and password that make an auth packet super
   * @param maxData longest data
   */
  public Requests(Dice dice, Dice swarm, String superUser, int maxData) {
    this.dice = dice;
    this.paths = new Paths(dice);
    this.acls = new Acls(dice);
    this.superUser = superUser;
    this.maxData = maxData;
    boolean all = swarm.chance(0.4);
    for (Kind kind : Kind.values()) {
      boolean in = all || kind == Kind.CREATE || swarm.chance(0.6);
      if (in) {
        weights.put(kind, kind.weight);
        total += kind.weight;
      }
    }
  }

  /** The next request. */
  public Op next(long lastZxidSeen) {
    int n = dice.below(total);
    for (Map.Entry<Kind, Integer> entry : weights.entrySet()) {
      n -= entry.getValue();
      if (n < 0) {
        return draw(entry.getKey(), lastZxidSeen);
      }
    }
    throw new IllegalStateException("the weights do not add up");
  }

  private Op draw(Kind kind, long seen) {
    return switch (kind) {
      case CREATE -> create();
      case DELETE -> new Op.Delete(paths.any(), version());
      case SET_DATA -> new Op.SetData(paths.any(), data(), version());
      case SET_ACL -> new Op.SetAcl(paths.any(), acls.any(), version());
      case MULTI -> multi();
      case EXISTS -> {
        String path = paths.toRead();
        yield new Op.Exists(path, watch(path));
      }
      case GET_DATA -> {
        String path = paths.toRead();
        yield new Op.GetData(path, watch(path));
      }
      case GET_CHILDREN -> {
        String path = paths.toRead();
        yield new Op.GetChildren(dice.chance(0.5) ? 8 : 12, path, watch(path));
      }
      case GET_ACL -> new Op.GetAcl(paths.toRead());
      case COUNT -> new Op.GetAllChildrenNumber(nonEmpty());
      case EPHEMERALS -> new Op.GetEphemerals(dice.chance(0.6) ? null : dice.pick(PREFIXES));
      case MULTI_READ -> multiRead();
      case WHO -> new Op.WhoAmI();
      case PING -> new Op.Ping();
      case SYNC -> new Op.Sync(paths.watched());
      case ADD_WATCH -> new Op.AddWatch(paths.watched(), dice.chance(0.05) ? 7 : dice.below(2));
      case REMOVE_WATCHES -> new Op.RemoveWatches(paths.watched(), watcherType());
      case CHECK_WATCHES -> new Op.CheckWatches(paths.watched(), watcherType());
      case SET_WATCHES -> setWatches(seen);
      case AUTH -> auth();
      case SASL -> sasl();
      case RECONFIG -> new Op.Reconfig(null, "1", null, -1);
      case MALFORMED -> malformed();
      case QUOTA -> quota();
    };
  }

  private static final List<String> PREFIXES = List.of("", "/", " ", "/a", "/a/", "/b/c", "x");

  private boolean watch(@Nullable String path) {
    return path != null && !path.isEmpty() && dice.chance(0.5);
  }

  private @Nullable String nonEmpty() {
    String path = paths.toRead();
    return path != null && path.isEmpty() ? "/" : path;
  }

  private int version() {
    return dice.chance(0.6) ? -1 : dice.chance(0.9) ? dice.below(4) : (int) dice.any();
  }

  private byte @Nullable [] data() {
    int n = dice.below(20);
    if (n == 0) {
      return null;
    }
    return dice.bytes(n < 4 ? 0 : n < 18 ? dice.below(20) : dice.below(maxData));
  }

  private int watcherType() {
    return dice.chance(0.05) ? dice.pick(List.of(0, 6, -1)) : dice.between(1, 5);
  }

  private Op.Create create() {
    String path = paths.any();
    int n = dice.below(100);
    if (n < 4) { // what does not go together
      int code = dice.pick(List.of(1, 15, 19, 21));
      return new Op.Create(code, path, data(), acls.any(), dice.between(-1, 8), dice.below(3) - 1);
    }
    int code = dice.chance(0.5) ? 1 : 15;
    if (n < 36) {
      return new Op.Create(code, path, data(), acls.any(), 0, 0);
    }
    if (n < 56) {
      return new Op.Create(code, path, data(), acls.any(), 1, 0);
    }
    if (n < 78) {
      String prefix = dice.chance(0.3) && path != null ? path + "/" : path;
      return new Op.Create(code, prefix, data(), acls.any(), dice.chance(0.5) ? 2 : 3, 0);
    }
    if (n < 88) {
      return new Op.Create(19, path, data(), acls.any(), 4, 0);
    }
    return new Op.Create(21, path, data(), acls.any(), dice.chance(0.7) ? 5 : 6, ttl());
  }

  private long ttl() {
    return switch (dice.below(12)) {
      case 0 -> 0;
      case 1 -> -1;
      case 2 -> 1L << 40;
      case 3 -> (1L << 40) - 1;
      default -> dice.between(1, 8000);
    };
  }

  private Op multi() {
    List<Op> ops = new ArrayList<>();
    for (int n = dice.chance(0.05) ? 0 : dice.between(1, 5); n > 0; n--) {
      ops.add(
          switch (dice.below(10)) {
            case 0, 1, 2, 3 -> create();
            case 4, 5 -> new Op.Delete(paths.any(), version());
            case 6, 7 -> new Op.SetData(paths.any(), data(), version());
            default -> new Op.Check(paths.any(), version());
          });
    }
    return new Op.Multi(ops);
  }

  private Op multiRead() {
    List<Op> ops = new ArrayList<>();
    for (int n = dice.below(5); n > 0; n--) {
      String path = paths.watched();
      ops.add(
          dice.chance(0.5)
              ? new Op.GetData(path, dice.chance(0.5))
              : new Op.GetChildren(8, path, dice.chance(0.5)));
    }
    return new Op.MultiRead(ops);
  }

  /** A setWatches around what the client has seen. */
  public Op.SetWatches setWatches(long seen) {
    long since = dice.chance(0.7) ? seen : Math.max(0, seen - dice.below(10));
    boolean two = dice.chance(0.5);
    return new Op.SetWatches(
        two ? 105 : 101,
        since,
        somePaths(),
        somePaths(),
        somePaths(),
        two ? somePaths() : List.of(),
        two ? somePaths() : List.of());
  }

  private List<String> somePaths() {
    List<String> some = new ArrayList<>();
    for (int n = dice.below(4); n > 0; n--) {
      String path = paths.watched();
      if (!some.contains(path)) {
        some.add(path);
      }
    }
    return some;
  }

  /** An auth packet; seldom one that fails. */
  public Op.Auth auth() {
    int n = dice.below(20);
    if (n == 0) {
      return new Op.Auth(dice.pick(SCHEMES), new byte[] {'x'});
    }
    if (n == 1) {
      return new Op.Auth("ip", new byte[0]);
    }
    String user = n < 5 ? superUser : dice.pick(Acls.USERS);
    return new Op.Auth("digest", user.getBytes(StandardCharsets.UTF_8));
  }

  private Op.Sasl sasl() {
    if (dice.chance(0.3)) {
      return new Op.Sasl(null);
    }
    byte[] token = dice.bytes(dice.below(4));
    if (token.length > 0 && dice.chance(0.1)) {
      token[0] = Access.SASL_REFUSED;
    }
    return new Op.Sasl(token);
  }

  /** A known operation with a body that is cut off or holds a wrong length. */
  private Op malformed() {
    int code = dice.pick(MALFORMED);
    boolean parts = code == 14 || code == 22;
    byte[] body =
        switch (dice.below(4)) {
          case 0 -> new byte[0];
          case 1 -> dice.bytes(3);
          case 2 -> new Out().int32(parts ? 99 : -2 - dice.below(100)).bool(false).bytes();
          default -> new Out().int32(1 << 30).bool(false).int32(-1).raw(dice.bytes(5)).bytes();
        };
    return new Op.Malformed(code, body);
  }

  /** Quotas on /a, as the command line sets and removes them. */
  private Op quota() {
    String top = "/zookeeper/quota/a";
    long count = dice.between(1, 6);
    long bytes = dice.between(5, 80);
    String limits =
        dice.chance(0.3)
            ? "count=" + count + ",bytes=" + bytes
            : "count=-1,bytes=-1=;byteHardLimit=" + bytes + ";countHardLimit=" + count;
    byte[] text = limits.getBytes(StandardCharsets.US_ASCII);
    byte[] none = "count=0,bytes=0".getBytes(StandardCharsets.US_ASCII);
    return switch (dice.below(14)) {
      case 0, 1, 2 ->
          new Op.Multi(
              List.of(
                  open(top, new byte[0]),
                  open(top + "/zookeeper_limits", text),
                  open(top + "/zookeeper_stats", none)));
      case 3 ->
          new Op.Multi(
              List.of(
                  new Op.Delete(top + "/zookeeper_stats", -1),
                  new Op.Delete(top + "/zookeeper_limits", -1),
                  new Op.Delete(top, -1)));
      case 4 -> new Op.SetData(top + "/zookeeper_limits", text, -1);
      case 5 -> new Op.GetData(top + "/zookeeper_limits", false);
      case 6, 7 -> new Op.GetData(top + "/zookeeper_stats", dice.chance(0.3));
      case 8, 9, 10 -> counted();
      case 11, 12 -> new Op.Multi(List.of(counted(), counted()));
      default -> new Op.SetData("/a", dice.bytes(dice.below(100)), -1);
    };
  }

  /** A create of any kind that the quota counts. */
  private Op counted() {
    String path = "/a/q" + dice.below(20);
    byte[] data = dice.bytes(dice.below(30));
    int code = dice.pick(List.of(1, 15, 19, 21));
    int flags = code == 19 ? 4 : code == 21 ? 5 : 0;
    return new Op.Create(
        code, path, data, Access.OPEN, flags, code == 21 ? dice.between(1, 8000) : 0);
  }

  private static Op open(String path, byte[] data) {
    return new Op.Create(1, path, data, Access.OPEN, 0, 0);
  }

  /** An operation number that ends the connection. */
  public Op forbidden() {
    int code = dice.pick(List.of(0, 10, 13, 20, 23, 71, 99, 108, 500, -1, -2, -10, -12));
    return new Op.Forbidden(code, dice.bytes(dice.below(20)));
  }
}
