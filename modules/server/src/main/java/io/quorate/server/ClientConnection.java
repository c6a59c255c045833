package io.quorate.server;

import io.quorate.api.Reply;
import io.quorate.api.WatchEvent;
import io.quorate.api.Zxid;
import io.quorate.jute.WireWriter;
import io.quorate.replica.CloseReason;
import io.quorate.replica.Input;
import io.quorate.spi.codec.CodecException;
import io.quorate.spi.transport.Connection;
import io.quorate.spi.transport.ConnectionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client connection: its states, from the first frame to the end. {@link #received} takes whole
 * frames; the first is a {@link FourLetterWord} or begins the {@link Handshake}, each after it is a
 * request, which the {@link RequestProcessor} answers or sends to the core. One that has to wait
 * does so with everything behind it in {@link HeldFrames}. What comes from the core goes through
 * {@link #deliver}, and out through the {@link ReplyWriter}.
 *
 * <p>Belongs to its loop's thread. Does no I/O of its own, so a simulator can drive it.
 */
public final class ClientConnection implements ConnectionHandler {
  private static final Logger LOG = LoggerFactory.getLogger(ClientConnection.class);

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
  private final int maxFrame;
  final ConnectionStats stats;
  private final ConnectionAuth auth;
  private final Handshake handshake = new Handshake();
  private final RequestThrottle throttle;
  private final HeldFrames held;
  private final ReplyWriter replies;
  private final RequestProcessor requests;
  private State state = State.FRESH;
  private boolean inCore;
  private long sessionId;
  private int timeoutMs;
  private long heardNanos;
  private boolean heardNoted;
  private boolean blocked;

  /** A connection just accepted by the shard's loop. */
  public ClientConnection(IoShard shard, Connection channel, long id) {
    this.shard = shard;
    this.channel = channel;
    this.services = shard.services();
    this.link = new ServerLink(id, this);
    this.maxFrame = services.config().limits().maxBufferBytes();
    this.stats = new ConnectionStats(services.nanos().getAsLong(), System.currentTimeMillis());
    this.auth = new ConnectionAuth(services, channel.remoteAddress());
    this.throttle = new RequestThrottle(shard);
    this.held = new HeldFrames(channel, maxUnconsumed());
    this.replies = new ReplyWriter(this, shard, channel);
    this.requests = new RequestProcessor(link, shard, auth, throttle, replies);
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
    return replies.lastZxid();
  }

  int outstanding() {
    return throttle.outstanding();
  }

  private boolean ended() {
    return state == State.CLOSING || state == State.CLOSED;
  }

  boolean readsNow() {
    return !held.paused() && !ended() && state != State.WORD;
  }

  @Override
  public int maxUnconsumed() {
    return (int) Math.min(Integer.MAX_VALUE, Math.max(maxFrame, Handshake.MAX_CONNECT_BYTES) + 4L);
  }

  // ---- bytes in

  @Override
  public int received(byte[] array, int offset, int length) {
    shard.takeViewAndDrain();
    if (state == State.WORD || ended()) {
      return length; // anything behind a word, or after the end
    }
    noteHeard();
    shard.stats.receivedBytes += length;
    if (!held.isEmpty()) {
      held.add(array, offset, length, shard.nowNanos());
      runHeld();
      return length;
    }
    int used = process(array, offset, offset + length);
    if (blocked) {
      held.add(array, offset + used, length - used, shard.nowNanos());
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

  /** Tries the held frames again; called by the shard for blocked connections. */
  void retry() {
    if (!blocked) {
      return;
    }
    blocked = false;
    if (!ended()) {
      runHeld();
    }
  }

  private void runHeld() {
    if (blocked) {
      return;
    }
    int used = process(held.array(), 0, held.length());
    if (ended()) {
      return; // closed by one of the frames: nothing is held any more
    }
    held.consume(used);
    if (held.isEmpty()) {
      throttle.noneHeld();
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
      if (ended()) {
        return to - from;
      }
      int length = intAt(a, at);
      if (state == State.FRESH) {
        TextCommands.Word word = FourLetterWord.of(services, length);
        if (word != null) {
          return at - from + word(word, a, at, to - at);
        }
      }
      int limit = state == State.FRESH ? Handshake.MAX_CONNECT_BYTES : maxFrame;
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
      replies.slice();
    }
    return at - from;
  }

  static int intAt(byte[] a, int i) {
    return a[i] << 24 | (a[i + 1] & 0xff) << 16 | (a[i + 2] & 0xff) << 8 | a[i + 3] & 0xff;
  }

  /** Handles one frame; false if it has to wait. */
  private boolean frame(byte[] a, int offset, int length) {
    return switch (state) {
      case FRESH -> handshake(a, offset, length);
      case OPENING -> false;
      case OPEN -> requests.process(a, offset, length, held.sinceNanos());
      case WORD, CLOSING, CLOSED -> true;
    };
  }

  // ---- what a connection begins with

  /** Returns how many bytes are done with. */
  private int word(TextCommands.Word word, byte[] a, int offset, int length) {
    int argumentBytes = FourLetterWord.argumentBytes(services, word);
    if (length < 4 + argumentBytes) {
      return 0;
    }
    state = State.WORD;
    shard.stats.received++;
    stats.received++;
    FourLetterWord.run(services, word, a, offset + 4, argumentBytes, this::wordAnswered);
    return length;
  }

  /** On the thread that ran the word. */
  private void wordAnswered(byte[] answer) {
    channel
        .loop()
        .execute(
            () -> {
              if (state == State.WORD) {
                shard.stats.sent++; // as a packet, but as no response in the figures of those
                stats.sent++;
                channel.write(answer, 0, answer.length);
                channel.flush();
                state = State.CLOSING;
                channel.closeAfterFlush();
              }
            });
  }

  private boolean handshake(byte[] a, int offset, int length) {
    try {
      handshake.request(a, offset, length, shard, link, auth);
    } catch (CodecException e) {
      LOG.info("{}: closed: {}", this, e.getMessage());
      abort();
      return true;
    }
    state = State.OPENING;
    inCore = true;
    return true;
  }

  void closeIfSessionless(long nowNanos, long limitNanos) {
    boolean sessionless = state == State.FRESH;
    if (sessionless && nowNanos - stats.acceptedNanos > limitNanos) {
      abort();
    }
  }

  // ---- out

  /** Loop: something from the core. */
  void deliver(Outbound o) {
    if (ended()) {
      return;
    }
    switch (o.kind()) {
      case EVENT -> {
        replies.event((WatchEvent) payload(o));
        closeIfPilingUp();
      }
      case REPLY -> {
        long nanos = shard.nowNanos() - throttle.answered();
        stats.latency(nanos);
        shard.stats.latency(nanos);
        replies.reply(o.xid(), o.zxid(), (Reply) payload(o));
        closeIfPilingUp();
      }
      case OPENED -> opened((Outbound.Opened) payload(o));
      case REJECTED -> handshake.rejected(replies);
      case CLOSE -> {
        if (payload(o) == CloseReason.LIMIT) {
          LOG.warn("{}: too many watches: closed", this);
        }
        if (payload(o) == CloseReason.SESSION_CLOSED) {
          closeAfterFarewell();
        } else {
          closeAfterReplies();
        }
      }
    }
  }

  private void closeIfPilingUp() {
    if (replies.pilesUp()) {
      LOG.info("{}: too many bytes wait to be read by all clients: closed", this);
      abort();
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
    handshake.accepted(opened, replies);
    noteHeard();
  }

  void handOver(WireWriter out) {
    if (state == State.CLOSED) {
      return;
    }
    if (!replies.handOver(out)) {
      LOG.info("{}: too many bytes wait to be read: closed", this);
      abort();
    }
  }

  void flush() {
    if (state != State.CLOSED) {
      replies.flush();
    }
  }

  @Override
  public void drained() {
    replies.drained();
    shard.takeViewAndDrain();
    receiveComplete();
  }

  void closeAfterReplies() {
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

  /** Something of it was lost: the client is to come again. */
  void broken(Throwable cause) {
    LOG.error("{}: closed, because something for it was lost", this, cause);
    abort();
  }

  void abort() {
    if (state != State.CLOSED) {
      leave(State.CLOSING);
      channel.abort();
    }
  }

  /** Gives back what was counted for requests without an answer. */
  private void leave(State to) {
    state = to;
    throttle.leave();
    shard.retrySoon();
    held.clear();
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
    replies.ended();
    shard.closed(this);
  }

  @Override
  public String toString() {
    String session = sessionId == 0 ? "" : " session 0x" + Zxid.toHex(sessionId);
    return "client " + channel.remoteAddress() + session;
  }
}
