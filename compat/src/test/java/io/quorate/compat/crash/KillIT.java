package io.quorate.compat.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.compat.server.ServerKind;
import io.quorate.compat.server.ServerProcess;
import io.quorate.compat.server.Waiting;
import io.quorate.compat.wire.WireSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/**
 * SIGKILL at random moments under load: nothing acknowledged is lost, nothing is half applied,
 * sessions and ephemerals are right. {@code -Dcompat.kills=N} and {@code -Dcompat.mapKills=N} set
 * the numbers, {@code -Dcompat.killSeed=S} the seed.
 */
class KillIT {
  private static final int KILLS = Integer.getInteger("compat.kills", 55);
  private static final int MAP_KILLS = Integer.getInteger("compat.mapKills", 20);
  private static final int CLIENTS = 5;

  @Test
  void nothingAcknowledgedIsLost() throws Exception {
    killUnderLoad("files", KILLS);
  }

  /** With changes written to the map all the time. */
  @Test
  void nothingAcknowledgedIsLostByTheMap() throws Exception {
    killUnderLoad("lmdb", MAP_KILLS);
  }

  private static void killUnderLoad(String storage, int kills) throws Exception {
    long seed = Long.getLong("compat.killSeed", System.nanoTime());
    System.out.println("compat.killSeed=" + seed);
    Random random = new Random(seed);
    AtomicLong acknowledged = new AtomicLong();
    ExecutorService threads = Executors.newCachedThreadPool();
    try (ServerProcess server = ServerProcess.of(ServerKind.QUORATE)) {
      // Small enough that log files and snapshots change under the load.
      server.config("snapCount", "700").config("tickTime", "1000");
      server.config("storage", storage).config("storage.overlayMb", "1");
      server.config("maxSessionTimeout", "600000").start();
      List<LoadClient> clients = begin(server, seed, acknowledged);
      SessionChurn churn = new SessionChurn("/churn", acknowledged);
      int inDoubt = 0;
      for (int kill = 0; kill < kills; kill++) {
        long target = acknowledged.get() + 1 + random.nextInt(random.nextInt(4) == 0 ? 20 : 1_500);
        round(server, clients, churn, threads, acknowledged, target);
        if (random.nextInt(8) == 0) {
          killWhileStarting(server, random);
        }
        server.start();
        inDoubt += resumeAll(server, clients, churn);
      }
      System.out.printf(
          "%d kills, %d writes acknowledged, %d applied without an acknowledgement, %d starts%n",
          kills, acknowledged.get(), inDoubt, server.starts());
      end(server, clients);
    } finally {
      threads.shutdownNow();
    }
  }

  /** The check itself is checked: a log that lost more than was in flight must not pass. */
  @Test
  void aLostEndOfTheLogIsNoticed() throws Exception {
    AtomicLong acknowledged = new AtomicLong();
    ExecutorService threads = Executors.newCachedThreadPool();
    try (ServerProcess server = ServerProcess.of(ServerKind.QUORATE)) {
      server.config("maxSessionTimeout", "600000").start();
      List<LoadClient> clients = begin(server, 1, acknowledged);
      round(server, clients, new SessionChurn("/churn", acknowledged), threads, acknowledged, 300);
      int records = LogFiles.cutLastTransactions(server.versionDirectory(), 200);
      assertTrue(records > 300, "records in the log: " + records);
      server.start();
      assertThrows(
          AssertionError.class,
          () -> resumeAll(server, clients, new SessionChurn("/churn", acknowledged)));
    } finally {
      threads.shutdownNow();
    }
  }

  private static List<LoadClient> begin(ServerProcess server, long seed, AtomicLong acknowledged)
      throws Exception {
    try (WireSession setUp = WireSession.open(server.address(), 30_000)) {
      setUp.create("/churn", null, 0);
      setUp.closeSession();
    }
    List<LoadClient> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      LoadClient client = new LoadClient("/load" + i, seed + i, acknowledged);
      client.begin(server);
      clients.add(client);
    }
    return clients;
  }

  /** Load until so much is acknowledged, then the kill. */
  private static void round(
      ServerProcess server,
      List<LoadClient> clients,
      SessionChurn churn,
      ExecutorService threads,
      AtomicLong acknowledged,
      long target)
      throws Exception {
    List<Future<?>> running = new ArrayList<>();
    clients.forEach(c -> running.add(threads.submit(c::load)));
    running.add(threads.submit(() -> churn.load(server)));
    Waiting.until(
        target + " acknowledgements",
        60_000,
        () -> acknowledged.get() >= target || running.stream().anyMatch(Future::isDone));
    server.kill();
    for (Future<?> f : running) {
      f.get(60, TimeUnit.SECONDS);
    }
    assertTrue(
        acknowledged.get() >= target,
        () -> "the load ended before the kill: " + clients.get(0).endedBy() + server.output());
  }

  /** Recovery must bear a kill as well. */
  private static void killWhileStarting(ServerProcess server, Random random) throws Exception {
    server.launch();
    server.process().waitFor(50 + random.nextInt(700), TimeUnit.MILLISECONDS);
    assertTrue(server.isAlive(), () -> "ended by itself:\n" + server.output());
    server.kill();
  }

  private static int resumeAll(ServerProcess server, List<LoadClient> clients, SessionChurn churn)
      throws Exception {
    int inDoubt = 0;
    long highest = 0;
    for (LoadClient client : clients) {
      highest = Math.max(highest, client.highestZxid());
    }
    assertTrue(
        server.lastZxid() >= highest,
        "last zxid " + server.lastZxid() + " where clients saw " + highest);
    for (LoadClient client : clients) {
      inDoubt += client.resume(server);
    }
    churn.check(server, clients.get(0).session());
    return inDoubt;
  }

  /** A session that is closed takes its ephemerals along, after all those restarts. */
  private static void end(ServerProcess server, List<LoadClient> clients) throws Exception {
    List<String> ephemerals = new ArrayList<>();
    for (LoadClient client : clients) {
      client.drain();
      ephemerals.addAll(client.ephemerals());
      client.session().closeSession();
    }
    List<String> left = new ArrayList<>();
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
