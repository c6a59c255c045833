package io.quorate.simulation.history;

/** Who a connection is in one scheme. */
public record IdEntry(String scheme, String id) {}
