package io.quorate.tree;

import io.quorate.api.EphemeralOwner;

/**
 * What differs between configurations.
 *
 * @param encoding how owner fields are read and TTLs written
 * @param ttlNodes whether createTTL is served
 * @param enforceQuota whether hard quota limits refuse writes
 */
public record TreeRules(EphemeralOwner.Encoding encoding, boolean ttlNodes, boolean enforceQuota) {}
