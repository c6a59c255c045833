package io.quorate.simulation.model;

import org.jspecify.annotations.Nullable;

/**
 * How the server under test is configured.
 *
 * @param ttlEnabled whether TTL znodes may be made
 * @param enforceQuota whether hard quota limits refuse writes
 * @param skipAcl whether ACLs are ignored
 * @param reconfigEnabled whether reconfig is allowed; a standalone server refuses it all the same
 * @param superDigest the digest id that is a super user, or null
 * @param tickMs length of a tick, ms
 * @param minTimeoutMs shortest session timeout, ms
 * @param maxTimeoutMs longest session timeout, ms
 * @param slackMs how much later than the rules say things may happen, because of slow disks
 */
public record Settings(
    boolean ttlEnabled,
    boolean enforceQuota,
    boolean skipAcl,
    boolean reconfigEnabled,
    @Nullable String superDigest,
    int tickMs,
    int minTimeoutMs,
    int maxTimeoutMs,
    int slackMs) {
  /** ZooKeeper's defaults, with TTL on. */
  public static final Settings DEFAULT =
      new Settings(true, false, false, false, null, 2000, 4000, 40_000, 1000);
}
