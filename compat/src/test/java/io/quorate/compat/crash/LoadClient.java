package io.quorate.compat.crash;

import io.quorate.compat.server.ServerProcess;
import io.quorate.compat.wire.AclEntry;
import io.quorate.compat.wire.Bodies;
import io.quorate.compat.wire.JuteIn;
import io.quorate.compat.wire.Op;
import io.quorate.compat.wire.WireSession;
import io.quorate.compat.wire.WireStat;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A client that keeps a window of writes under way in a folder of its own and knows, for each, what
 * the folder is like after it. After a crash the folder must be as after some prefix of what was
 * sent that contains all that was acknowledged.
 */
public final class LoadClient {
  private static final int WINDOW = 24;
  private static final int SESSION_TIMEOUT_MS = 60_000;
  private static final int MAX_NODES = 24;

  /** A write that waits for its reply. */
  private record Pending(int xid, int op, String what, boolean mustFail, ModelTree after)
      implements SentPrefix.Sent {}

  private final String folder;
  private final Random random;
  private final AtomicLong acknowledged;
  private final Deque<Pending> pending = new ArrayDeque<>();
  private ModelTree acked = ModelTree.EMPTY;
  private ModelTree sent = ModelTree.EMPTY;
  private long highestZxid;
  private WireSession session;
  private long sessionId;
  private byte[] password = new byte[16];
  private int names;
  private long acks;
  private IOException endedBy;

  public LoadClient(String folder, long seed, AtomicLong acknowledged) {
    this.folder = folder;
    this.random = new Random(seed);
    this.acknowledged = acknowledged;
  }

  /** Opens the session and makes the folder, on a fresh server. */
  public void begin(ServerProcess server) throws IOException {
    session = WireSession.open(server.address(), SESSION_TIMEOUT_MS);
    sessionId = session.id();
    password = session.password();
    session.create(folder, null, 0);
  }

  /**
   * Attaches to the session again after a restart and compares the folder.
   *
   * @return how many unacknowledged writes had been applied
   */
  int resume(ServerProcess server) throws IOException {
    session =
        WireSession.attach(server.address(), SESSION_TIMEOUT_MS, sessionId, password, highestZxid);
    if (session == null) {
      throw new AssertionError(folder + ": session 0x" + Long.toHexString(sessionId) + " is lost");
    }
    return compare(session);
  }

  /**
   * Compares the folder as {@code reader} sees it with what may be there.
   *
   * @return how many unacknowledged writes had been applied
   */
  public int compare(WireSession reader) throws IOException {
    ModelTree found = read(reader);
    int applied = SentPrefix.applied(folder, found, acked, pending);
    acked = found;
    sent = found;
    pending.clear();
    return applied;
  }

  private ModelTree read(WireSession reader) throws IOException {
    Map<String, ModelTree.Node> nodes = new HashMap<>();
    WireSession.Reply listing = reader.must(Op.GET_CHILDREN2, Bodies.pathWatch(folder, false));
    List<String> names = listing.body().strings();
    WireStat stat = listing.body().stat();
    for (String name : names) {
      JuteIn in = reader.must(Op.GET_DATA, Bodies.pathWatch(folder + "/" + name, false)).body();
      byte[] data = in.buffer();
      WireStat s = in.stat();
      if (s.ephemeralOwner() != 0 && s.ephemeralOwner() != sessionId) {
        throw new AssertionError(folder + "/" + name + " has another owner: " + s);
      }
      nodes.put(
          name, new ModelTree.Node(Arrays.hashCode(data), s.version(), s.ephemeralOwner() != 0));
    }
    // The visible cversion counts creates and deletes (NODE-2).
    return ModelTree.of(nodes, (stat.cversion() + stat.numChildren()) / 2);
  }

  /** Sends writes and checks their replies until the server is gone. */
  public void load() {
    try {
      while (true) {
        while (pending.size() < WINDOW) {
          sendOne();
        }
        readOne();
        while (pending.size() > WINDOW / 2) {
          readOne();
        }
      }
    } catch (IOException serverGone) {
      // That is how every round ends; resume() judges what is left.
      endedBy = serverGone;
    }
  }

  /** Waits for all replies under way. */
  void drain() throws IOException {
    while (!pending.isEmpty()) {
      readOne();
    }
  }

  private void readOne() throws IOException {
    WireSession.Reply reply = session.readReply();
    Pending p = pending.peek();
    if (reply.xid() != p.xid()) {
      throw new AssertionError(folder + ": reply to " + reply.xid() + ", expected " + p.xid());
    }
    boolean failed = reply.error() != 0 || (p.op() == Op.MULTI && reply.body().int32() == Op.ERROR);
    if (failed != p.mustFail()) {
      throw new AssertionError(folder + ": " + p.what() + " answers " + reply.error());
    }
    if (reply.zxid() <= highestZxid && !failed) {
      throw new AssertionError(
          folder + ": zxid " + reply.zxid() + " after " + highestZxid + " for " + p.what());
    }
    highestZxid = Math.max(highestZxid, reply.zxid());
    pending.remove();
    acked = p.after();
    acks++;
    acknowledged.incrementAndGet();
  }

  private void sendOne() throws IOException {
    if (random.nextInt(4) == 0) {
      sendMulti();
      return;
    }
    ModelTree before = sent;
    Change c = change(before);
    send(c.op(), c.body(), c.what(), false, c.after());
  }

  private void sendMulti() throws IOException {
    List<byte[]> ops = new ArrayList<>();
    ModelTree state = sent;
    StringBuilder what = new StringBuilder("multi");
    int count = 2 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      Change c = change(state);
      ops.add(Bodies.multiOp(c.op(), c.body()));
      what.append(' ').append(c.what());
      state = c.after();
    }
    boolean mustFail = random.nextInt(5) == 0;
    if (mustFail) {
      ops.add(
          random.nextInt(ops.size() + 1),
          Bodies.multiOp(Op.CHECK, Bodies.pathVersion(folder, 1_000_000)));
    }
    send(Op.MULTI, Bodies.multi(ops), what.toString(), mustFail, mustFail ? sent : state);
  }

  private void send(int op, byte[] body, String what, boolean mustFail, ModelTree after)
      throws IOException {
    sent = after;
    // Written down first: a send that fails half-way may still have arrived.
    pending.add(new Pending(session.nextXid(), op, what, mustFail, after));
    session.send(op, body);
  }

  /** One change to the folder. */
  private record Change(int op, byte[] body, String what, ModelTree after) {}

  private Change change(ModelTree state) {
    List<String> existing = state.nodes().keySet().stream().sorted().toList();
    int dice = random.nextInt(10);
    if (existing.isEmpty() || (dice < 4 && existing.size() < MAX_NODES)) {
      return creation(state);
    }
    String name = existing.get(random.nextInt(existing.size()));
    String path = folder + "/" + name;
    if (dice < 8 && existing.size() < MAX_NODES) {
      byte[] data = data();
      return new Change(
          Op.SET_DATA, Bodies.setData(path, data, -1), "set " + name, state.set(name, data));
    }
    return new Change(
        Op.DELETE, Bodies.pathVersion(path, -1), "delete " + name, state.delete(name));
  }

  private Change creation(ModelTree state) {
    byte[] data = data();
    boolean ephemeral = random.nextInt(3) == 0;
    boolean sequential = random.nextInt(3) == 0;
    String asked = sequential ? "s-" : "n" + names++;
    String made = sequential ? asked + String.format("%010d", state.creates()) : asked;
    int flags = (ephemeral ? 1 : 0) + (sequential ? 2 : 0);
    return new Change(
        Op.CREATE,
        Bodies.create(folder + "/" + asked, data, AclEntry.OPEN, flags),
        "create " + made,
        state.create(made, data, ephemeral));
  }

  private byte[] data() {
    byte[] data = new byte[random.nextInt(20) == 0 ? 4_000 : random.nextInt(200)];
    random.nextBytes(data);
    return data;
  }

  long highestZxid() {
    return highestZxid;
  }

  long acks() {
    return acks;
  }

  /** Names of the ephemerals this session should own. */
  List<String> ephemerals() {
    return acked.nodes().entrySet().stream()
        .filter(e -> e.getValue().ephemeral())
        .map(e -> folder + "/" + e.getKey())
        .toList();
  }

  /** Why the last {@link #load} ended. */
  IOException endedBy() {
    return endedBy;
  }

  WireSession session() {
    return session;
  }
}
