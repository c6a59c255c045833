package io.quorate.compat.differential;

import io.quorate.compat.differential.Handshake.Password;
import io.quorate.compat.wire.AclEntry;
import io.quorate.compat.wire.Bodies;
import io.quorate.compat.wire.Op;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Makes a script from a seed; the same seed makes the same script. */
public final class ScriptGenerator {
  private static final int CLIENTS = 3;

  private final Random random;
  private final Set<Flavour> flavours;
  private final Vocabulary words;
  private final RequestGenerator requests;
  private final String root;
  private final long seed;
  private final List<Step> steps = new ArrayList<>();

  private ScriptGenerator(long seed, String root) {
    this.seed = seed;
    this.root = root;
    // The first numbers of neighbouring seeds resemble each other: mix them.
    random = new Random(seed * 0x9E3779B97F4A7C15L ^ 0xD1B54A32D192ED03L);
    flavours = flavours(random);
    words = new Vocabulary(random, root, flavours);
    requests = new RequestGenerator(random, words, flavours, true);
  }

  /**
   * A script of about {@code length} steps.
   *
   * @param root first part of all its paths, such as {@code /d7}
   */
  public static Script generate(long seed, String root, int length) {
    return new ScriptGenerator(seed, root).script(length);
  }

  private static Set<Flavour> flavours(Random random) {
    EnumSet<Flavour> chosen = EnumSet.noneOf(Flavour.class);
    for (Flavour f : Flavour.values()) {
      if (random.nextInt(100) < 35) {
        chosen.add(f);
      }
    }
    // setWatches tells Apache 3.9.5 clients of znodes they may not read; ours is 3.9.6's rule.
    if (chosen.contains(Flavour.ACL)) {
      chosen.remove(Flavour.RECONNECT);
    }
    // Apache judges a create by the statistics applied so far, not by what is on its way: in one
    // write it answers now one thing, now another.
    if (chosen.contains(Flavour.QUOTA)) {
      chosen.remove(Flavour.PIPELINE);
    }
    return chosen;
  }

  private Script script(int length) {
    for (int c = 0; c < CLIENTS; c++) {
      steps.add(Step.Connect.fresh(c));
    }
    steps.add(
        Step.Send.of(
            0,
            Request.of(1, Op.CREATE, root, Bodies.create(root, null, AclEntry.OPEN, 0)),
            Request.of(
                2,
                Op.CREATE,
                root + "/a",
                Bodies.create(root + "/a", new byte[] {1}, AclEntry.OPEN, 0))));
    if (flavours.contains(Flavour.QUOTA)) {
      quota();
    }
    while (steps.size() < length) {
      step();
    }
    return new Script("seed " + seed + " " + flavours, CLIENTS, List.copyOf(steps));
  }

  private void quota() {
    List<Request> made = new ArrayList<>();
    String at = random.nextBoolean() ? "" : "/a";
    List<String> paths = new ArrayList<>(List.of("/zookeeper/quota" + root));
    if (!at.isEmpty()) {
      paths.add("/zookeeper/quota" + root + at);
    }
    int xid = 10;
    for (String p : paths) {
      made.add(Request.of(xid++, Op.CREATE, p, Bodies.create(p, null, AclEntry.OPEN, 0)));
    }
    String base = "/zookeeper/quota" + root + at;
    byte[] limits = words.quotaText();
    byte[] stats = "count=0,bytes=0".getBytes();
    made.add(
        Request.of(
            xid++,
            Op.CREATE,
            base + "/zookeeper_limits " + new String(limits),
            Bodies.create(base + "/zookeeper_limits", limits, AclEntry.OPEN, 0)));
    made.add(
        Request.of(
            xid,
            Op.CREATE,
            base + "/zookeeper_stats",
            Bodies.create(base + "/zookeeper_stats", stats, AclEntry.OPEN, 0)));
    steps.add(new Step.Send(0, made));
  }

  private void step() {
    int client = random.nextInt(CLIENTS);
    int dice = random.nextInt(1000);
    if (flavours.contains(Flavour.HANDSHAKE) && dice < 60) {
      steps.add(oddHandshake(client));
    } else if (flavours.contains(Flavour.RECONNECT) && dice < 120) {
      reconnect(client);
    } else if (flavours.contains(Flavour.ACL) && dice < 180) {
      steps.add(Step.Send.of(client, requests.auth()));
    } else if (flavours.contains(Flavour.MALFORMED) && dice < 260) {
      steps.add(malformed(client));
    } else if (flavours.contains(Flavour.PIPELINE) && dice < 460) {
      List<Request> several = new ArrayList<>();
      int count = 2 + random.nextInt(8);
      for (int i = 0; i < count; i++) {
        several.add(requests.plain());
        if (several.get(i).op() == Op.SET_ACL) {
          // In Apache a setACL on its way counts for what follows it at one time and not at
          // another.
          break;
        }
      }
      steps.add(new Step.Send(client, several));
    } else if (dice >= 990) {
      steps.add(Step.Send.of(client, requests.closeSession()));
    } else if (dice >= 985) {
      steps.add(Step.Send.of(client, requests.auth()));
    } else {
      steps.add(Step.Send.of(client, requests.plain()));
    }
  }

  /** A session goes on over a new socket: after a drop, or taken over while the old one lives. */
  private void reconnect(int client) {
    boolean drop = random.nextBoolean();
    if (drop) {
      steps.add(new Step.Drop(client));
      for (int i = random.nextInt(6); i > 0; i--) {
        steps.add(Step.Send.of((client + 1) % CLIENTS, requests.plain()));
      }
    }
    int to = !drop && random.nextInt(4) == 0 ? (client + 1) % CLIENTS : client;
    List<Request> first = new ArrayList<>();
    if (random.nextBoolean()) {
      first.add(requests.setWatches(client));
    }
    if (random.nextInt(4) == 0) {
      first.add(requests.plain());
    }
    steps.add(new Step.Connect(to, Handshake.again(client), first));
    if (random.nextBoolean()) {
      steps.add(Step.Send.of(to, requests.setWatches(to)));
    }
  }

  private Step oddHandshake(int client) {
    Handshake h =
        switch (random.nextInt(12)) {
          case 0 -> Handshake.fresh().readOnly(null);
          case 1 -> Handshake.fresh().readOnly(true);
          case 2 -> Handshake.fresh().timeout(words.oneOf(-1, 0, 1, 25_000, Integer.MAX_VALUE));
          case 3 -> Handshake.fresh().seen(1_000_000);
          case 4 -> Handshake.fresh().seen(0);
          case 5 -> Handshake.fresh().password(words.oneOf(List.of(Password.values())));
          case 6 -> Handshake.fresh().surplus(1 + random.nextInt(5));
          case 7 -> Handshake.fresh().version(words.oneOf(-1, 1, 7));
          case 8 -> unknownSession();
          // The password is wrong and the socket of the session's owner is this client's own:
          // it is gone by then, so the order of the two checks does not show.
          case 9 -> Handshake.again(client).password(wrongPassword());
          case 10 -> Handshake.again(client).seen(1_000_000);
          default -> Handshake.again(client).readOnly(random.nextBoolean() ? null : true);
        };
    return new Step.Connect(client, h, List.of());
  }

  private Handshake unknownSession() {
    Handshake h = Handshake.again(0);
    return new Handshake(
        0,
        h.zxidAhead(),
        30_000,
        Handshake.UNKNOWN,
        Password.ZEROS,
        random.nextBoolean() ? null : false,
        0);
  }

  private Password wrongPassword() {
    return words.oneOf(
        List.of(
            Password.WRONG,
            Password.ZEROS,
            Password.SHORT,
            Password.LONG,
            Password.EMPTY,
            Password.NULL));
  }

  private Step malformed(int client) {
    int dice = random.nextInt(20);
    if (dice == 0) {
      return Step.Send.of(client, requests.unknown());
    }
    if (dice == 1) {
      return raw(client);
    }
    if (dice == 2) {
      return Step.Send.of(client, requests.sasl());
    }
    if (dice == 3) {
      return Step.Send.of(client, requests.damaged(requests.auth()));
    }
    return Step.Send.of(client, requests.damaged(requests.plain()));
  }

  private Step raw(int client) {
    byte[] noise = new byte[1 + random.nextInt(7)];
    random.nextBytes(noise);
    return switch (random.nextInt(5)) {
      case 0 -> new Step.Raw(client, "negative length", new byte[] {-1, -1, -1, -1});
      case 1 -> new Step.Raw(client, "length of 2 GB", new byte[] {127, -1, -1, -1});
      case 2 -> new Step.Raw(client, "length just over the limit", new byte[] {0, 16, 0, 0, 1});
      case 3 -> new Step.Raw(client, "empty frame", new byte[4]);
      default ->
          new Step.Raw(
              client,
              "frame too short for a header",
              io.quorate.compat.wire.RawConnection.frame(noise));
    };
  }
}
