package io.quorate.server;

import io.quorate.api.ErrorCode;
import io.quorate.api.Reply;
import io.quorate.api.WatchEvent;
import io.quorate.jute.ReplyEncoder;
import io.quorate.jute.WireWriter;
import io.quorate.spi.transport.Connection;

/**
 * What goes out on one connection: encoded into the shard's writer, handed to the transport in
 * large pieces. On the connection's loop.
 */
final class ReplyWriter {
  /** Beyond these, of events say, the connection is closed. */
  private static final long QUEUE_CLOSE_BYTES = 64 << 20;

  /** So much is handed over before more is answered. */
  private static final int SLICE_BYTES = 256 << 10;

  private final ClientConnection connection;
  private final IoShard shard;
  private final Connection channel;
  private final ReplyEncoder encoder;
  private final ConnectionStats stats;
  private long lastZxid;

  /** What the transport had not sent when it was last asked. */
  private long queued;

  ReplyWriter(ClientConnection connection, IoShard shard, Connection channel) {
    this.connection = connection;
    this.shard = shard;
    this.channel = channel;
    this.encoder = shard.services().encoder();
    this.stats = connection.stats;
  }

  /** The highest zxid that was sent. */
  long lastZxid() {
    return lastZxid;
  }

  /** An answer; its zxid never goes back on this connection. */
  void reply(int xid, long zxid, Reply reply) {
    lastZxid = Math.max(lastZxid, zxid);
    replyAside(xid, lastZxid, reply);
  }

  /** An answer that says nothing of the state: its zxid is written as it is. */
  void replyAside(int xid, long zxid, Reply reply) {
    WireWriter out = shard.writerFor(connection);
    int before = out.position();
    encoder.reply(out, xid, zxid, reply);
    sent(out.position() - before);
  }

  void event(WatchEvent event) {
    lastZxid = Math.max(lastZxid, event.zxid());
    WireWriter out = shard.writerFor(connection);
    int before = out.position();
    encoder.event(out, event);
    sent(out.position() - before);
  }

  void saslRefused(int xid, ErrorCode error) {
    WireWriter out = shard.writerFor(connection);
    int before = out.position();
    encoder.saslRefused(out, xid, error);
    sent(out.position() - before);
  }

  void connectResponse(int timeoutMs, long sessionId, byte[] password, boolean readOnlyByte) {
    WireWriter out = shard.writerFor(connection);
    int before = out.position();
    encoder.connectResponse(out, timeoutMs, sessionId, password, false, readOnlyByte);
    sent(out.position() - before);
  }

  private void sent(int bytes) {
    stats.sent++;
    stats.lastResponseNanos = shard.nowNanos();
    shard.stats.response(bytes);
  }

  /** Whether the client has to read before it gets another answer. */
  boolean isFull() {
    if (queued + shard.unwritten(connection) <= shard.mayHold()) {
      return false;
    }
    shard.finishWriting();
    flush(); // drained is called only for what the socket does not take now
    return queued > shard.mayHold();
  }

  /** Hands much that was answered at once to the transport. */
  void slice() {
    if (shard.out.position() > SLICE_BYTES) {
      shard.finishWriting();
      if (queued > shard.mayHold()) {
        shard.flushDirty();
      }
    }
  }

  /**
   * Gives what was written to the transport; false if more waits there than any client may hold.
   */
  boolean handOver(WireWriter out) {
    channel.write(out.array(), 0, out.position());
    count(channel.queuedBytes());
    return queued <= QUEUE_CLOSE_BYTES;
  }

  /** Whether what came from the core, and can not wait there, is too much for all together. */
  boolean pilesUp() {
    return shard.holdsTooMuch(queued);
  }

  /** Sends what was handed over. */
  void flush() {
    channel.flush();
    count(channel.queuedBytes());
  }

  /** The socket has taken something. */
  void drained() {
    count(channel.queuedBytes());
  }

  /** The connection has ended. */
  void ended() {
    count(0);
  }

  private void count(long now) {
    if (now != queued) {
      shard.queuedReplies.changed(queued, now);
      queued = now;
    }
  }
}
