package io.quorate.compat.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.compat.server.ServerKind;
import io.quorate.compat.server.ServerProcess;
import io.quorate.compat.server.Waiting;
import io.quorate.compat.wire.WireSession;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The power of the disk is cut at random moments under the load of Apache's client, while states
 * are written all the time. The server ends by itself; nothing acknowledged is lost, nothing is
 * half applied, sessions and ephemerals are right, digests agree. {@code -Dcompat.cuts=N} sets the
 * number for each storage, {@code -Dcompat.cutSeed=S} the seed.
 */
class PowerCutIT {
  private static final int CUTS = Integer.getInteger("compat.cuts", 25);
  private static final int CLIENTS = 3;
  private static final int DISK_MB = 256;
  private static final long END_SECONDS = 40;

  /** An error, a data directory that can not be used, a snapshot that could not be written. */
  private static final List<Integer> FAILED = List.of(1, 3, 10);

  private final AtomicLong acknowledged = new AtomicLong();
  private final Map<Integer, Integer> exits = new TreeMap<>();
  private final List<ApacheLoad> clients = new ArrayList<>();
  private final SessionChurn churn = new SessionChurn("/churn", acknowledged);

  @ParameterizedTest
  @ValueSource(strings = {"files", "lmdb"})
  void nothingAcknowledgedIsLost(String storage) throws Exception {
    long seed = Long.getLong("compat.cutSeed", System.nanoTime());
    System.out.println("compat.cutSeed=" + seed);
    Random random = new Random(seed);
    int inDoubt = 0;
    int duringStarts = 0;
    try (LoopDisk disk = LoopDisk.create(DISK_MB);
        ServerProcess server = server(disk, storage)) {
      server.start();
      try (AutoCloseable ending = begin(server, seed)) {
        for (int cut = 1; cut < CUTS; cut++) {
          underLoad(server, disk, 1 + random.nextInt(random.nextInt(4) == 0 ? 20 : 1_500));
          disk.powerOn();
          if (random.nextInt(6) == 0) {
            cut++;
            duringStarts++;
            whileStarting(server, disk, 50 + random.nextInt(600));
            disk.powerOn();
          }
          server.start();
          inDoubt += compare(server);
        }
        end(server);
      }
      System.out.printf(
          "%s: %d cuts, %d of them during a start, %d writes acknowledged, %d applied without an"
              + " acknowledgement, exit statuses and how often %s%n",
          storage,
          exits.values().stream().mapToInt(n -> n).sum(),
          duringStarts,
          acknowledged.get(),
          inDoubt,
          exits);
    }
  }

  /** The check itself is checked: without fsync a cut does lose something. */
  @Test
  void aServerWithoutFsyncIsNoticed() throws Exception {
    try (LoopDisk disk = LoopDisk.create(DISK_MB);
        ServerProcess server = server(disk, "files")) {
      server.config("forceSync", "no").start();
      try (AutoCloseable ending = begin(server, 1)) {
        assertThrows(
            AssertionError.class,
            () -> {
              for (int cut = 0; cut < 5; cut++) {
                underLoad(server, disk, 500);
                disk.powerOn();
                server.start();
                compare(server);
              }
            });
      }
    }
  }

  private static ServerProcess server(LoopDisk disk, String storage) throws IOException {
    ServerProcess server = ServerProcess.of(ServerKind.QUORATE);
    return server
        .config("dataDir", disk.folder("data").toString())
        .config("dataLogDir", disk.folder("log").toString())
        .config("storage", storage)
        .config("snapCount", "300") // some state is always being written
        .config("autopurge.purgeInterval", "1s")
        .config("tickTime", "1000")
        .config("maxSessionTimeout", "600000")
        .config("storage.overlayMb", storage.equals("lmdb") ? "1" : null);
  }

  private AutoCloseable begin(ServerProcess server, long seed) throws Exception {
    try (WireSession setUp = WireSession.open(server.address(), 30_000)) {
      setUp.create("/churn", null, 0);
      setUp.closeSession();
    }
    for (int i = 0; i < CLIENTS; i++) {
      ApacheLoad client = new ApacheLoad("/load" + i, seed + i, acknowledged);
      clients.add(client);
      client.begin(server.connectString());
    }
    return () -> {
      for (ApacheLoad client : clients) {
        client.close();
      }
    };
  }

  /** Load until so many more are acknowledged, then the cut, then the server's end. */
  private void underLoad(ServerProcess server, LoopDisk disk, int writes) throws Exception {
    long target = acknowledged.get() + writes;
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      List<Future<?>> running = new ArrayList<>();
      for (ApacheLoad client : clients) {
        running.add(
            threads.submit(
                () -> {
                  client.load();
                  return null;
                }));
      }
      running.add(threads.submit(() -> churn.load(server)));
      Waiting.until(
          target + " acknowledgements",
          60_000,
          () -> acknowledged.get() >= target || running.stream().anyMatch(Future::isDone));
      disk.cutPower();
      awaitEnd(server);
      for (Future<?> f : running) {
        f.get(60, TimeUnit.SECONDS);
      }
      assertTrue(acknowledged.get() >= target, () -> "ended too early:\n" + server.output());
    } finally {
      threads.shutdownNow();
    }
  }

  /** Recovery must bear a cut as well. */
  private void whileStarting(ServerProcess server, LoopDisk disk, int ms) throws Exception {
    server.launch();
    server.process().waitFor(ms, TimeUnit.MILLISECONDS);
    disk.cutPower();
    awaitEnd(server);
  }

  /** The server ends when it notices, which is at the next write at the latest. */
  private void awaitEnd(ServerProcess server) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(END_SECONDS);
    while (!server.process().waitFor(50, TimeUnit.MILLISECONDS)) {
      assertTrue(System.nanoTime() < deadline, () -> "goes on without a disk:\n" + server.output());
      try (WireSession session = WireSession.open(server.address(), 30_000)) {
        session.create("/lost", null, 1);
      } catch (IOException | AssertionError refused) {
        continue; // that is how it ends; the deadline decides
      }
    }
    int exit = server.process().exitValue();
    assertTrue(FAILED.contains(exit), () -> "exit status " + exit + "\n" + server.output());
    exits.merge(exit, 1, Integer::sum);
  }

  private int compare(ServerProcess server) throws Exception {
    int inDoubt = 0;
    long last = server.lastZxid();
    for (ApacheLoad client : clients) { // the client would wait for a server that is not behind
      long seen = client.highestZxid();
      assertTrue(last >= seen, "last zxid " + last + " where the client saw " + seen);
    }
    for (ApacheLoad client : clients) {
      inDoubt += client.compare();
    }
    try (WireSession reader = WireSession.open(server.address(), 30_000)) {
      churn.check(server, reader);
      reader.closeSession();
    }
    String mismatches =
        Arrays.stream(server.fourLetterWord("mntr").split("\n"))
            .filter(line -> line.startsWith("zk_digest_mismatches_count\t"))
            .findFirst()
            .orElseThrow();
    assertEquals("0", mismatches.substring(mismatches.indexOf('\t') + 1), mismatches);
    return inDoubt;
  }

  /** A session that is closed takes its ephemerals along, after all those starts. */
  private void end(ServerProcess server) throws Exception {
    List<String> left = new ArrayList<>();
    List<String> ephemerals = new ArrayList<>();
    for (ApacheLoad client : clients) {
      ephemerals.addAll(client.ephemerals());
      client.close();
    }
    try (WireSession reader = WireSession.open(server.address(), 30_000)) {
      for (int i = 0; i < CLIENTS; i++) {
        for (String name : reader.children("/load" + i)) {
          left.add("/load" + i + "/" + name);
        }
      }
      reader.closeSession();
    }
    left.retainAll(ephemerals);
    assertEquals(List.of(), left, "ephemerals of closed sessions");
  }
}
