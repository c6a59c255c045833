package io.quorate.simulation.history;

/** One thing that happened; its place in {@link History#events} is its place in time. */
public sealed interface Event {
  /** Of one connection. */
  sealed interface OfConnection extends Event {
    /** The connection's number, never used twice in a history. */
    int conn();
  }

  /** The server came up and is about to serve; {@code zxid} is what it recovered to. */
  record Boot(int incarnation, long zxid) implements Event {}

  /** The server went down; {@code clean} if it was asked to. */
  record Crash(boolean clean) implements Event {}

  /** A write or fsync of the log failed in this incarnation. */
  record DiskFailed() implements Event {}

  /** A record went into the log, not yet durable. */
  record Appended(long zxid) implements Event {}

  /** From here on no crash takes this or anything before it away. */
  record Durable(long zxid) implements Event {}

  /** How many watches the server holds, on all its connections. */
  record WatchCount(int count) implements Event {}

  /** The run is over and everything that will be answered has been. */
  record Quiet() implements Event {}

  /** A client sent its first frame. */
  record ConnectSent(
      int conn,
      int client,
      String address,
      long lastZxidSeen,
      int timeout,
      long session,
      byte[] password,
      boolean readOnlyByte)
      implements OfConnection {}

  /** The server answered the first frame; timeout 0 is a rejection. */
  record ConnectReply(int conn, int timeout, long session, byte[] password, boolean readOnlyByte)
      implements OfConnection {}

  /** A client sent a request: its invocation. */
  record Sent(int conn, int xid, Op op) implements OfConnection {}

  /** A whole frame of this connection reached the server. */
  record Arrived(int conn) implements OfConnection {}

  /** The server sent a reply. */
  record Reply(int conn, int xid, long zxid, int err, Answer answer) implements OfConnection {}

  /** The server sent a watch event. */
  record Notice(int conn, long zxid, int type, int state, String path) implements OfConnection {}

  /** The client got the first {@code frames} frames of what the server sent. */
  record Received(int conn, int frames) implements OfConnection {}

  /** The server closed the connection. */
  record ServerClosed(int conn) implements OfConnection {}

  /** The server came to know that the connection has ended. */
  record ServerLost(int conn) implements OfConnection {}

  /** The client closed the connection, or the network cut it. */
  record ClientClosed(int conn) implements OfConnection {}
}
