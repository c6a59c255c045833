package io.quorate.compat.differential;

import io.quorate.compat.wire.AclEntry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** The arguments random scripts are made of: few values, so that they meet often. */
final class Vocabulary {
  /** Digest ids of the users u1:p1 and u2:p2. */
  static final String U1 = "u1:fpT/y03U+EjItKZOSLGvjnJlyng=";

  static final String U2 = "u2:o9NxcCGDPOlcV7JVhmKHOf5ctVE=";

  private static final String[] NAMES = {"a", "b", "c"};
  private static final List<String> STRANGE_ENDINGS =
      List.of(
          "/",
          "//a",
          "/.",
          "/..",
          "/./a",
          "/../a",
          "/x\u0000y",
          "/\u0001",
          "/\u001f",
          "/\u007f",
          "/\u009f",
          "/\uE000",
          "/\uF8FF",
          "/\uFFF0",
          "/\uFFFD",
          "/\uD7FF",
          "/\uF900",
          "/\uFFEF",
          "/\uD83D\uDE00",
          "/\u00e9",
          "/ ",
          "/a b",
          "/.a",
          "/...",
          "/a/",
          "/\u4e2d");
  private static final List<String> FIXED =
      List.of(
          "",
          "/",
          "relative",
          "//",
          "/zookeeper",
          "/zookeeper/quota",
          "/zookeeper/config",
          "/zookeeper/nothing");

  private final Random random;
  private final String root;
  private final Set<Flavour> flavours;

  Vocabulary(Random random, String root, Set<Flavour> flavours) {
    this.random = random;
    this.root = root;
    this.flavours = flavours;
  }

  static List<String> strangeEndings() {
    return STRANGE_ENDINGS;
  }

  static List<String> fixedPaths() {
    return FIXED;
  }

  boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  <T> T oneOf(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  int oneOf(int... values) {
    return values[random.nextInt(values.length)];
  }

  /** Mostly a path where a znode may well be; now and then one that is odd or wrong. */
  String path() {
    if (chance(3)) {
      return oneOf(FIXED);
    }
    if (flavours.contains(Flavour.QUOTA) && chance(12)) {
      return "/zookeeper/quota"
          + root
          + oneOf(
              List.of(
                  "",
                  "/a",
                  "/a/zookeeper_stats",
                  "/a/zookeeper_limits",
                  "/zookeeper_stats",
                  "/zookeeper_limits"));
    }
    if (chance(2)) {
      return root + oneOf(STRANGE_ENDINGS);
    }
    return goodPath();
  }

  String goodPath() {
    StringBuilder path = new StringBuilder(root);
    int depth = oneOf(0, 1, 1, 1, 1, 2, 2, 2, 3);
    for (int i = 0; i < depth; i++) {
      path.append('/').append(NAMES[random.nextInt(NAMES.length)]);
    }
    if (depth > 0 && chance(8)) {
      path.append(String.format("%010d", random.nextInt(6)));
    }
    return path.toString();
  }

  /** A path for a sequential znode: also one that ends with a slash. */
  String sequentialPath() {
    return chance(15) ? goodPath() + "/" : chance(10) ? path() : goodPath();
  }

  byte[] data() {
    int kind = random.nextInt(20);
    if (kind == 0) {
      return null;
    }
    if (kind == 1) {
      return new byte[0];
    }
    byte[] bytes = new byte[kind == 2 ? 1_500 : 1 + random.nextInt(12)];
    random.nextBytes(bytes);
    return bytes;
  }

  byte[] quotaText() {
    String[] texts = {
      "count=3,bytes=20",
      "count=-1,bytes=-1",
      "count=2,bytes=10=;byteHardLimit=30;countHardLimit=4",
      "count=100,bytes=1000=;byteHardLimit=2000",
      "count=-1,bytes=-1=;countHardLimit=3",
      "count=0,bytes=0"
    };
    return texts[random.nextInt(texts.length)].getBytes(StandardCharsets.US_ASCII);
  }

  int version() {
    return oneOf(-1, -1, -1, -1, 0, 0, 1, 2, 3, 7, -2, Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  List<AclEntry> acl() {
    if (chance(1)) {
      return List.of();
    }
    if (!flavours.contains(Flavour.ACL) || chance(40)) {
      return AclEntry.OPEN;
    }
    List<AclEntry> list = new ArrayList<>();
    int entries = oneOf(1, 1, 1, 2, 3);
    for (int i = 0; i < entries; i++) {
      list.add(aclEntry());
    }
    if (chance(10)) {
      list.add(list.get(0));
    }
    return Collections.unmodifiableList(list);
  }

  private AclEntry aclEntry() {
    int permissions =
        chance(50) ? AclEntry.ALL : chance(90) ? random.nextInt(32) : oneOf(-1, 63, 1 << 20);
    return chance(8)
        ? oddEntry(permissions)
        : switch (random.nextInt(10)) {
          case 0, 1, 2 -> new AclEntry(permissions, "world", "anyone");
          case 3, 4 -> new AclEntry(permissions, "digest", U1);
          case 5 -> new AclEntry(permissions, "digest", U2);
          case 6 -> new AclEntry(permissions, "ip", "127.0.0.1");
          case 7 ->
              new AclEntry(
                  permissions,
                  "ip",
                  oneOf(
                      List.of(
                          "127.0.0.0/8", "10.0.0.0/8", "10.0.0.1", "127.0.0.1/32", "0.0.0.0/0")));
          default -> new AclEntry(permissions, "auth", oneOf(List.of("", "", "ignored")));
        };
  }

  private AclEntry oddEntry(int permissions) {
    return oneOf(entries(permissions));
  }

  /** One entry of every form, right and wrong. */
  static List<AclEntry> entries(int permissions) {
    return List.of(
        new AclEntry(permissions, "world", "anyone"),
        new AclEntry(permissions, "world", "nobody"),
        new AclEntry(permissions, "auth", ""),
        new AclEntry(permissions, "auth", "ignored"),
        new AclEntry(permissions, "nosuchscheme", "x"),
        new AclEntry(permissions, "sasl", "x"),
        new AclEntry(permissions, "x509", "CN=x"),
        new AclEntry(permissions, "super", "x"),
        new AclEntry(permissions, "digest", U1),
        new AclEntry(permissions, "digest", "nocolon"),
        new AclEntry(permissions, "digest", "a:b:c"),
        new AclEntry(permissions, "digest", ":"),
        new AclEntry(permissions, "ip", "127.0.0.1"),
        new AclEntry(permissions, "ip", "127.0.0.0/8"),
        new AclEntry(permissions, "ip", "127.0.0.1/33"),
        new AclEntry(permissions, "ip", "127.0.0.1/"),
        new AclEntry(permissions, "ip", "127.0.0.1/-1"),
        new AclEntry(permissions, "ip", "127.0.0.1/0"),
        new AclEntry(permissions, "ip", "300.0.0.1"),
        new AclEntry(permissions, "ip", "127.0.0"),
        new AclEntry(permissions, "ip", "::1"),
        new AclEntry(permissions, "ip", "fe80::/10"),
        new AclEntry(permissions, "ip", "::1/129"),
        new AclEntry(permissions, "ip", ""),
        new AclEntry(permissions, "", ""));
  }
}
