package io.quorate.compat.crash;

import io.quorate.compat.server.Waiting;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.Watcher.Event.KeeperState;
import org.apache.zookeeper.ZooDefs.Ids;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.Stat;

/**
 * One session of Apache's Java client that keeps a window of writes under way in a folder of its
 * own and outlives the server's ends. After each the folder must be as after some prefix of what
 * was sent that contains all that was acknowledged.
 */
final class ApacheLoad implements AutoCloseable {
  private static final int WINDOW = 24;
  private static final int SESSION_TIMEOUT_MS = 120_000;
  private static final int MAX_NODES = 24;
  private static final long DEADLINE_MS = 60_000;

  /** A write without a reply so far. */
  private record Pending(String what, ModelTree after) implements SentPrefix.Sent {}

  /** One change to the folder. */
  private record Change(Op op, String what, ModelTree after) {}

  private final String folder;
  private final Random random;
  private final AtomicLong acknowledged;
  private final Deque<Pending> pending = new ArrayDeque<>(); // guarded by itself
  private final Semaphore window = new Semaphore(WINDOW);
  private volatile boolean connected;
  private volatile boolean broken;
  private volatile AssertionError problem;
  private volatile long highestZxid; // of a setData; written by the client's thread
  private ZooKeeper zk;
  private ModelTree acked = ModelTree.EMPTY; // guarded by pending
  private ModelTree sent = ModelTree.EMPTY;
  private int names;

  ApacheLoad(String folder, long seed, AtomicLong acknowledged) {
    this.folder = folder;
    this.random = new Random(seed);
    this.acknowledged = acknowledged;
  }

  /** Opens the session and makes the folder, on a fresh server. */
  void begin(String connectString) throws Exception {
    zk = new ZooKeeper(connectString, SESSION_TIMEOUT_MS, this::event);
    awaitConnected();
    zk.create(folder, null, Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
  }

  private void event(WatchedEvent event) {
    connected = event.getState() == KeeperState.SyncConnected;
    if (!connected) {
      broken = true;
    }
    if (event.getState() == KeeperState.Expired) {
      problem = new AssertionError(folder + ": the session is lost");
    }
  }

  private void awaitConnected() {
    Waiting.until(
        "the client of " + folder + " is connected",
        DEADLINE_MS,
        () -> connected || problem != null);
    throwProblem();
  }

  private void throwProblem() {
    AssertionError p = problem;
    if (p != null) {
      throw p;
    }
  }

  /** Sends writes until the server is gone, and then waits until none is under way. */
  void load() throws InterruptedException {
    broken = false;
    while (!broken) {
      if (window.tryAcquire(50, TimeUnit.MILLISECONDS)) {
        sendOne();
      }
    }
    // What was sent too late is refused when the client tries to connect again.
    if (!window.tryAcquire(WINDOW, DEADLINE_MS, TimeUnit.MILLISECONDS)) {
      throw new AssertionError(folder + ": replies are missing");
    }
    window.release(WINDOW);
    throwProblem();
  }

  private void sendOne() {
    ModelTree state = sent;
    List<Op> ops = new ArrayList<>();
    StringBuilder what = new StringBuilder();
    int count = random.nextInt(4) == 0 ? 2 + random.nextInt(3) : 1;
    for (int i = 0; i < count; i++) {
      Change c = change(state);
      ops.add(c.op());
      what.append(c.what()).append(' ');
      state = c.after();
    }
    boolean mustFail = count > 1 && random.nextInt(5) == 0;
    if (mustFail) {
      ops.add(random.nextInt(ops.size() + 1), Op.check(folder, 1_000_000));
      state = sent;
    }
    sent = state;
    Pending p = new Pending(what.toString(), state);
    synchronized (pending) {
      pending.add(p);
    }
    if (ops.size() > 1) {
      zk.multi(ops, (code, path, context, results) -> replied(code, p, mustFail), null);
    } else {
      single(ops.getFirst(), p);
    }
  }

  private void single(Op op, Pending p) {
    switch (op) {
      case Op.Create c ->
          zk.create(
              c.getPath(),
              ((org.apache.zookeeper.proto.CreateRequest) c.toRequestRecord()).getData(),
              Ids.OPEN_ACL_UNSAFE,
              flags(c),
              (code, path, context, name) -> replied(code, p, false),
              null);
      case Op.SetData s ->
          zk.setData(
              s.getPath(),
              ((org.apache.zookeeper.proto.SetDataRequest) s.toRequestRecord()).getData(),
              -1,
              (code, path, context, stat) -> {
                if (code == 0) {
                  highestZxid = Math.max(highestZxid, stat.getMzxid());
                }
                replied(code, p, false);
              },
              null);
      default ->
          zk.delete(op.getPath(), -1, (code, path, context) -> replied(code, p, false), null);
    }
  }

  private static CreateMode flags(Op.Create create) {
    int flags = ((org.apache.zookeeper.proto.CreateRequest) create.toRequestRecord()).getFlags();
    return flags == 0 ? CreateMode.PERSISTENT : CreateMode.EPHEMERAL;
  }

  private void replied(int code, Pending p, boolean mustFail) {
    int expected = mustFail ? Code.BADVERSION.intValue() : Code.OK.intValue();
    if (code == expected) {
      synchronized (pending) {
        if (pending.poll() != p) {
          problem = new AssertionError(folder + ": replies in another order");
        }
        acked = p.after();
      }
      acknowledged.incrementAndGet();
    } else if (code == Code.CONNECTIONLOSS.intValue()) {
      broken = true; // it may have been applied
    } else {
      problem = new AssertionError(folder + ": " + p.what() + " answers " + Code.get(code));
      broken = true;
    }
    window.release();
  }

  private Change change(ModelTree state) {
    List<String> existing = state.nodes().keySet().stream().sorted().toList();
    int dice = random.nextInt(10);
    if (existing.isEmpty() || (dice < 4 && existing.size() < MAX_NODES)) {
      String name = "n" + names++;
      byte[] data = data();
      CreateMode mode = random.nextInt(4) == 0 ? CreateMode.EPHEMERAL : CreateMode.PERSISTENT;
      return new Change(
          Op.create(folder + "/" + name, data, Ids.OPEN_ACL_UNSAFE, mode),
          "create " + name,
          state.create(name, data, mode.isEphemeral()));
    }
    String name = existing.get(random.nextInt(existing.size()));
    String path = folder + "/" + name;
    if (dice < 8 && existing.size() < MAX_NODES) {
      byte[] data = data();
      return new Change(Op.setData(path, data, -1), "set " + name, state.set(name, data));
    }
    return new Change(Op.delete(path, -1), "delete " + name, state.delete(name));
  }

  /** Mostly short; some longer than a page of the map. */
  private byte[] data() {
    byte[] data = new byte[random.nextInt(random.nextInt(10) == 0 ? 9_000 : 300)];
    random.nextBytes(data);
    return data;
  }

  /**
   * Compares the folder with what may be there, after a start.
   *
   * @return how many unacknowledged writes had been applied
   */
  int compare() throws Exception {
    awaitConnected();
    ModelTree found = read();
    synchronized (pending) {
      int applied = SentPrefix.applied(folder, found, acked, pending);
      acked = found;
      sent = found;
      pending.clear();
      return applied;
    }
  }

  private ModelTree read() throws Exception {
    Stat stat = new Stat();
    List<String> children;
    try {
      children = zk.getChildren(folder, false, stat);
    } catch (KeeperException.NoNodeException e) {
      throw new AssertionError(folder + " is lost", e);
    }
    Map<String, CompletableFuture<ModelTree.Node>> reads = new HashMap<>();
    for (String name : children) {
      CompletableFuture<ModelTree.Node> node = new CompletableFuture<>();
      reads.put(name, node);
      zk.getData(
          folder + "/" + name,
          false,
          (code, path, context, data, s) -> {
            if (code != 0) {
              node.completeExceptionally(new AssertionError(path + " answers " + Code.get(code)));
            } else if (s.getEphemeralOwner() != 0 && s.getEphemeralOwner() != zk.getSessionId()) {
              node.completeExceptionally(new AssertionError(path + " has another owner"));
            } else {
              boolean ephemeral = s.getEphemeralOwner() != 0;
              node.complete(new ModelTree.Node(Arrays.hashCode(data), s.getVersion(), ephemeral));
            }
          },
          null);
    }
    Map<String, ModelTree.Node> nodes = new HashMap<>();
    for (Map.Entry<String, CompletableFuture<ModelTree.Node>> read : reads.entrySet()) {
      nodes.put(read.getKey(), read.getValue().get(DEADLINE_MS, TimeUnit.MILLISECONDS));
    }
    // The visible cversion counts creates and deletes (NODE-2).
    return ModelTree.of(nodes, (stat.getCversion() + stat.getNumChildren()) / 2);
  }

  /** The highest zxid that an acknowledgement told of. */
  long highestZxid() {
    return highestZxid;
  }

  /** The paths of ephemerals that are there. */
  List<String> ephemerals() {
    synchronized (pending) {
      return acked.nodes().entrySet().stream()
          .filter(e -> e.getValue().ephemeral())
          .map(e -> folder + "/" + e.getKey())
          .toList();
    }
  }

  /** Ends the session. */
  @Override
  public void close() throws InterruptedException {
    if (zk != null) {
      zk.close();
    }
  }
}
