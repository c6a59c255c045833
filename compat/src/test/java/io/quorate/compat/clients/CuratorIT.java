package io.quorate.compat.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.compat.server.ServerKind;
import io.quorate.compat.server.ServerProcess;
import io.quorate.compat.server.Waiting;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.framework.api.transaction.CuratorTransactionResult;
import org.apache.curator.framework.recipes.atomic.DistributedAtomicLong;
import org.apache.curator.framework.recipes.barriers.DistributedDoubleBarrier;
import org.apache.curator.framework.recipes.cache.ChildData;
import org.apache.curator.framework.recipes.cache.CuratorCache;
import org.apache.curator.framework.recipes.leader.LeaderLatch;
import org.apache.curator.framework.recipes.locks.InterProcessMutex;
import org.apache.curator.framework.recipes.locks.InterProcessReadWriteLock;
import org.apache.curator.framework.recipes.nodes.GroupMember;
import org.apache.curator.framework.recipes.nodes.PersistentNode;
import org.apache.curator.framework.recipes.nodes.PersistentTtlNode;
import org.apache.curator.framework.recipes.shared.SharedCount;
import org.apache.curator.retry.ExponentialBackoffRetry;
import org.apache.curator.retry.RetryOneTime;
import org.apache.curator.x.discovery.ServiceDiscovery;
import org.apache.curator.x.discovery.ServiceDiscoveryBuilder;
import org.apache.curator.x.discovery.ServiceInstance;
import org.apache.zookeeper.CreateMode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Curator's recipes, unmodified, on Apache's client. */
@SuppressWarnings("try")
class CuratorIT {
  private static final long PATIENCE_S = 30;
  private static ServerProcess server;

  private final List<CuratorFramework> clients = new ArrayList<>();
  private ExecutorService threads;
  private CuratorFramework one;
  private CuratorFramework two;

  @BeforeAll
  static void startServer() {
    server =
        ServerProcess.of(ServerKind.QUORATE)
            .config("extendedTypesEnabled", "true")
            .config("tickTime", "250")
            .config("maxSessionTimeout", "60000")
            .property("znode.container.checkIntervalMs", "200")
            .start();
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @BeforeEach
  void connect() throws Exception {
    threads = Executors.newCachedThreadPool();
    one = client();
    two = client();
  }

  @AfterEach
  void disconnect() {
    clients.forEach(CuratorFramework::close);
    threads.shutdownNow();
  }

  private CuratorFramework client() throws Exception {
    CuratorFramework client =
        CuratorFrameworkFactory.builder()
            .connectString(server.connectString())
            .sessionTimeoutMs(10_000)
            .connectionTimeoutMs(10_000)
            .retryPolicy(new ExponentialBackoffRetry(50, 8))
            .ensembleTracker(false)
            .build();
    clients.add(client);
    client.start();
    assertThat(client.blockUntilConnected(20, TimeUnit.SECONDS)).isTrue();
    return client;
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void theFramework() throws Exception {
    one.create().creatingParentContainersIfNeeded().forPath("/f/a/b", text("1"));
    assertThat(one.create().orSetData().forPath("/f/a/b", text("2"))).isEqualTo("/f/a/b");
    String made =
        one.create()
            .withProtection()
            .withMode(CreateMode.EPHEMERAL_SEQUENTIAL)
            .forPath("/f/p-", text("p"));
    assertThat(made).contains("_c_");
    List<CuratorTransactionResult> results =
        one.transaction()
            .forOperations(
                one.transactionOp().create().forPath("/f/t", text("t")),
                one.transactionOp().setData().forPath("/f/t", text("u")),
                one.transactionOp().check().withVersion(1).forPath("/f/t"),
                one.transactionOp().delete().forPath("/f/t"));
    assertThat(results).hasSize(4);
    one.delete().deletingChildrenIfNeeded().forPath("/f/a");
    assertThat(two.checkExists().forPath("/f/a")).isNull();
  }

  @Test
  void leaderLatch() throws Exception {
    LeaderLatch first = new LeaderLatch(one, "/latch", "one");
    LeaderLatch second = new LeaderLatch(two, "/latch", "two");
    first.start();
    assertThat(first.await(PATIENCE_S, TimeUnit.SECONDS)).isTrue();
    second.start();
    Waiting.until("both take part", 20_000, () -> first.getParticipants().size() == 2);
    assertThat(second.hasLeadership()).isFalse();
    first.close();
    assertThat(second.await(PATIENCE_S, TimeUnit.SECONDS)).isTrue();
    second.close();
  }

  /** Many threads of two clients under one lock: never two inside. */
  @Test
  void mutex() throws Exception {
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger violations = new AtomicInteger();
    List<Callable<Integer>> tasks = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      InterProcessMutex mutex = new InterProcessMutex(i % 2 == 0 ? one : two, "/mutex");
      tasks.add(
          () -> {
            for (int k = 0; k < 15; k++) {
              assertThat(mutex.acquire(PATIENCE_S, TimeUnit.SECONDS)).isTrue();
              if (inside.incrementAndGet() != 1) {
                violations.incrementAndGet();
              }
              inside.decrementAndGet();
              mutex.release();
            }
            return 0;
          });
    }
    for (Future<Integer> f : threads.invokeAll(tasks)) {
      f.get(120, TimeUnit.SECONDS);
    }
    assertThat(violations).hasValue(0);
  }

  /** A lock goes to the next when its holder's session ends. */
  @Test
  void aLockOfALostClientIsFreed() throws Exception {
    CuratorFramework dying = client();
    assertThat(new InterProcessMutex(dying, "/lost").acquire(10, TimeUnit.SECONDS)).isTrue();
    InterProcessMutex next = new InterProcessMutex(one, "/lost");
    assertThat(next.acquire(200, TimeUnit.MILLISECONDS)).isFalse();
    dying.getZookeeperClient().getZooKeeper().getTestable().injectSessionExpiration();
    dying.close();
    assertThat(next.acquire(PATIENCE_S, TimeUnit.SECONDS)).isTrue();
    next.release();
  }

  @Test
  void readWriteLock() throws Exception {
    InterProcessReadWriteLock a = new InterProcessReadWriteLock(one, "/rwlock");
    InterProcessReadWriteLock b = new InterProcessReadWriteLock(two, "/rwlock");
    assertThat(a.readLock().acquire(10, TimeUnit.SECONDS)).isTrue();
    assertThat(b.readLock().acquire(10, TimeUnit.SECONDS)).isTrue();
    assertThat(threads.submit(() -> b.writeLock().acquire(200, TimeUnit.MILLISECONDS)).get())
        .isFalse();
    a.readLock().release();
    b.readLock().release();
    assertThat(b.writeLock().acquire(10, TimeUnit.SECONDS)).isTrue();
    assertThat(a.readLock().acquire(200, TimeUnit.MILLISECONDS)).isFalse();
    b.writeLock().release();
    assertThat(a.readLock().acquire(10, TimeUnit.SECONDS)).isTrue();
    a.readLock().release();
  }

  @Test
  void doubleBarrier() throws Exception {
    int parties = 4;
    AtomicInteger entered = new AtomicInteger();
    List<Callable<Boolean>> tasks = new ArrayList<>();
    for (int i = 0; i < parties; i++) {
      CuratorFramework client = i % 2 == 0 ? one : two;
      DistributedDoubleBarrier barrier = new DistributedDoubleBarrier(client, "/double", parties);
      tasks.add(
          () -> {
            entered.incrementAndGet();
            boolean in = barrier.enter(PATIENCE_S, TimeUnit.SECONDS);
            boolean together = entered.get() == parties;
            return in && together && barrier.leave(PATIENCE_S, TimeUnit.SECONDS);
          });
    }
    for (Future<Boolean> f : threads.invokeAll(tasks)) {
      assertThat(f.get(60, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void sharedCountAndAtomicLong() throws Exception {
    try (SharedCount a = new SharedCount(one, "/count", 5);
        SharedCount b = new SharedCount(two, "/count", 5)) {
      a.start();
      b.start();
      a.setCount(42);
      Waiting.until("the other sees it", 20_000, () -> b.getCount() == 42);
    }
    List<Callable<Integer>> tasks = new ArrayList<>();
    for (CuratorFramework client : List.of(one, two, one, two)) {
      DistributedAtomicLong number =
          new DistributedAtomicLong(client, "/long", new ExponentialBackoffRetry(10, 20));
      tasks.add(
          () -> {
            for (int k = 0; k < 25; k++) {
              assertThat(number.increment().succeeded()).isTrue();
            }
            return 0;
          });
    }
    for (Future<Integer> f : threads.invokeAll(tasks)) {
      f.get(60, TimeUnit.SECONDS);
    }
    DistributedAtomicLong number = new DistributedAtomicLong(one, "/long", new RetryOneTime(1));
    assertThat(number.get().postValue()).isEqualTo(100L);
  }

  /** Works with a persistent recursive watch. */
  @Test
  void cache() throws Exception {
    two.create().forPath("/cache", text("0"));
    try (CuratorCache cache = CuratorCache.build(one, "/cache")) {
      Map<String, String> seen = new ConcurrentHashMap<>();
      cache
          .listenable()
          .addListener(
              (type, before, after) -> {
                if (after == null) {
                  seen.remove(before.getPath());
                } else {
                  seen.put(after.getPath(), new String(after.getData(), StandardCharsets.UTF_8));
                }
              });
      cache.start();
      for (int i = 0; i < 50; i++) {
        two.create().forPath("/cache/n" + i, text("a" + i));
        two.setData().forPath("/cache/n" + i, text("b" + i));
        if (i % 5 == 0) {
          two.delete().forPath("/cache/n" + i);
        }
      }
      Waiting.until(
          "the cache is what the tree is",
          20_000,
          () -> seen.size() == 41 && "b49".equals(seen.get("/cache/n49")));
      try (Stream<ChildData> all = cache.stream()) {
        assertThat(all.filter(d -> !d.getPath().equals("/cache")))
            .allMatch(d -> new String(d.getData(), StandardCharsets.UTF_8).startsWith("b"));
      }
    }
  }

  @Test
  void persistentNodes() throws Exception {
    try (PersistentNode node =
        new PersistentNode(one, CreateMode.EPHEMERAL, false, "/keep", text("k"))) {
      node.start();
      assertThat(node.waitForInitialCreate(20, TimeUnit.SECONDS)).isTrue();
      two.delete().forPath("/keep");
      Waiting.until("made again", 20_000, () -> two.checkExists().forPath("/keep") != null);
    }
    PersistentTtlNode ttl = new PersistentTtlNode(one, "/ttlnode", 1_500, text("t"));
    ttl.start();
    assertThat(ttl.waitForInitialCreate(20, TimeUnit.SECONDS)).isTrue();
    Waiting.until(
        "touched to live on",
        20_000,
        () -> two.checkExists().forPath("/ttlnode/touch").getVersion() > 1);
    assertThat(two.checkExists().forPath("/ttlnode")).isNotNull();
    ttl.close();
    Waiting.until(
        "gone when untouched", 30_000, () -> two.checkExists().forPath("/ttlnode") == null);
  }

  @Test
  void groupMember() throws Exception {
    try (GroupMember a = new GroupMember(one, "/group", "a");
        GroupMember b = new GroupMember(two, "/group", "b")) {
      a.start();
      b.start();
      Waiting.until("both in", 20_000, () -> a.getCurrentMembers().size() == 2);
      b.close();
      Waiting.until("one left", 20_000, () -> a.getCurrentMembers().size() == 1);
    }
  }

  @Test
  void serviceDiscovery() throws Exception {
    ServiceInstance<String> instance =
        ServiceInstance.<String>builder().name("web").address("127.0.0.1").port(80).build();
    try (ServiceDiscovery<String> a = discovery(one);
        ServiceDiscovery<String> b = discovery(two)) {
      a.start();
      b.start();
      a.registerService(instance);
      assertThat(b.queryForNames()).containsExactly("web");
      assertThat(b.queryForInstances("web")).hasSize(1);
      a.unregisterService(instance);
      assertThat(b.queryForInstances("web")).isEmpty();
    }
  }

  private static ServiceDiscovery<String> discovery(CuratorFramework client) {
    return ServiceDiscoveryBuilder.builder(String.class)
        .client(client)
        .basePath("/services")
        .build();
  }

  /** Everything goes on after the server died and came back. */
  @Test
  void recipesOutliveTheServer() throws Exception {
    try (ServerProcess own = ServerProcess.of(ServerKind.QUORATE).start();
        CuratorFramework client =
            CuratorFrameworkFactory.newClient(
                own.connectString(), 20_000, 10_000, new ExponentialBackoffRetry(50, 10))) {
      client.start();
      LeaderLatch latch = new LeaderLatch(client, "/latch");
      latch.start();
      assertThat(latch.await(PATIENCE_S, TimeUnit.SECONDS)).isTrue();
      own.kill();
      own.start();
      Waiting.until("leader again", 60_000, latch::hasLeadership);
      latch.close();
    }
  }
}
