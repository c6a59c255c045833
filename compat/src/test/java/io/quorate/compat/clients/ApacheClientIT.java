package io.quorate.compat.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.compat.server.ServerKind;
import io.quorate.compat.server.ServerProcess;
import io.quorate.compat.server.Waiting;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.zookeeper.AddWatchMode;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.OpResult;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.Watcher.Event.EventType;
import org.apache.zookeeper.Watcher.Event.KeeperState;
import org.apache.zookeeper.Watcher.WatcherType;
import org.apache.zookeeper.ZKUtil;
import org.apache.zookeeper.ZooDefs.Ids;
import org.apache.zookeeper.ZooDefs.Perms;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.ClientInfo;
import org.apache.zookeeper.data.Id;
import org.apache.zookeeper.data.Stat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Apache's own Java client, unmodified. */
@SuppressWarnings("try")
class ApacheClientIT {
  private static final int TIMEOUT_MS = 30_000;
  private static ServerProcess server;

  @BeforeAll
  static void start() {
    server =
        ServerProcess.of(ServerKind.QUORATE)
            .config("extendedTypesEnabled", "true")
            .config("tickTime", "250")
            .config("maxSessionTimeout", "60000")
            .property("znode.container.checkIntervalMs", "200")
            .start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static ZooKeeper client() throws Exception {
    return client(TIMEOUT_MS, e -> {});
  }

  private static ZooKeeper client(int timeoutMs, Watcher watcher) throws Exception {
    CountDownLatch connected = new CountDownLatch(1);
    ZooKeeper zk =
        new ZooKeeper(
            server.connectString(),
            timeoutMs,
            e -> {
              if (e.getState() == KeeperState.SyncConnected) {
                connected.countDown();
              }
              watcher.process(e);
            });
    assertThat(connected.await(20, TimeUnit.SECONDS)).isTrue();
    return zk;
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void creates() throws Exception {
    try (ZooKeeper zk = client()) {
      assertThat(zk.create("/c", text("d"), Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT))
          .isEqualTo("/c");
      Stat stat = new Stat();
      assertThat(
              zk.create("/c/s-", null, Ids.OPEN_ACL_UNSAFE, CreateMode.EPHEMERAL_SEQUENTIAL, stat))
          .isEqualTo("/c/s-0000000000");
      assertThat(stat.getEphemeralOwner()).isEqualTo(zk.getSessionId());
      zk.create("/c/box", null, Ids.OPEN_ACL_UNSAFE, CreateMode.CONTAINER);
      zk.create("/c/t", null, Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT_WITH_TTL, stat, 1_000_000);
      assertThat(stat.getEphemeralOwner()).isZero();
      assertThat(
              zk.create(
                  "/c/q-",
                  null,
                  Ids.OPEN_ACL_UNSAFE,
                  CreateMode.PERSISTENT_SEQUENTIAL_WITH_TTL,
                  null,
                  1_000_000))
          .isEqualTo("/c/q-0000000003");
      assertThat(zk.getAllChildrenNumber("/c")).isEqualTo(4);
      assertThat(zk.getEphemerals()).containsExactly("/c/s-0000000000");
      assertThat(code(() -> zk.create("/c", null, Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT)))
          .isEqualTo(Code.NODEEXISTS);
    }
  }

  private interface Call {
    Object run() throws Exception;
  }

  private static Code code(Call call) throws Exception {
    try {
      call.run();
      return Code.OK;
    } catch (KeeperException e) {
      return e.code();
    }
  }

  @Test
  void readsAndWrites() throws Exception {
    try (ZooKeeper zk = client()) {
      zk.create("/rw", text("1"), Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
      Stat set = zk.setData("/rw", text("2"), 0);
      assertThat(set.getVersion()).isEqualTo(1);
      Stat stat = new Stat();
      assertThat(zk.getData("/rw", false, stat)).isEqualTo(text("2"));
      assertThat(stat).isEqualTo(set).isEqualTo(zk.exists("/rw", false));
      assertThat(code(() -> zk.setData("/rw", null, 7))).isEqualTo(Code.BADVERSION);
      assertThat(code(() -> zk.getData("/none", false, null))).isEqualTo(Code.NONODE);
      assertThat(zk.exists("/none", false)).isNull();
      zk.create("/rw/k", null, Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
      assertThat(zk.getChildren("/rw", false)).containsExactly("k");
      assertThat(zk.getChildren("/rw", false, stat)).containsExactly("k");
      assertThat(stat.getNumChildren()).isEqualTo(1);
      assertThat(code(() -> delete(zk, "/rw", -1))).isEqualTo(Code.NOTEMPTY);
      zk.sync("/rw");
      ZKUtil.deleteRecursive(zk, "/rw");
      assertThat(zk.exists("/rw", false)).isNull();
      byte[] big = new byte[1_000_000];
      zk.create("/big", big, Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
      assertThat(zk.getData("/big", false, null)).hasSize(big.length);
    }
  }

  /** The client asks lists whether they hold null, which List.of() refuses. */
  private static List<ACL> aclList(ACL... entries) {
    return new ArrayList<>(Arrays.asList(entries));
  }

  private static Object delete(ZooKeeper zk, String path, int version) throws Exception {
    zk.delete(path, version);
    return path;
  }

  @Test
  void accessControl() throws Exception {
    try (ZooKeeper mine = client();
        ZooKeeper other = client()) {
      mine.addAuthInfo("digest", text("me:secret"));
      mine.create("/acl", text("s"), Ids.CREATOR_ALL_ACL, CreateMode.PERSISTENT);
      assertThat(code(() -> other.getData("/acl", false, null))).isEqualTo(Code.NOAUTH);
      assertThat(code(() -> other.getACL("/acl", null))).isEqualTo(Code.NOAUTH);
      assertThat(mine.getACL("/acl", null).get(0).getId().getId()).startsWith("me:");
      assertThat(mine.whoAmI()).contains(new ClientInfo("digest", "me"));
      ACL readable = new ACL(Perms.READ, new Id("world", "anyone"));
      mine.setACL("/acl", aclList(readable, Ids.CREATOR_ALL_ACL.get(0)), 0);
      assertThat(other.getData("/acl", false, null)).isEqualTo(text("s"));
      assertThat(other.getACL("/acl", null)).contains(new ACL(31, new Id("digest", "me:x")));
      assertThat(code(() -> other.setData("/acl", null, -1))).isEqualTo(Code.NOAUTH);
      other.addAuthInfo("digest", text("me:secret"));
      other.setData("/acl", null, -1);
      assertThat(code(() -> other.create("/bad", null, aclList(), CreateMode.PERSISTENT)))
          .isEqualTo(Code.INVALIDACL);
    }
  }

  @Test
  void aFailedAuthenticationEndsTheHandle() throws Exception {
    BlockingQueue<KeeperState> states = new LinkedBlockingQueue<>();
    try (ZooKeeper zk = client(TIMEOUT_MS, e -> states.add(e.getState()))) {
      zk.addAuthInfo("nosuchscheme", text("x"));
      Waiting.until("AuthFailed", 20_000, () -> states.contains(KeeperState.AuthFailed));
      assertThat(code(() -> zk.exists("/", false))).isEqualTo(Code.AUTHFAILED);
    }
  }

  @Test
  void watches() throws Exception {
    BlockingQueue<WatchedEvent> events = new LinkedBlockingQueue<>();
    try (ZooKeeper zk = client();
        ZooKeeper other = client()) {
      zk.exists("/w", events::add);
      other.create("/w", null, Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
      assertNext(events, EventType.NodeCreated, "/w");
      zk.getData("/w", events::add, null);
      other.setData("/w", null, -1);
      assertNext(events, EventType.NodeDataChanged, "/w");
      zk.getChildren("/w", events::add);
      other.create("/w/k", null, Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
      assertNext(events, EventType.NodeChildrenChanged, "/w");
      zk.addWatch("/w", events::add, AddWatchMode.PERSISTENT_RECURSIVE);
      Stat changed = other.setData("/w/k", null, -1);
      WatchedEvent event = assertNext(events, EventType.NodeDataChanged, "/w/k");
      assertThat(event.getZxid()).isEqualTo(changed.getMzxid());
      other.delete("/w/k", -1);
      assertNext(events, EventType.NodeDeleted, "/w/k");
      zk.removeAllWatches("/w", WatcherType.Any, false);
      assertNext(events, EventType.PersistentWatchRemoved, "/w");
      other.setData("/w", null, -1);
      assertThat(code(() -> removeAll(zk, "/w"))).isEqualTo(Code.NOWATCHER);
      assertThat(events).isEmpty();
    }
  }

  private static Object removeAll(ZooKeeper zk, String path) throws Exception {
    zk.removeAllWatches(path, WatcherType.Any, false);
    return path;
  }

  private static WatchedEvent assertNext(
      BlockingQueue<WatchedEvent> events, EventType type, String path) throws Exception {
    WatchedEvent event = events.poll(20, TimeUnit.SECONDS);
    assertThat(event).as(type + " of " + path).isNotNull();
    assertThat(event.getType()).isEqualTo(type);
    assertThat(event.getPath()).isEqualTo(path);
    return event;
  }

  @Test
  void multis() throws Exception {
    try (ZooKeeper zk = client()) {
      List<OpResult> results =
          zk.multi(
              List.of(
                  Op.create("/m", text("1"), Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT),
                  Op.setData("/m", text("2"), 0),
                  Op.check("/m", 1),
                  Op.create("/m/e-", null, Ids.OPEN_ACL_UNSAFE, CreateMode.EPHEMERAL_SEQUENTIAL),
                  Op.create(
                      "/m/t", null, Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT_WITH_TTL, 90_000),
                  Op.delete("/m/t", 0)));
      assertThat(results).hasSize(6);
      assertThat(((OpResult.CreateResult) results.get(3)).getPath()).isEqualTo("/m/e-0000000000");
      assertThatThrownBy(
              () ->
                  zk.multi(
                      List.of(
                          Op.setData("/m", text("3"), -1),
                          Op.delete("/none", -1),
                          Op.check("/m", -1))))
          .isInstanceOfSatisfying(
              KeeperException.NoNodeException.class,
              e ->
                  assertThat(e.getResults())
                      .extracting(r -> ((OpResult.ErrorResult) r).getErr())
                      .containsExactly(0, -101, -2));
      assertThat(zk.getData("/m", false, null)).isEqualTo(text("2"));
      List<OpResult> read = zk.multi(List.of(Op.getData("/m"), Op.getChildren("/none")));
      assertThat(((OpResult.GetDataResult) read.get(0)).getData()).isEqualTo(text("2"));
      assertThat(((OpResult.ErrorResult) read.get(1)).getErr()).isEqualTo(-101);
    }
  }

  @Test
  void manyRequestsAtOnce() throws Exception {
    int count = 5_000;
    try (ZooKeeper zk = client()) {
      zk.create("/async", null, Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
      AtomicInteger inOrder = new AtomicInteger();
      CompletableFuture<Integer> failed = new CompletableFuture<>();
      for (int i = 0; i < count; i++) {
        int number = i;
        zk.setData(
            "/async",
            text("" + i),
            i,
            (rc, path, ctx, stat) -> {
              if (rc != 0 || stat.getVersion() != number + 1 || inOrder.get() != number) {
                failed.complete(rc);
              }
              if (inOrder.incrementAndGet() == count) {
                failed.complete(0);
              }
            },
            null);
      }
      assertThat(failed.get(60, TimeUnit.SECONDS)).isZero();
      assertThat(zk.getData("/async", false, null)).isEqualTo(text("" + (count - 1)));
    }
  }

  @Test
  void aSessionMovesToAnotherHandle() throws Exception {
    try (ZooKeeper first = client()) {
      first.create("/moved", null, Ids.OPEN_ACL_UNSAFE, CreateMode.EPHEMERAL);
      CountDownLatch connected = new CountDownLatch(1);
      ZooKeeper second =
          new ZooKeeper(
              server.connectString(),
              TIMEOUT_MS,
              e -> connected.countDown(),
              first.getSessionId(),
              first.getSessionPasswd());
      assertThat(connected.await(20, TimeUnit.SECONDS)).isTrue();
      assertThat(second.exists("/moved", false).getEphemeralOwner())
          .isEqualTo(first.getSessionId());
      second.close();
      Waiting.until(
          "the ephemeral goes with its session",
          20_000,
          () -> {
            try (ZooKeeper reader = client()) {
              return reader.exists("/moved", false) == null;
            }
          });
    }
  }

  @Test
  void aSessionOutlivesItsServer() throws Exception {
    try (ServerProcess own = ServerProcess.of(ServerKind.QUORATE)) {
      own.config("maxSessionTimeout", "60000").start();
      BlockingQueue<WatchedEvent> events = new LinkedBlockingQueue<>();
      try (ZooKeeper zk = new ZooKeeper(own.connectString(), TIMEOUT_MS, e -> {})) {
        zk.create("/e", text("1"), Ids.OPEN_ACL_UNSAFE, CreateMode.EPHEMERAL);
        zk.getData("/e", events::add, null);
        zk.addWatch("/", events::add, AddWatchMode.PERSISTENT_RECURSIVE);
        long session = zk.getSessionId();
        own.kill();
        own.start();
        Waiting.until("connected again", 30_000, () -> zk.exists("/e", false) != null);
        assertThat(zk.getSessionId()).isEqualTo(session);
        // The client sets its watches again after the reconnect.
        events.clear();
        zk.setData("/e", text("2"), -1);
        Waiting.until(
            "both watches fire",
            20_000,
            () ->
                events.stream().filter(e -> e.getType() == EventType.NodeDataChanged).count() == 2);
      }
    }
  }

  /** The client falls silent; the server ends the session and what belongs to it. */
  @Test
  void sessionsExpire() throws Exception {
    try (ZooKeeper watcher = client()) {
      ZooKeeper dying = client(1_000, e -> {});
      dying.create("/dying", null, Ids.OPEN_ACL_UNSAFE, CreateMode.EPHEMERAL);
      BlockingQueue<WatchedEvent> events = new LinkedBlockingQueue<>();
      watcher.exists("/dying", events::add);
      // Ends the client's threads and its socket, and tells the server nothing.
      dying.getTestable().injectSessionExpiration();
      assertNext(events, EventType.NodeDeleted, "/dying");
      assertThat(code(() -> dying.exists("/", false))).isEqualTo(Code.SESSIONEXPIRED);
    }
  }

  /** A session that somebody else closed: its handle hears so when it comes back. */
  @Test
  void anEndedSessionIsReportedAsExpired() throws Exception {
    BlockingQueue<KeeperState> states = new LinkedBlockingQueue<>();
    try (ZooKeeper first = client(TIMEOUT_MS, e -> states.add(e.getState()))) {
      CountDownLatch connected = new CountDownLatch(1);
      ZooKeeper second =
          new ZooKeeper(
              server.connectString(),
              TIMEOUT_MS,
              e -> connected.countDown(),
              first.getSessionId(),
              first.getSessionPasswd());
      assertThat(connected.await(20, TimeUnit.SECONDS)).isTrue();
      second.close();
      Waiting.until("Expired", 20_000, () -> states.contains(KeeperState.Expired));
      assertThat(code(() -> first.exists("/", false))).isEqualTo(Code.SESSIONEXPIRED);
    }
  }

  @Test
  void containersAndTtlNodesGo() throws Exception {
    try (ZooKeeper zk = client()) {
      zk.create("/box", null, Ids.OPEN_ACL_UNSAFE, CreateMode.CONTAINER);
      zk.create("/box/k", null, Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
      zk.create("/ttl", null, Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT_WITH_TTL, null, 200);
      zk.delete("/box/k", -1);
      Waiting.until(
          "both go",
          30_000,
          () -> zk.exists("/box", false) == null && zk.exists("/ttl", false) == null);
    }
  }

  @Test
  void aChrootIsTheClientsAffair() throws Exception {
    try (ZooKeeper plain = client()) {
      plain.create("/chroot", null, Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
      try (ZooKeeper zk = new ZooKeeper(server.connectString() + "/chroot", TIMEOUT_MS, e -> {})) {
        zk.create("/in", null, Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
        assertThat(plain.exists("/chroot/in", false)).isNotNull();
        assertThat(zk.getChildren("/", false)).containsExactly("in");
      }
    }
  }
}
