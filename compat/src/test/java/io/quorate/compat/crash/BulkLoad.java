package io.quorate.compat.crash;

import io.quorate.compat.server.Waiting;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.Watcher.Event.KeeperState;
import org.apache.zookeeper.ZooDefs.Ids;
import org.apache.zookeeper.ZooKeeper;

/** Many znodes below one parent, made by Apache's client in multis, several of them under way. */
final class BulkLoad implements AutoCloseable {
  private static final int WINDOW = 8;
  private static final int TIMEOUT_MS = 60_000;

  private final ZooKeeper zk;
  private final String parent;
  private final Semaphore window = new Semaphore(WINDOW);
  private final Map<Integer, Integer> acknowledged = new ConcurrentHashMap<>();
  private volatile boolean connected;
  private volatile boolean lost;
  private volatile int error;

  BulkLoad(String connectString, String parent) throws Exception {
    this.parent = parent;
    zk =
        new ZooKeeper(
            connectString,
            TIMEOUT_MS,
            event -> {
              connected = event.getState() == KeeperState.SyncConnected;
              lost |= event.getState() == KeeperState.Disconnected;
            });
    Waiting.until("the client is connected", TIMEOUT_MS, () -> connected);
  }

  ZooKeeper client() {
    return zk;
  }

  /** The znode with this number. */
  String path(int number) {
    return parent + "/n" + number;
  }

  /** What it holds. */
  static byte[] data(int number, int length) {
    byte[] data = new byte[length];
    new Random(number).nextBytes(data);
    return data;
  }

  /**
   * Makes the parent and the znodes from 0 to before {@code count}, or as many as the server takes
   * before it ends.
   *
   * @return whether all were made
   */
  boolean create(int count, int inOneMulti, int length) throws Exception {
    zk.create(parent, null, Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
    for (int first = 0; first < count && !lost; first += inOneMulti) {
      while (!window.tryAcquire(50, TimeUnit.MILLISECONDS)) {
        if (lost) {
          break;
        }
      }
      int from = first;
      int to = Math.min(count, first + inOneMulti);
      List<Op> ops = new ArrayList<>();
      for (int i = from; i < to; i++) {
        ops.add(Op.create(path(i), data(i, length), Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT));
      }
      zk.multi(ops, (code, path, context, results) -> replied(code, from, to), null);
    }
    Waiting.until("all replies", TIMEOUT_MS, () -> lost || window.availablePermits() == WINDOW);
    if (error != 0) {
      throw new AssertionError("a multi answers " + Code.get(error));
    }
    return !lost;
  }

  private void replied(int code, int from, int to) {
    if (code == 0) {
      acknowledged.put(from, to);
    } else if (code == Code.CONNECTIONLOSS.intValue()) {
      lost = true;
    } else {
      error = code;
      lost = true;
    }
    window.release();
  }

  /** How many znodes were acknowledged. */
  int acknowledged() {
    return acknowledged.entrySet().stream().mapToInt(e -> e.getValue() - e.getKey()).sum();
  }

  /** Looks at every {@code step}-th of the acknowledged znodes, with a client of its own. */
  void check(String connectString, int length, int step) throws Exception {
    try (BulkLoad reader = new BulkLoad(connectString, parent)) {
      for (Map.Entry<Integer, Integer> range : acknowledged.entrySet()) {
        for (int i = range.getKey(); i < range.getValue(); i += step) {
          byte[] found = reader.zk.getData(path(i), false, null);
          if (!Arrays.equals(data(i, length), found)) {
            throw new AssertionError(path(i) + " holds something else");
          }
        }
      }
    }
  }

  @Override
  public void close() throws InterruptedException {
    zk.close();
  }
}
