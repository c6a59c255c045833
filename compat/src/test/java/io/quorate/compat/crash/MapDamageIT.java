package io.quorate.compat.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.compat.server.ServerKind;
import io.quorate.compat.server.ServerProcess;
import io.quorate.compat.server.Waiting;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.zookeeper.KeeperException;
import org.junit.jupiter.api.Test;

/** Damage to the map of a server that runs: it says what is damaged and what to do, and ends. */
class MapDamageIT {
  private static final int DATA_DIRECTORY = 3;
  private static final long PATTERN_BYTES = 16;

  private static ServerProcess server() {
    return ServerProcess.of(ServerKind.QUORATE)
        .config("storage", "lmdb")
        .config("storage.overlayMb", "1")
        .config("snapCount", "100");
  }

  /** Fills it so that the first znodes are in the map, and starts it again. */
  private static void fill(ServerProcess server, int count, int bytes) throws Exception {
    server.start();
    try (BulkLoad load = new BulkLoad(server.connectString(), "/map")) {
      assertTrue(load.create(count, 1, bytes));
    }
    assertEquals(143, server.stop());
    server.start();
    // More than the overlay takes, so that a start replays none of the first ones.
    try (BulkLoad more = new BulkLoad(server.connectString(), "/more")) {
      assertTrue(more.create(500, 1, 5_000));
      Waiting.until("a state is written", 30_000, () -> number(server, "lmdb_checkpoints") > 1);
    }
    assertEquals(143, server.stop());
  }

  private static long number(ServerProcess server, String name) throws Exception {
    return Arrays.stream(server.fourLetterWord("mntr").split("\n"))
        .filter(line -> line.startsWith("zk_" + name + "\t"))
        .mapToLong(line -> Long.parseLong(line.substring(line.indexOf('\t') + 1)))
        .findFirst()
        .orElseThrow();
  }

  private static Path map(ServerProcess server) throws Exception {
    try (Stream<Path> files = Files.list(server.versionDirectory())) {
      List<Path> maps = files.filter(f -> f.toString().endsWith(".lmdb")).toList();
      assertEquals(1, maps.size(), maps::toString);
      return maps.getFirst();
    }
  }

  /** Changes a bit of a znode's data in the file. */
  private static void damage(Path file, byte[] data) throws Exception {
    ByteBuffer pattern = ByteBuffer.wrap(data, 0, (int) PATTERN_BYTES);
    int found = 0;
    try (RandomAccessFile f = new RandomAccessFile(file.toFile(), "rw")) {
      MappedByteBuffer map = f.getChannel().map(MapMode.READ_WRITE, 0, f.length());
      for (int at = 0; at < map.limit() - data.length; at++) {
        if (map.get(at) == data[0] && map.slice(at, (int) PATTERN_BYTES).equals(pattern)) {
          int middle = at + data.length / 2;
          map.put(middle, (byte) (map.get(middle) ^ 1));
          found++;
        }
      }
    }
    assertTrue(found > 0, "not in the map");
  }

  private static void assertEnds(ServerProcess server, Path file) throws Exception {
    assertTrue(
        server.process().waitFor(60, TimeUnit.SECONDS),
        () -> "goes on with a damaged map:\n" + server.output());
    assertEquals(DATA_DIRECTORY, server.process().exitValue(), server::output);
    String output = Files.readString(server.outputFile());
    assertTrue(output.contains("the server stops"), output);
    assertTrue(output.contains(file.toString()), output);
    assertTrue(output.contains("Restore the data directory from a backup"), output);
  }

  @Test
  void whatAReadFinds() throws Exception {
    try (ServerProcess server = server()) {
      fill(server, 300, 5_000);
      server.start();
      Path file = map(server);
      try (BulkLoad reader = new BulkLoad(server.connectString(), "/map")) {
        reader.client().getData(reader.path(6), false, null);
        damage(file, BulkLoad.data(7, 5_000));
        assertThrows(
            KeeperException.ConnectionLossException.class,
            () -> reader.client().getData(reader.path(7), false, null));
        assertEnds(server, file);
      }
    }
  }

  /** A large map is read whole behind the start; nobody has to ask for the damaged part. */
  @Test
  void whatTheReadingOfALargeMapFinds() throws Exception {
    try (ServerProcess server = server()) {
      fill(server, 80, 900_000);
      Path file = map(server);
      assertTrue(Files.size(file) > 64 << 20, () -> "only " + file.toFile().length());
      server.start();
      assertEquals(143, server.stop(), "it is sound");
      damage(file, BulkLoad.data(50, 900_000));
      server.launch();
      assertEnds(server, file);
    }
  }
}
