package io.quorate.server;

import io.quorate.api.ErrorCode;
import io.quorate.api.OpCode;
import io.quorate.api.Reply;
import io.quorate.api.Request;
import io.quorate.api.TreeView;
import io.quorate.jute.RequestDecoder;
import io.quorate.replica.Input;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The path of one connection's requests. Plain reads are answered here, from the shard's view, when
 * nothing before them is unanswered; packets that say who the client is, by {@link AuthPackets};
 * all else goes to the core, as {@link RequestThrottle} lets it. Writes follow each other without
 * waiting. On the connection's loop.
 */
final class RequestProcessor {
  private static final Logger LOG = LoggerFactory.getLogger(RequestProcessor.class);
  private static final int XID_PING = -2;

  private final ServerLink link;
  private final ClientConnection connection;
  private final ConnectionStats stats;
  private final IoShard shard;
  private final ClientServices services;
  private final ConnectionAuth auth;
  private final AuthPackets authPackets;
  private final RequestThrottle throttle;
  private final ReplyWriter replies;
  private boolean endAsked;

  RequestProcessor(
      ServerLink link,
      IoShard shard,
      ConnectionAuth auth,
      RequestThrottle throttle,
      ReplyWriter replies) {
    this.link = link;
    this.connection = link.connection();
    this.stats = connection.stats;
    this.shard = shard;
    this.services = shard.services();
    this.auth = auth;
    this.authPackets = new AuthPackets(auth, replies, shard, link);
    this.throttle = throttle;
    this.replies = replies;
  }

  /**
   * Handles one request; false if it has to wait, and everything behind it.
   *
   * @param heldSinceNanos since when it waits, if it does
   */
  boolean process(byte[] a, int offset, int length, long heldSinceNanos) {
    if (length < 8) {
      LOG.info("{}: a request of {} bytes has no header: closed", connection, length);
      connection.abort();
      return true;
    }
    int xid = ClientConnection.intAt(a, offset);
    int op = ClientConnection.intAt(a, offset + 4);
    int writes = throttle.writes();
    if (writes > 0 && waitsForWrites(op)) {
      return false;
    }
    if (replies.isFull()) {
      return false; // the client does not read
    }
    Request request = RequestDecoder.decode(op, a, offset + 8, length - 8);
    if (request == null) {
      return illegal(xid, op);
    }
    if ((op == OpCode.AUTH || op == OpCode.SASL) && request instanceof Request.Undecodable) {
      LOG.info("{}: a malformed auth or SASL packet: closed", connection);
      connection.abort();
      return true;
    }
    if (writes > 0 && request instanceof Request.Undecodable bad && !bad.write()) {
      return false; // is answered at once, so not before the writes in front of it
    }
    if (request instanceof Request.Read read && !read.setsWatch()) {
      return read(xid, op, read);
    }
    if (request instanceof Request.Auth r) {
      count(OpCode.AUTH, xid);
      return orClose(authPackets.authenticate(xid, r));
    }
    if (request instanceof Request.Sasl r) {
      if (throttle.outstanding() > 0) {
        return false;
      }
      count(OpCode.SASL, xid);
      return orClose(authPackets.sasl(xid, r));
    }
    return toCore(xid, op, length, request, heldSinceNanos);
  }

  private static boolean waitsForWrites(int op) {
    return switch (op) {
      case OpCode.CREATE,
          OpCode.CREATE2,
          OpCode.CREATE_CONTAINER,
          OpCode.CREATE_TTL,
          OpCode.DELETE,
          OpCode.SET_DATA,
          OpCode.SET_ACL,
          OpCode.MULTI,
          OpCode.RECONFIG,
          OpCode.SYNC,
          OpCode.CLOSE_SESSION,
          OpCode.PING,
          OpCode.AUTH ->
          false;
      default -> true;
    };
  }

  private boolean read(int xid, int op, Request.Read read) {
    boolean ping = read instanceof Request.Ping;
    if (throttle.outstanding() > 0 && !ping) {
      return false;
    }
    TreeView view = shard.view();
    if (view.zxid() < replies.lastZxid() && !ping) {
      // Something of a newer view was sent. That view is not taken here, because events before it
      // may have come to the mailbox since; the drain that the core asks for at its turn's end is.
      return false;
    }
    if (!authPackets.maySpeak(xid)) {
      return orClose(false);
    }
    Reply reply = services.reads().answer(view, read, connection.sessionId(), auth.identities());
    count(op, xid);
    replies.reply(ping ? XID_PING : xid, view.zxid(), reply); // so it is, whatever the client sent
    stats.latency(0);
    shard.stats.latency(0);
    return true;
  }

  private void count(int op, int xid) {
    shard.stats.received++;
    stats.received++;
    stats.lastOp = op;
    stats.lastCxid = xid;
  }

  private boolean toCore(int xid, int op, int length, Request request, long heldSinceNanos) {
    boolean ends = op == OpCode.CLOSE_SESSION && !endAsked; // the first ends the session
    if (!ends && throttle.holdsBack()) {
      return false;
    }
    if (!authPackets.maySpeak(xid)) {
      return orClose(false);
    }
    if (throttle.waitedTooLong(heldSinceNanos)) { // not executed (section 2.9)
      count(op, xid);
      shard.stats.throttled++;
      replies.reply(xid, shard.view().zxid(), new Reply.Refused(ErrorCode.THROTTLED_OP));
      return true;
    }
    if (!throttle.admits(length, connection)) {
      connection.abort();
      return true;
    }
    endAsked |= ends;
    count(op, xid);
    boolean ordered =
        request instanceof Request.Write w
            ? !(w instanceof Request.Undecodable u) || u.write()
            : request instanceof Request.Sync;
    throttle.begin(length, ordered);
    shard.send(new Input.Ask(link, xid, request, auth.identities()));
    return true;
  }

  /** An operation that clients may not send. */
  private boolean illegal(int xid, int op) {
    if (throttle.outstanding() > 0) {
      return false; // answers before it go out first
    }
    LOG.info("{}: operation {} is not one of a client: closed", connection, op);
    if (op != OpCode.DELETE_CONTAINER && op != OpCode.CREATE_SESSION) {
      replies.replyAside(xid, -1, new Reply.Refused(ErrorCode.UNIMPLEMENTED));
    }
    return orClose(false);
  }

  private boolean orClose(boolean goesOn) {
    if (!goesOn) {
      connection.closeAfterReplies();
    }
    return true; // done with this frame
  }
}
