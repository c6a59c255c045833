package io.quorate.api;

/** An event for one connection. The zxid of its header is that of its transaction, or -1. */
public record WatchEvent(EventType type, ZnodePath path, long zxid) {}
