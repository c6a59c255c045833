package io.quorate.api;

/** Who a connection is in one authentication scheme; belongs to the connection, not the session. */
public record Identity(String scheme, String id) {}
