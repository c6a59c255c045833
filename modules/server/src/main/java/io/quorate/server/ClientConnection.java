package io.quorate.server;

import io.quorate.api.ErrorCode;
import io.quorate.api.OpCode;
import io.quorate.api.Reply;
import io.quorate.api.Request;
import io.quorate.api.TreeView;
import io.quorate.api.WatchEvent;
import io.quorate.api.Zxid;
import io.quorate.jute.ConnectRequest;
import io.quorate.jute.RequestDecoder;
import io.quorate.jute.WireWriter;
import io.quorate.replica.CloseReason;
import io.quorate.replica.Input;
import io.quorate.spi.auth.AuthProvider;
import io.quorate.spi.codec.CodecException;
import io.quorate.spi.transport.Connection;
import io.quorate.spi.transport.ConnectionHandler;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client connection: frames, handshake, and the order of a session's requests. Plain reads are
 * answered here, from the shard's view, when nothing before them is unanswered; all else goes to
 * the core. Writes follow each other without waiting; a request that may not overtake waits with
 * everything behind it in {@link #held}.
 *
 * <p>Belongs to its loop's thread. Does no I/O of its own, so a simulator can drive it.
 */
public final class ClientConnection implements ConnectionHandler {
  private static final Logger LOG = LoggerFactory.getLogger(ClientConnection.class);
  private static final int MAX_CONNECT_BYTES = 8 << 10;
  private static final int SLICE_BYTES = 256 << 10;
  private static final long QUEUE_PAUSE_BYTES = 2 << 20;
  private static final long QUEUE_CLOSE_BYTES = 64 << 20;
  private static final int XID_PING = -2;

  private enum State {
    FRESH,
    WORD,
    OPENING,
    OPEN,
    CLOSING,
    CLOSED
  }

  private final IoShard shard;
  private final Connection channel;
  private final ClientServices services;
  private final ServerLink link;
  private final ConnectionAuth auth;
  private final int maxFrame;
  final ConnectionStats stats;
  private final InFlight inFlight = new InFlight();
  private State state = State.FRESH;
  private boolean inCore;
  private boolean readOnlyByte;
  private long sessionId;
  private int timeoutMs;
  private long lastZxid;
  private long heardNanos;
  private boolean heardNoted;
  private byte[] held = NOTHING;
  private int heldLength;
  private long heldSinceNanos;
  private boolean blocked;
  private boolean blockedByLimit;
  private boolean paused;

  private static final byte[] NOTHING = new byte[0];

  /** A connection just accepted by the shard's loop. */
  public ClientConnection(IoShard shard, Connection channel, long id) {
    this.shard = shard;
    this.channel = channel;
    this.services = shard.services();
    this.link = new ServerLink(id, this);
    this.auth = new ConnectionAuth(services, channel.remoteAddress());
    this.maxFrame = services.config().limits().maxBufferBytes();
    this.stats = new ConnectionStats(services.nanos().getAsLong(), System.currentTimeMillis());
    shard.opened(this);
  }

  IoShard shard() {
    return shard;
  }

  Connection channel() {
    return channel;
  }

  long sessionId() {
    return sessionId;
  }

  int timeoutMs() {
    return timeoutMs;
  }

  long lastZxid() {
    return lastZxid;
  }

  int outstanding() {
    return inFlight.size();
  }

  boolean readsNow() {
    return !paused && state != State.CLOSING && state != State.CLOSED;
  }

  @Override
  public int maxUnconsumed() {
    return Math.max(maxFrame, MAX_CONNECT_BYTES) + 4;
  }

  // ---- bytes in

  @Override
  public int received(byte[] array, int offset, int length) {
    shard.takeViewAndDrain();
    if (state == State.CLOSING || state == State.CLOSED || state == State.WORD) {
      return state == State.WORD ? word(array, offset, length) : length;
    }
    noteHeard();
    shard.stats.receivedBytes += length;
    if (heldLength > 0) {
      hold(array, offset, length);
      runHeld();
      return length;
    }
    int used = process(array, offset, offset + length);
    if (blocked) {
      hold(array, offset + used, length - used);
      return length;
    }
    return used;
  }

  @Override
  public void receiveComplete() {
    shard.finishWriting();
    shard.flushDirty();
  }

  private void noteHeard() {
    heardNanos = shard.nowNanos();
    if (!heardNoted && state == State.OPEN) {
      heardNoted = true;
      shard.heard(this);
    }
  }

  /** Whether a session was heard since the last call, also if its connection has ended since. */
  boolean takeHeard() {
    heardNoted = false;
    return sessionId != 0;
  }

  long heardMs() {
    return heardNanos / 1_000_000;
  }

  private void hold(byte[] array, int offset, int length) {
    if (heldLength == 0) {
      heldSinceNanos = shard.nowNanos();
    }
    if (heldLength + length > held.length) {
      held = Arrays.copyOf(held, Math.max(256, Math.max(heldLength + length, 2 * heldLength)));
    }
    System.arraycopy(array, offset, held, heldLength, length);
    heldLength += length;
    if (!paused && heldLength > maxUnconsumed()) {
      paused = true;
      channel.pauseReading();
    }
  }

  /** Tries the held frames again; called by the shard for blocked connections. */
  void retry() {
    if (!blocked) {
      return;
    }
    blocked = false;
    if (state == State.CLOSING || state == State.CLOSED) {
      return;
    }
    runHeld();
  }

  private void runHeld() {
    if (blocked) {
      return;
    }
    int used = process(held, 0, heldLength);
    if (state == State.CLOSING || state == State.CLOSED) {
      return; // closed by one of the frames: nothing is held any more
    }
    heldLength -= used;
    if (heldLength == 0) {
      held = held.length > 64 << 10 ? NOTHING : held;
      blockedByLimit = false;
    } else if (used > 0) {
      System.arraycopy(held, used, held, 0, heldLength);
    }
    if (paused && heldLength <= maxUnconsumed() / 2) {
      paused = false;
      channel.resumeReading();
    }
  }

  private void block() {
    blocked = true;
    shard.blocked(this);
  }

  /** Handles whole frames until one has to wait; returns how many bytes are done with. */
  private int process(byte[] a, int from, int to) {
    int at = from;
    while (to - at >= 4 && !blocked) {
      if (state == State.CLOSING || state == State.CLOSED) {
        return to - from;
      }
      int length = intAt(a, at);
      if (state == State.FRESH && isWord(length)) {
        return at - from + word(a, at, to - at);
      }
      int limit = state == State.OPEN || state == State.OPENING ? maxFrame : MAX_CONNECT_BYTES;
      if (length < 0 || length > limit) {
        LOG.info("{}: frame of {} bytes, at most {} are taken: closed", this, length, limit);
        abort();
        return to - from;
      }
      if (to - at - 4 < length) {
        break;
      }
      if (!frame(a, at + 4, length)) {
        block();
        break;
      }
      at += 4 + length;
      if (shard.out.position() > SLICE_BYTES) {
        slice();
      }
    }
    return at - from;
  }

  /** Much was answered at once: hands it over, and waits if the client does not read. */
  private void slice() {
    shard.finishWriting();
    if (channel.queuedBytes() > QUEUE_PAUSE_BYTES) {
      shard.flushDirty();
    }
  }

  private static int intAt(byte[] a, int i) {
    return a[i] << 24 | (a[i + 1] & 0xff) << 16 | (a[i + 2] & 0xff) << 8 | a[i + 3] & 0xff;
  }

  /** Handles one frame; false if it has to wait. */
  private boolean frame(byte[] a, int offset, int length) {
    return switch (state) {
      case FRESH -> handshake(a, offset, length);
      case OPENING -> false;
      case OPEN -> request(a, offset, length);
      case WORD, CLOSING, CLOSED -> true;
    };
  }

  // ---- four-letter words

  private boolean isWord(int first) {
    return services.words().isPresent() && services.words().get().commands().byInt(first) != null;
  }

  private int word(byte[] a, int offset, int length) {
    ClientServices.Words words = services.words().orElseThrow();
    TextCommands.Word word = length < 4 ? null : words.commands().byInt(intAt(a, offset));
    if (state == State.WORD || word == null) {
      return length; // anything behind the word
    }
    boolean enabled = services.config().admin().textWords().contains(word.name());
    int argumentBytes = enabled ? word.argumentBytes() : 0; // a refusal comes at once
    if (length < 4 + argumentBytes) {
      return 0;
    }
    state = State.WORD;
    shard.stats.received++;
    stats.received++;
    long argument = 0;
    for (int i = 0; i < argumentBytes; i++) {
      argument = argument << 8 | a[offset + 4 + i] & 0xff;
    }
    words.run(
        word,
        argument,
        bytes ->
            channel
                .loop()
                .execute(
                    () -> {
                      if (state == State.WORD) {
                        channel.write(bytes, 0, bytes.length);
                        channel.flush();
                        state = State.CLOSING;
                        channel.closeAfterFlush();
                      }
                    }));
    return length;
  }

  // ---- handshake

  private boolean handshake(byte[] a, int offset, int length) {
    ConnectRequest connect;
    try {
      connect = ConnectRequest.decode(a, offset, length);
    } catch (CodecException e) {
      LOG.info("{}: closed: {}", this, e.getMessage());
      abort();
      return true;
    }
    shard.stats.received++;
    stats.received++;
    stats.lastOp = OpCode.CREATE_SESSION;
    readOnlyByte = connect.hasReadOnlyByte();
    state = State.OPENING;
    inCore = true;
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
    return true;
  }

  void closeIfSessionless(long nowNanos, long limitNanos) {
    boolean sessionless = state == State.FRESH;
    if (sessionless && nowNanos - stats.acceptedNanos > limitNanos) {
      abort();
    }
  }

  // ---- requests

  private boolean request(byte[] a, int offset, int length) {
    if (length < 8) {
      LOG.info("{}: a request of {} bytes has no header: closed", this, length);
      abort();
      return true;
    }
    int xid = intAt(a, offset);
    int op = intAt(a, offset + 4);
    int writes = inFlight.writes();
    if (writes > 0 && waitsForWrites(op)) {
      return false;
    }
    if (channel.queuedBytes() > QUEUE_PAUSE_BYTES) {
      channel.flush(); // drained is called only for what the socket does not take now
      if (channel.queuedBytes() > QUEUE_PAUSE_BYTES) {
        return false;
      }
    }
    Request request = RequestDecoder.decode(op, a, offset + 8, length - 8);
    if (request == null) {
      return illegal(xid, op);
    }
    if ((op == OpCode.AUTH || op == OpCode.SASL) && request instanceof Request.Undecodable) {
      LOG.info("{}: a malformed auth or SASL packet: closed", this);
      abort();
      return true;
    }
    if (writes > 0 && request instanceof Request.Undecodable bad && !bad.write()) {
      return false; // is answered at once, so not before the writes in front of it
    }
    if (request instanceof Request.Read read && !read.setsWatch()) {
      return read(xid, op, read);
    }
    if (request instanceof Request.Auth r) {
      authenticate(xid, r);
      return true;
    }
    if (request instanceof Request.Sasl r) {
      return sasl(xid, r);
    }
    return toCore(xid, op, length, request);
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
    if (inFlight.size() > 0 && !ping) {
      return false;
    }
    TreeView view = shard.view();
    if (view.zxid() < lastZxid && !ping) {
      // Something of a newer view was sent. That view is not taken here, because events before it
      // may have come to the mailbox since; the drain that the core asks for at its turn's end is.
      return false;
    }
    if (refusedForAuth(xid)) {
      return true;
    }
    Reply reply = services.reads().answer(view, read, sessionId, auth.identities());
    count(op, xid);
    write(ping ? XID_PING : xid, view.zxid(), reply); // so it is, whatever the client sent
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

  private boolean toCore(int xid, int op, int length, Request request) {
    if (shard.isFull() && op != OpCode.CLOSE_SESSION) {
      blockedByLimit = true;
      return false;
    }
    if (refusedForAuth(xid)) {
      return true;
    }
    if (throttled(xid, op)) {
      return true;
    }
    if (tooLarge(length)) {
      return true;
    }
    count(op, xid);
    boolean ordered =
        request instanceof Request.Write w
            ? !(w instanceof Request.Undecodable u) || u.write()
            : request instanceof Request.Sync;
    inFlight.add(shard.nowNanos(), length, ordered);
    shard.outstanding++;
    shard.send(new Input.Ask(link, xid, request, auth.identities()));
    return true;
  }

  /** Waited longer than throttled_op_wait_time allows: not executed (section 2.9). */
  private boolean throttled(int xid, int op) {
    int waitMs = services.config().limits().throttledOpWaitMs();
    if (waitMs <= 0
        || !blockedByLimit
        || shard.nowNanos() - heldSinceNanos < waitMs * 1_000_000L
        || inFlight.size() > 0) {
      return false;
    }
    count(op, xid);
    shard.stats.throttled++;
    write(xid, shard.view().zxid(), new Reply.Refused(ErrorCode.THROTTLED_OP));
    return true;
  }

  private boolean tooLarge(int length) {
    ServerConfig.Limits limits = services.config().limits();
    int threshold = limits.largeRequestThresholdBytes();
    if (threshold < 0 || length < threshold) {
      return false;
    }
    if (shard.largeBytes + length > limits.largeRequestBytes()) {
      LOG.info(
          "{}: large requests of more than {} bytes: closed", this, limits.largeRequestBytes());
      shard.stats.largeRejected++;
      abort();
      return true;
    }
    shard.largeBytes += length;
    return false;
  }

  private void answered() {
    int length = inFlight.remove();
    shard.outstanding--;
    int threshold = services.config().limits().largeRequestThresholdBytes();
    if (threshold >= 0 && length >= threshold) {
      shard.largeBytes -= length;
    }
  }

  /** An operation that clients may not send. */
  private boolean illegal(int xid, int op) {
    if (inFlight.size() > 0) {
      return false; // answers before it go out first
    }
    LOG.info("{}: operation {} is not one of a client: closed", this, op);
    if (op != OpCode.DELETE_CONTAINER && op != OpCode.CREATE_SESSION) {
      encode(xid, -1, new Reply.Refused(ErrorCode.UNIMPLEMENTED));
    }
    closeAfterReplies();
    return true;
  }

  // ---- authentication

  private boolean refusedForAuth(int xid) {
    if (auth.maySpeak()) {
      return false;
    }
    encode(xid, 0, new Reply.Refused(ErrorCode.SESSION_CLOSED_REQUIRE_SASL_AUTH));
    closeAfterReplies();
    return true;
  }

  private void authenticate(int xid, Request.Auth request) {
    count(OpCode.AUTH, xid);
    AuthProvider.Outcome outcome = auth.authenticate(request, shard.view());
    if (outcome.success()) {
      encode(xid, 0, Reply.None.INSTANCE);
      shard.send(new Input.Identified(link, auth.identities()));
      return;
    }
    shard.stats.authFailed++;
    LOG.warn("{}: authentication with scheme {} failed", this, printable(request.scheme()));
    if (!outcome.disconnect()) {
      encode(xid, 0, new Reply.Refused(ErrorCode.AUTH_FAILED));
    }
    closeAfterReplies();
  }

  private boolean sasl(int xid, Request.Sasl request) {
    if (inFlight.size() > 0) {
      return false;
    }
    count(OpCode.SASL, xid);
    ConnectionAuth.SaslStep step = auth.sasl(request.token());
    if (step.error() != ErrorCode.OK) {
      shard.stats.authFailed++;
      LOG.warn("{}: SASL authentication failed: {}", this, step.problem());
      WireWriter out = shard.writerFor(this);
      int before = out.position();
      services.encoder().saslRefused(out, xid, step.error());
      sent(out.position() - before);
      closeAfterReplies();
      return true;
    }
    encode(xid, 0, new Reply.SaslToken(step.token()));
    if (step.gained()) {
      shard.send(new Input.Identified(link, auth.identities()));
    }
    return true;
  }

  private static String printable(String text) {
    return text.replaceAll("\\p{Cntrl}", "?");
  }

  // ---- out

  /** Loop: something from the core. */
  void deliver(Outbound o) {
    if (state == State.CLOSED || state == State.CLOSING) {
      return;
    }
    switch (o.kind()) {
      case EVENT -> {
        WatchEvent event = (WatchEvent) payload(o);
        lastZxid = Math.max(lastZxid, event.zxid());
        WireWriter out = shard.writerFor(this);
        int before = out.position();
        services.encoder().event(out, event);
        sent(out.position() - before);
      }
      case REPLY -> {
        long nanos = shard.nowNanos() - inFlight.firstStartNanos();
        stats.latency(nanos);
        shard.stats.latency(nanos);
        answered();
        write(o.xid(), o.zxid(), (Reply) payload(o));
      }
      case OPENED -> opened((Outbound.Opened) payload(o));
      case REJECTED -> connectResponse(0, 0, new byte[16]);
      case CLOSE -> {
        if (payload(o) == CloseReason.SESSION_CLOSED) {
          closeAfterFarewell();
        } else {
          closeAfterReplies();
        }
      }
    }
  }

  private static Object payload(Outbound o) {
    Object payload = o.payload();
    if (payload == null) {
      throw new IllegalStateException("nothing to send: " + o.kind());
    }
    return payload;
  }

  private void opened(Outbound.Opened opened) {
    sessionId = opened.sessionId();
    timeoutMs = opened.timeoutMs();
    state = State.OPEN;
    connectResponse(opened.timeoutMs(), opened.sessionId(), opened.password());
    noteHeard();
  }

  private void connectResponse(int timeout, long session, byte[] password) {
    WireWriter out = shard.writerFor(this);
    int before = out.position();
    services.encoder().connectResponse(out, timeout, session, password, false, readOnlyByte);
    sent(out.position() - before);
  }

  /** An answer; its zxid never goes back on this connection. */
  private void write(int xid, long zxid, Reply reply) {
    lastZxid = Math.max(lastZxid, zxid);
    encode(xid, lastZxid, reply);
  }

  private void encode(int xid, long zxid, Reply reply) {
    WireWriter out = shard.writerFor(this);
    int before = out.position();
    services.encoder().reply(out, xid, zxid, reply);
    sent(out.position() - before);
  }

  private void sent(int bytes) {
    stats.sent++;
    stats.lastResponseNanos = shard.nowNanos();
    shard.stats.response(bytes);
  }

  void handOver(WireWriter out) {
    if (state == State.CLOSED) {
      return;
    }
    channel.write(out.array(), 0, out.position());
    if (channel.queuedBytes() > QUEUE_CLOSE_BYTES) {
      LOG.info("{}: more than {} bytes wait to be read: closed", this, QUEUE_CLOSE_BYTES);
      abort();
    }
  }

  void flush() {
    if (state != State.CLOSED) {
      channel.flush();
    }
  }

  @Override
  public void drained() {
    shard.takeViewAndDrain();
    receiveComplete();
  }

  private void closeAfterReplies() {
    shard.finishWriting();
    if (state != State.CLOSED) {
      leave(State.CLOSING);
      channel.flush();
      channel.closeAfterFlush();
    }
  }

  /** The client has closed its session, so it sends nothing more. */
  private void closeAfterFarewell() {
    shard.finishWriting();
    if (state != State.CLOSED) {
      leave(State.CLOSING);
      channel.closeAfterFarewell();
    }
  }

  private void abort() {
    if (state != State.CLOSED) {
      leave(State.CLOSING);
      channel.abort();
    }
  }

  /** Gives back what was counted for requests without an answer. */
  private void leave(State to) {
    state = to;
    while (inFlight.size() > 0) {
      answered();
    }
    shard.retrySoon();
    heldLength = 0;
    held = NOTHING;
    if (inCore) {
      inCore = false;
      shard.send(new Input.Disconnect(link));
    }
  }

  /** Who has sent a four-letter word may stop sending at once and still wait for the answer. */
  @Override
  public boolean inputEnded() {
    return state == State.WORD;
  }

  @Override
  public void closed() {
    if (state == State.CLOSED) {
      return;
    }
    leave(State.CLOSED);
    shard.closed(this);
  }

  @Override
  public String toString() {
    String session = sessionId == 0 ? "" : " session 0x" + Zxid.toHex(sessionId);
    return "client " + channel.remoteAddress() + session;
  }
}
