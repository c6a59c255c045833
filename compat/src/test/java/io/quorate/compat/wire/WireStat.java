package io.quorate.compat.wire;

/** A Stat as it is on the wire. */
public record WireStat(
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
