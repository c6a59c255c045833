package io.quorate.tree;

import io.quorate.api.ZnodePath;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The znodes that every tree has, and the names of quota znodes. */
public final class SystemPaths {
  /** Above all system znodes. */
  public static final ZnodePath SYSTEM = ZnodePath.of("/zookeeper");

  /** Above all quota znodes. */
  public static final ZnodePath QUOTA = ZnodePath.of("/zookeeper/quota");

  /** Holds the ensemble's configuration. */
  public static final ZnodePath CONFIG = ZnodePath.of("/zookeeper/config");

  /** Name of the znode that holds a quota's limits. */
  public static final String LIMITS = "zookeeper_limits";

  /** Name of the znode that holds a quota's usage. */
  public static final String STATS = "zookeeper_stats";

  private static final byte[] LIMITS_BYTES = LIMITS.getBytes(StandardCharsets.UTF_8);
  private static final byte[] STATS_BYTES = STATS.getBytes(StandardCharsets.UTF_8);

  private SystemPaths() {}

  /** Whether clients may not delete it. */
  static boolean isReserved(ZnodePath path) {
    return path.isRoot() || path.equals(SYSTEM) || path.equals(QUOTA) || path.equals(CONFIG);
  }

  static boolean isLimits(ZnodePath path) {
    return isQuotaNode(path, LIMITS_BYTES);
  }

  static boolean isStats(ZnodePath path) {
    return isQuotaNode(path, STATS_BYTES);
  }

  private static boolean isQuotaNode(ZnodePath path, byte[] name) {
    int at = path.nameOffset();
    return path.length() - at == name.length
        && Arrays.equals(path.bytes(), at, path.length(), name, 0, name.length)
        && path.startsWith(QUOTA);
  }

  /** The path whose quota a limits or stats znode holds; the root for one directly below quota. */
  static ZnodePath quotaOf(ZnodePath quotaNode) {
    ZnodePath above = quotaNode.parent();
    int skip = QUOTA.length();
    return above.length() <= skip
        ? ZnodePath.ROOT
        : ZnodePath.copyOf(above.bytes(), skip, above.length() - skip);
  }

  /** The limits znode of a quota on this path. */
  static ZnodePath limitsOf(ZnodePath path) {
    return ZnodePath.of(QUOTA + (path.isRoot() ? "" : path.toString()) + "/" + LIMITS);
  }

  /** The stats znode of a quota on this path. */
  static ZnodePath statsOf(ZnodePath path) {
    return ZnodePath.of(QUOTA + (path.isRoot() ? "" : path.toString()) + "/" + STATS);
  }
}
