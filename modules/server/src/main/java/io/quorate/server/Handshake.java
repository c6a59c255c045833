package io.quorate.server;

import io.quorate.api.OpCode;
import io.quorate.jute.ConnectRequest;
import io.quorate.replica.Input;
import io.quorate.spi.codec.CodecException;

/**
 * How a connection gets its session (reference section 2.4): the ConnectRequest goes to the core,
 * which opens a session, attaches this connection to the one that the client names, or rejects it;
 * the ConnectResponse says which. On the connection's loop.
 */
final class Handshake {
  /** The longest ConnectRequest that is read. */
  static final int MAX_CONNECT_BYTES = 8 << 10;

  private boolean readOnlyByte;

  /** Reads a ConnectRequest and sends it to the core. */
  void request(
      byte[] a, int offset, int length, IoShard shard, ServerLink link, ConnectionAuth auth)
      throws CodecException {
    ConnectRequest connect = ConnectRequest.decode(a, offset, length);
    ConnectionStats stats = link.connection().stats;
    shard.stats.received++;
    stats.received++;
    stats.lastOp = OpCode.CREATE_SESSION;
    readOnlyByte = connect.hasReadOnlyByte();
    if (!auth.identities().isEmpty()) {
      shard.send(new Input.Identified(link, auth.identities()));
    }
    shard.send(
        new Input.Connect(
            link,
            connect.lastZxidSeen(),
            connect.timeoutMs(),
            connect.sessionId(),
            connect.password()));
  }

  /** The session was opened, or attached again. */
  void accepted(Outbound.Opened opened, ReplyWriter replies) {
    replies.connectResponse(
        opened.timeoutMs(), opened.sessionId(), opened.password(), readOnlyByte);
  }

  /** There is no such session, or its password is another. */
  void rejected(ReplyWriter replies) {
    replies.connectResponse(0, 0, new byte[16], readOnlyByte);
  }
}
