package io.quorate.simulation.model;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Quotas and their statistics (reference section 2.8); statistics are counted anew each time. */
final class Quotas {
  private static final String TOP = "/zookeeper/quota";
  private static final String LIMITS = "/zookeeper_limits";
  private static final String STATS = "/zookeeper_stats";

  private Quotas() {}

  /** Statistics begin when their znode is made; any other creation changes those it counts in. */
  static void created(Tree tree, String path) {
    if (path.startsWith(TOP + "/") && path.endsWith(STATS)) {
      recount(tree, path.substring(TOP.length(), path.length() - STATS.length()));
    } else {
      changed(tree, path);
    }
  }

  /** A znode came, went or changed. */
  static void changed(Tree tree, String path) {
    String root = governing(tree, path);
    if (root != null) {
      recount(tree, root);
    }
  }

  private static void recount(Tree tree, String root) {
    Node stats = tree.find(TOP + root + STATS);
    if (stats == null) {
      return;
    }
    long count = 0;
    long bytes = 0;
    for (Map.Entry<String, Node> e : tree.nodes.entrySet()) {
      if (Paths.within(e.getKey(), root)) {
        count++;
        bytes += e.getValue().length();
      }
    }
    stats.data = ("count=" + count + ",bytes=" + bytes).getBytes(StandardCharsets.US_ASCII);
  }

  /** The nearest path at or above that has limits, or null. */
  private static @Nullable String governing(Tree tree, String path) {
    for (String p = path; !p.isEmpty(); p = Paths.parent(p)) {
      if (tree.find(TOP + p + LIMITS) != null) {
        return p;
      }
    }
    return null;
  }

  /** QUO-5: refuses what would exceed a hard limit. */
  static void check(Tree tree, Settings settings, String path, long count, long bytes) {
    String root = settings.enforceQuota() ? governing(tree, path) : null;
    if (root == null) {
      return;
    }
    Node stats = tree.find(TOP + root + STATS);
    if (stats == null) {
      return;
    }
    Map<String, Long> limits = parse(tree.require(TOP + root + LIMITS).data);
    Map<String, Long> used = parse(stats.data);
    if (exceeds(used.get("count"), count, limits.get("countHardLimit"))
        || exceeds(used.get("bytes"), bytes, limits.get("byteHardLimit"))) {
      throw new Refusal(Codes.QUOTA_EXCEEDED);
    }
  }

  private static boolean exceeds(@Nullable Long used, long more, @Nullable Long limit) {
    return more != 0 && limit != null && limit > -1 && (used == null ? -1 : used) + more > limit;
  }

  private static Map<String, Long> parse(byte @Nullable [] data) {
    Map<String, Long> values = new HashMap<>();
    if (data == null) {
      return values;
    }
    for (String part : new String(data, StandardCharsets.UTF_8).split("[,;]+", -1)) {
      String[] pair = part.split("=", -1);
      if (pair.length >= 2 && !pair[1].isEmpty()) {
        values.put(pair[0], Long.parseLong(pair[1]));
      }
    }
    return values;
  }
}
