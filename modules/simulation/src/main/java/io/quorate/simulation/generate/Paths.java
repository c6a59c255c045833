package io.quorate.simulation.generate;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Paths from a small set, so that clients meet; some of them odd. */
final class Paths {
  private static final List<String> NAMES = List.of("a", "b", "c", "d", "é");
  private static final List<String> ODD =
      List.of(
          "",
          "a",
          "/a/",
          "/a//b",
          "//",
          "//a",
          "/a/./b",
          "/a/..",
          "/a\u0000b",
          "/a\u0001b",
          "/a\u007f",
          "/a\u0085b",
          "/a\ue000b",
          "/a\ufff5",
          "/\ud83d\ude00",
          "/zookeeper/other",
          "/zookeeper/quota/a/other",
          "/zookeeperx",
          "/a/zookeeper_limits");
  private static final List<String> SYSTEM =
      List.of("/", "/zookeeper", "/zookeeper/quota", "/zookeeper/config");
  private static final List<String> QUOTA =
      List.of(
          "/zookeeper/quota/a",
          "/zookeeper/quota/a/zookeeper_limits",
          "/zookeeper/quota/a/zookeeper_stats");

  private final Dice dice;

  Paths(Dice dice) {
    this.dice = dice;
  }

  /** A path that a znode may have. */
  String plain() {
    StringBuilder path = new StringBuilder();
    int depth = dice.chance(0.55) ? 1 : dice.between(2, 3);
    for (int i = 0; i < depth; i++) {
      path.append('/').append(dice.pick(NAMES));
    }
    return path.toString();
  }

  /** Any path to read, seldom null. */
  @Nullable String toRead() {
    return dice.chance(0.03) ? dice.pick(QUOTA) : any();
  }

  /** Any path, seldom null; none of a quota, whose text has its own rules. */
  @Nullable String any() {
    int n = dice.below(100);
    if (n < 82) {
      return plain();
    }
    if (n < 88) {
      return dice.pick(SYSTEM);
    }
    return n < 99 ? dice.pick(ODD) : null;
  }

  /** Any path that a watch can be put on. */
  String watched() {
    String path = toRead();
    return path == null || path.isEmpty() ? "/" : path;
  }
}
