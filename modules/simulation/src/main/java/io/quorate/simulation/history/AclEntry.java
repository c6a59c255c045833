package io.quorate.simulation.history;

import org.jspecify.annotations.Nullable;

/** One grant of an ACL. Scheme and id are null where a client sent null strings. */
public record AclEntry(int perms, @Nullable String scheme, @Nullable String id) {}
