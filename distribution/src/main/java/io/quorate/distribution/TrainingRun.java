package io.quorate.distribution;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends a server the requests of an ordinary day and then, kind after kind, as many as it takes, so
 * that the ahead-of-time cache that is being trained knows the classes and the profiles of the hot
 * methods. A server that starts with it compiles them at once and once, not again and again while
 * it learns what is hot; on one core that is half of its speed in the first seconds.
 */
public final class TrainingRun {
  private static final int SESSIONS = 24;
  private static final int DEPTH = 16;
  private static final int KEYS = 1000;
  private static final int VALUE_BYTES = 100;

  private final InetSocketAddress server;
  private final long phaseNanos;
  private final String root;
  private final CyclicBarrier all = new CyclicBarrier(SESSIONS);
  private volatile boolean watching = true;

  private TrainingRun(InetSocketAddress server, long phaseMs, String root) {
    this.server = server;
    this.root = root;
    this.phaseNanos = TimeUnit.MILLISECONDS.toNanos(phaseMs);
  }

  /** What one session does again and again until the phase ends. */
  @FunctionalInterface
  private interface Step {
    void run(int round) throws IOException;
  }

  /**
   * Runs the training.
   *
   * @param args host, port, how long each kind of load lasts, in ms, and below which znode, which
   *     is created
   * @throws Exception if the server does not answer as it should
   */
  public static void main(String[] args) throws Exception {
    InetSocketAddress server = new InetSocketAddress(args[0], Integer.parseInt(args[1]));
    String root = args[3];
    try (TrainingClient client = new TrainingClient(server)) {
      client.create(root);
      for (int round = 0; round < 40; round++) {
        client.everything(root + "/" + round, 50);
      }
      for (int key = 0; key < KEYS; key++) {
        client.create(root + "/k" + key);
      }
      client.create(root + "/new");
      client.closeSession();
    }
    new TrainingRun(server, Long.parseLong(args[2]), root).load();
  }

  private void load() throws Exception {
    List<Future<?>> sessions = new ArrayList<>();
    ExecutorService threads = Executors.newFixedThreadPool(SESSIONS);
    try {
      for (int i = 0; i < SESSIONS; i++) {
        int number = i;
        sessions.add(
            threads.submit(
                () -> {
                  session(number);
                  return null;
                }));
      }
      long deadline = System.nanoTime() + 10 * phaseNanos + TimeUnit.SECONDS.toNanos(60);
      for (Future<?> session : sessions) {
        session.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      }
    } catch (ExecutionException e) {
      throw new IOException("a session of the training failed", e.getCause());
    } catch (TimeoutException e) {
      throw new IOException("the training takes too long", e);
    } finally {
      threads.shutdownNow();
    }
  }

  private void session(int number) throws Exception {
    try (TrainingClient client = new TrainingClient(server)) {
      phase(round -> pipelined(client, round, 0));
      phase(round -> pipelined(client, round, DEPTH));
      phase(round -> pipelined(client, round, 2));
      phase(round -> creates(client, root + "/new/" + number + "-" + round));
      phase(round -> client.lock(root + "/k" + number + "/lock-"));
      phase(round -> transactions(client, round + number));
      watches(client, number);
      phase(
          round -> {
            try (TrainingClient shortLived = new TrainingClient(server)) {
              shortLived.closeSession();
            }
          });
      client.closeSession();
    }
  }

  private void phase(Step step) throws Exception {
    all.await();
    long end = System.nanoTime() + phaseNanos;
    for (int round = 0; System.nanoTime() < end; round++) {
      step.run(round);
    }
  }

  private String key(int number) {
    return root + "/k" + Math.floorMod(number * 7919, KEYS);
  }

  /** This many writes among sixteen requests; the others are reads. */
  private void pipelined(TrainingClient client, int round, int writes) throws IOException {
    for (int i = 0; i < DEPTH; i++) {
      if (i < writes) {
        client.setData(key(round + i), VALUE_BYTES);
      } else {
        client.getData(key(round + i), false);
      }
    }
    client.awaitReplies();
  }

  private static void creates(TrainingClient client, String path) throws IOException {
    client.create(path);
    for (int i = 1; i < DEPTH; i++) {
      client.create(path + "/" + i);
    }
    client.awaitReplies();
  }

  private void transactions(TrainingClient client, int round) throws IOException {
    for (int i = 0; i < DEPTH / 2; i++) {
      client.setAll(
          VALUE_BYTES, key(round), key(round + i), key(round + 2 * i), key(round + 3 * i));
    }
    client.awaitReplies();
  }

  /** All set a watch; the first changes the znode; all wait for the event. */
  private void watches(TrainingClient client, int number)
      throws IOException, InterruptedException, BrokenBarrierException {
    all.await();
    long end = System.nanoTime() + phaseNanos;
    while (watching) {
      client.getData(root + "/k0", true);
      client.awaitReplies();
      all.await();
      if (number == 0) {
        client.setData(root + "/k0", VALUE_BYTES);
        watching = System.nanoTime() < end;
      }
      client.awaitNotification();
      if (number == 0) {
        client.awaitReplies();
      }
      all.await(); // everybody has to see the same answer to whether there is another round
    }
  }
}
