package io.quorate.server;

import io.quorate.api.TreeReader;
import io.quorate.api.TreeView;
import io.quorate.jute.WireWriter;
import io.quorate.replica.Input;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * What belongs to one I/O loop: the mailbox from the core, the view its reads are answered from,
 * its connections. Used by the loop's thread only, except {@link #enqueue} and {@link #wake}, which
 * the core calls.
 *
 * <p>Order: a reader takes the view first, then empties the mailbox, then answers. The core puts
 * events into the mailbox before it publishes the view that shows their changes. So nobody sees a
 * change before its event.
 */
public final class IoShard {
  private final ClientServices services;
  private final TreeReader reader;
  private final CorePort core;
  private final Queue<Outbound> mailbox;
  private final Executor executor;
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private final Runnable drain = this::scheduledDrain;
  private final Runnable wakeCore;
  private boolean coreWakeScheduled;

  final WireWriter out = new WireWriter(64 << 10);
  final ShardStats stats = new ShardStats();
  private final Set<ClientConnection> connections = new LinkedHashSet<>();
  private final ArrayDeque<ClientConnection> blocked = new ArrayDeque<>();
  private final ArrayList<ClientConnection> dirty = new ArrayList<>();
  private final ArrayList<ClientConnection> heard = new ArrayList<>();
  private final int outstandingLimit;
  private final long outstandingBytesLimit;
  final QueuedReplies queuedReplies;
  private @Nullable ClientConnection writing;
  private TreeView view;
  private long nowNanos;
  private boolean draining;
  int outstanding;
  long outstandingBytes;
  long largeBytes;

  /** For the core's router, on the core's thread. */
  boolean touched;

  /** Runs tasks on the shard's loop, in order, after what it is doing. */
  @FunctionalInterface
  public interface Executor {
    /** Any thread. */
    void execute(Runnable task);
  }

  /**
   * With its own reader and mailbox.
   *
   * @param mailbox one producer, the core; one consumer, this shard's loop
   * @param shards how many shards share the limits of outstanding requests and of queued replies
   */
  public IoShard(
      ClientServices services,
      TreeReader reader,
      CorePort core,
      Queue<?> mailbox,
      Executor executor,
      int shards) {
    this.services = services;
    this.reader = reader;
    this.core = core;
    this.mailbox = cast(mailbox);
    this.executor = executor;
    this.view = reader.latest();
    this.wakeCore =
        () -> {
          coreWakeScheduled = false;
          core.wake();
        };
    ServerConfig.Limits limits = services.config().limits();
    int limit = limits.globalOutstanding();
    if (limits.throttleRequests() > 0) {
      limit = Math.min(limit, limits.throttleRequests());
    }
    this.outstandingLimit = Math.max(1, limit / Math.max(1, shards));
    this.outstandingBytesLimit = Math.max(1, limits.outstandingBytes() / Math.max(1, shards));
    // they wait in direct memory, of which there is as much as heap
    long replies = Math.min(limits.queuedReplyBytes(), Runtime.getRuntime().maxMemory() / 4);
    this.queuedReplies =
        new QueuedReplies(replies == 0 ? 0 : Math.max(1, replies / Math.max(1, shards)));
  }

  @SuppressWarnings("unchecked") // made empty by the caller, filled only here
  private static Queue<Outbound> cast(Queue<?> queue) {
    return (Queue<Outbound>) queue;
  }

  ClientServices services() {
    return services;
  }

  /** Core's thread: puts something into the mailbox. */
  void enqueue(Outbound o) {
    mailbox.add(o);
  }

  /** Has the mailbox emptied and blocked frames tried soon. Any thread. */
  void wake() {
    if (!scheduled.getAndSet(true)) {
      executor.execute(drain);
    }
  }

  private void scheduledDrain() {
    scheduled.getAndSet(false); // a read too: what was put in before a wake() that saw it is seen
    takeViewAndDrain();
  }

  /** To be called at the beginning of each handling of bytes. */
  void takeViewAndDrain() {
    nowNanos = services.nanos().getAsLong();
    view = reader.latest();
    if (draining || (mailbox.isEmpty() && blocked.isEmpty())) {
      return;
    }
    draining = true;
    try {
      for (Outbound o = mailbox.poll(); o != null; o = mailbox.poll()) {
        deliver(o);
      }
      finishWriting();
      retryBlocked();
      finishWriting();
      flushDirty();
    } finally {
      draining = false;
    }
  }

  private static void deliver(Outbound o) {
    ClientConnection c = o.link().connection();
    try {
      c.deliver(o);
    } catch (RuntimeException | OutOfMemoryError e) {
      c.broken(e);
    }
  }

  private void retryBlocked() {
    for (int n = blocked.size(); n > 0; n--) {
      ClientConnection c = blocked.removeFirst();
      c.retry();
    }
  }

  /** There may be room now for frames that wait. */
  void retrySoon() {
    if (!blocked.isEmpty()) {
      wake();
    }
  }

  /** Says that frames of the connection wait; they are tried again at the next drain. */
  void blocked(ClientConnection connection) {
    blocked.addLast(connection);
  }

  /** The writer for this connection; what another had in it goes out first. */
  WireWriter writerFor(ClientConnection connection) {
    if (writing != connection) {
      finishWriting();
      writing = connection;
    }
    return out;
  }

  /** Hands the writer's bytes to the connection they are for. */
  void finishWriting() {
    ClientConnection c = writing;
    if (c != null) {
      writing = null;
      if (out.position() > 0) {
        try {
          c.handOver(out);
        } catch (RuntimeException | OutOfMemoryError e) { // Netty's, of direct memory
          c.broken(e); // without its bytes it may not go on; the others may
        }
        out.reset();
        dirty.add(c);
      }
    }
  }

  /** Sends what was handed over. */
  void flushDirty() {
    for (int i = 0; i < dirty.size(); i++) {
      ClientConnection c = dirty.get(i);
      try {
        c.flush();
      } catch (RuntimeException | OutOfMemoryError e) {
        c.broken(e);
      }
    }
    dirty.clear();
  }

  /** The view of this moment. */
  TreeView view() {
    return view;
  }

  long nowNanos() {
    return nowNanos;
  }

  boolean isFull() {
    return outstanding >= outstandingLimit || outstandingBytes >= outstandingBytesLimit;
  }

  void send(Input input) {
    core.send(input);
    if (!coreWakeScheduled) {
      coreWakeScheduled = true;
      executor.execute(wakeCore); // after all that is ready now, so that it becomes one turn
    }
  }

  /** What the writer holds for this connection. */
  int unwritten(ClientConnection connection) {
    return writing == connection ? out.position() : 0;
  }

  /** How many bytes of replies one connection may hold now. */
  long mayHold() {
    return queuedReplies.mayHold(out.position(), connections.size());
  }

  /** Whether a connection that holds so many bytes of replies and events is to go. */
  boolean holdsTooMuch(long queued) {
    return queuedReplies.tooMuch(queued, connections.size());
  }

  void opened(ClientConnection c) {
    connections.add(c);
  }

  void closed(ClientConnection c) {
    connections.remove(c);
    if (writing == c) {
      writing = null;
      out.reset();
    }
  }

  void heard(ClientConnection c) {
    heard.add(c);
  }

  /** Tells the core which sessions were heard. To be called every few hundred ms on the loop. */
  public void reportHeard() {
    if (heard.isEmpty()) {
      return;
    }
    int n = heard.size();
    long[] ids = new long[n];
    long[] at = new long[n];
    int count = 0;
    for (ClientConnection c : heard) {
      if (c.takeHeard()) {
        ids[count] = c.sessionId();
        at[count++] = c.heardMs();
      }
    }
    heard.clear();
    if (count > 0) {
      send(new Input.Heard(ids, at, count));
    }
  }

  /** Closes connections that have no session after the allowed time. On the loop. */
  public void closeSessionless() {
    long limit = services.config().client().handshakeTimeoutMs() * 1_000_000L;
    long now = services.nanos().getAsLong();
    for (ClientConnection c : List.copyOf(connections)) {
      c.closeIfSessionless(now, limit);
    }
  }

  /** The connections; on the loop. */
  Set<ClientConnection> connections() {
    return connections;
  }
}
