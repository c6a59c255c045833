package io.quorate.replica;

import io.quorate.tree.TreeRules;

/**
 * What a core is made with.
 *
 * @param serverId in session ids; a standalone server uses 1 (SES-1b)
 * @param tickMs the base unit of time
 * @param minSessionTimeoutMs lowest negotiated timeout
 * @param maxSessionTimeoutMs highest negotiated timeout
 * @param tree rules of znodes
 * @param digests whether transactions carry the tree digest
 * @param reconfigEnabled whether reconfig fails for another reason than being disabled
 * @param localSessions whether new sessions are local (LOC-1)
 * @param upgradeLocalSessions whether they become global when they need to (LOC-3)
 * @param snapCount a snapshot is due after half as many to as many transactions
 * @param snapSizeBytes or after half as many to as many log bytes; 0 or less turns it off
 * @param sweepIntervalMs how often containers and expired TTL nodes are looked for
 * @param sweepMaxPerMinute how many of them are deleted a minute at most
 * @param maxNeverUsedMs containers that never had a child go after this time; 0 keeps them
 * @param maxWatchesPerLink watched paths of one connection; more close it
 * @param maxWatchBytes memory of the watches of all connections, about; where it is used up, a
 *     connection that has more than its share and wants more is closed. 0 turns it off
 * @param maxRecordBytes longest transaction; a longer one is refused
 * @param heardGraceMs how late {@link Input.Heard} may come after a session was heard; expiry waits
 *     that much longer
 * @param seed of the few random choices
 */
public record ReplicaSettings(
    long serverId,
    int tickMs,
    int minSessionTimeoutMs,
    int maxSessionTimeoutMs,
    TreeRules tree,
    boolean digests,
    boolean reconfigEnabled,
    boolean localSessions,
    boolean upgradeLocalSessions,
    int snapCount,
    long snapSizeBytes,
    long sweepIntervalMs,
    int sweepMaxPerMinute,
    long maxNeverUsedMs,
    int maxWatchesPerLink,
    long maxWatchBytes,
    int maxRecordBytes,
    int heardGraceMs,
    long seed) {}
