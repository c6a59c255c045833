package io.quorate.api;

/**
 * The metadata of a znode as clients see it. Times in ms since 1970; {@code cversion} counts
 * creates and deletes of children; {@code ephemeralOwner} is 0 unless the znode is ephemeral.
 */
public record Stat(
    long czxid,
    long mzxid,
    long ctime,
    long mtime,
    int version,
    int cversion,
    int aversion,
    long ephemeralOwner,
    int dataLength,
    int numChildren,
    long pzxid) {}
