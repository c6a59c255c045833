package io.quorate.compat.differential;

/**
 * Something one client saw during one step, with everything that may differ between two servers
 * (session ids, clocks, the zxid it all began with) replaced by names.
 */
public record Observation(int step, int client, String text) {}
