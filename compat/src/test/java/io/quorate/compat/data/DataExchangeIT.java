package io.quorate.compat.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.compat.crash.LoadClient;
import io.quorate.compat.server.ServerKind;
import io.quorate.compat.server.ServerProcess;
import io.quorate.compat.server.Waiting;
import io.quorate.compat.wire.WireSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A data directory goes from Apache ZooKeeper to Quorate and back, and nothing changes. */
class DataExchangeIT {
  private static final int LASTING_MS = 60_000;

  @TempDir(cleanup = CleanupMode.ALWAYS)
  Path directory;

  private final List<ServerProcess> servers = new ArrayList<>();

  @AfterEach
  void stop() {
    servers.forEach(ServerProcess::close);
  }

  private ServerProcess server(ServerKind kind, String compression, int snapCount) {
    ServerProcess server = ServerProcess.in(kind, directory);
    server.config("extendedTypesEnabled", "true");
    server.config("DigestAuthenticationProvider.superDigest", TreeDump.SUPER_DIGEST);
    server.config("maxSessionTimeout", "600000");
    server.config("snapCount", Integer.toString(snapCount));
    server.config("snapshot.compression.method", compression);
    server.property("znode.container.checkIntervalMs", "100000000");
    servers.add(server);
    return server;
  }

  @ParameterizedTest
  @CsvSource({
    "APACHE, , 100000, true",
    "APACHE, snappy, 150, false",
    "QUORATE, , 150, true",
    "QUORATE, gz, 150, false"
  })
  void theOtherServerReadsWhatOneWrote(
      ServerKind first, String compression, int snapCount, boolean kill) throws IOException {
    ServerKind second = first == ServerKind.APACHE ? ServerKind.QUORATE : ServerKind.APACHE;
    TreeDump written = write(first, "/one", compression, snapCount, kill);
    if (snapCount < 1_000) {
      assertTrue(snapshots(compression) > 1, "the writer took no snapshot");
    }
    ServerProcess other = server(second, compression, snapCount).start();
    TreeDump read = TreeDump.of(other);
    assertEquals(List.of(), written.differences(read), second + " reads " + first);
    new Population(2, "/two", 600).fill(other, LASTING_MS);
    TreeDump more = TreeDump.of(other);
    end(other, kill);
    ServerProcess again = server(first, compression, snapCount).start();
    assertEquals(List.of(), more.differences(TreeDump.of(again)), first + " reads " + second);
    end(again, kill);
    noDigestMismatch();
  }

  private TreeDump write(
      ServerKind kind, String root, String compression, int snapCount, boolean kill)
      throws IOException {
    ServerProcess writer = server(kind, compression, snapCount).start();
    new Population(1, root, 600).fill(writer, LASTING_MS);
    TreeDump dump = TreeDump.of(writer);
    assertTrue(dump.size() > 200 && dump.has(root + "/eph/e9"), "the population is thin");
    end(writer, kill);
    return dump;
  }

  private static void end(ServerProcess server, boolean kill) {
    if (kill) {
      server.kill();
    } else {
      server.stop();
    }
  }

  private long snapshots(String compression) throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve("data/version-2"))) {
      return files
          .map(p -> p.getFileName().toString())
          .filter(n -> n.startsWith("snapshot."))
          .filter(n -> compression == null || n.endsWith("." + compression))
          .count();
    }
  }

  private void noDigestMismatch() throws IOException {
    String output = Files.readString(directory.resolve("server.out"));
    assertFalse(output.toLowerCase().contains("digest mismatch"), output);
  }

  /** Containers, TTL znodes and sessions mean the same to the other server. */
  @ParameterizedTest
  @CsvSource({"APACHE, QUORATE", "QUORATE, APACHE"})
  void markersKeepTheirMeaning(ServerKind first, ServerKind second) throws IOException {
    ServerProcess writer = server(first, null, 200).start();
    new Population(3, "/mark", 300).fill(writer, 8_000);
    writer.kill();
    ServerProcess other =
        server(second, null, 200).property("znode.container.checkIntervalMs", "300").start();
    TreeDump before = TreeDump.ofChanging(other);
    assertTrue(before.has("/mark/eph/e9"), "the session ended too soon");
    Waiting.until(
        "used container, short TTL and the old session's ephemerals go",
        60_000,
        () -> {
          TreeDump now = TreeDump.ofChanging(other);
          return !now.has("/mark/usedbox") && !now.has("/mark/ttl1") && !now.has("/mark/eph/e9");
        });
    TreeDump after = TreeDump.ofChanging(other);
    for (String stays : List.of("/mark/box", "/mark/ttl60000", "/mark/ttl1099511627775")) {
      assertTrue(after.has(stays), stays + " is gone");
    }
  }

  /** Apache's snapshots are fuzzy: taken while writes go on, and then the process dies. */
  @ParameterizedTest
  @CsvSource({"APACHE, QUORATE", "QUORATE, APACHE"})
  void aKillUnderLoadIsRecoveredByTheOther(ServerKind first, ServerKind second) throws Exception {
    AtomicLong acknowledged = new AtomicLong();
    ServerProcess writer = server(first, null, 120).start();
    List<LoadClient> clients = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      clients.add(new LoadClient("/load" + i, 77 + i, acknowledged));
      clients.get(i).begin(writer);
    }
    ExecutorService threads = Executors.newCachedThreadPool();
    List<Future<?>> running = new ArrayList<>();
    clients.forEach(c -> running.add(threads.submit(c::load)));
    Waiting.until("a few snapshots under load", 60_000, () -> acknowledged.get() > 2_500);
    writer.kill();
    for (Future<?> f : running) {
      f.get(60, TimeUnit.SECONDS);
    }
    threads.shutdown();
    ServerProcess other = server(second, null, 120).start();
    for (LoadClient client : clients) {
      try (WireSession reader = WireSession.open(other.address(), 30_000)) {
        client.compare(reader);
        reader.closeSession();
      }
    }
    noDigestMismatch();
  }
}
