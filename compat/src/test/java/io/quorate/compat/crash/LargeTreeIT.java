package io.quorate.compat.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.compat.server.ServerKind;
import io.quorate.compat.server.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.zookeeper.data.Stat;
import org.junit.jupiter.api.Test;

/**
 * A tree that does not fit into the heap: loaded by Apache's client, listed, read, changed, and
 * there after a start. {@code -Dcompat.largeTree=N}, {@code -Dcompat.largeTreeHeap=M} and {@code
 * -Dcompat.largeTreeFolder=C} set znodes, the heap in MB, and how many are below one parent; above
 * some 20,000 the client needs a larger {@code jute.maxbuffer}.
 */
class LargeTreeIT {
  private static final int ZNODES = Integer.getInteger("compat.largeTree", 300_000);
  private static final int HEAP_MB = Integer.getInteger("compat.largeTreeHeap", 40);
  private static final int IN_ONE_FOLDER = Integer.getInteger("compat.largeTreeFolder", 20_000);
  private static final String STORAGE = System.getProperty("compat.largeTreeStorage", "lmdb");
  private static final int DATA_BYTES = 100;

  @Test
  void aTreeLargerThanTheHeapIsServed() throws Exception {
    try (ServerProcess server = ServerProcess.of(ServerKind.QUORATE)) {
      server
          .config("storage", STORAGE)
          .environment("ZK_SERVER_HEAP", Integer.toString(HEAP_MB))
          .start();
      long start = System.nanoTime();
      for (int first = 0; first < ZNODES; first += IN_ONE_FOLDER) {
        try (BulkLoad load = new BulkLoad(server.connectString(), folder(first))) {
          assertTrue(load.create(IN_ONE_FOLDER, 500, DATA_BYTES), server::output);
        }
      }
      print("loaded", server, start);
      start = System.nanoTime();
      list(server);
      print("listed", server, start);
      start = System.nanoTime();
      readAndChange(server);
      print("read and changed", server, start);
      assertEquals(143, server.stop(), server::output);
      start = System.nanoTime();
      server.start();
      print("started", server, start);
      readAndChange(server);
      list(server);
      print("listed", server, start);
    }
  }

  private static String folder(int first) {
    return "/large" + first;
  }

  private static void list(ServerProcess server) throws Exception {
    for (int first = 0; first < ZNODES; first += IN_ONE_FOLDER) {
      try (BulkLoad reader = new BulkLoad(server.connectString(), folder(first))) {
        Stat stat = new Stat();
        List<String> names = reader.client().getChildren(folder(first), false, stat);
        assertEquals(IN_ONE_FOLDER, names.size());
        assertEquals(IN_ONE_FOLDER, stat.getNumChildren());
      }
    }
  }

  private static void readAndChange(ServerProcess server) throws Exception {
    int step = IN_ONE_FOLDER / 20 + 1;
    for (int first = 0; first < ZNODES; first += IN_ONE_FOLDER) {
      try (BulkLoad reader = new BulkLoad(server.connectString(), folder(first))) {
        for (int i = first % 97; i < IN_ONE_FOLDER; i += step) {
          byte[] found = reader.client().getData(reader.path(i), false, null);
          assertTrue(Arrays.equals(BulkLoad.data(i, DATA_BYTES), found), reader.path(i));
          reader.client().setData(reader.path(i), found, -1);
        }
      }
    }
  }

  private static void print(String what, ServerProcess server, long since) throws IOException {
    long ms = (System.nanoTime() - since) / 1_000_000;
    long state = sizeOf(server, "tree.") + sizeOf(server, "snapshot.");
    System.out.printf(
        "%s: %d ms after; resident: %s; states %d MB, logs %d MB%n",
        what, ms, resident(server.process().pid()), state >> 20, sizeOf(server, "log.") >> 20);
  }

  private static String resident(long pid) throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
      return String.join(
          ", ",
          lines
              .filter(line -> line.startsWith("VmRSS") || line.startsWith("Rss"))
              .map(line -> line.replaceAll("\\s+", " "))
              .toList());
    }
  }

  private static long sizeOf(ServerProcess server, String prefix) throws IOException {
    try (Stream<Path> files = Files.list(server.versionDirectory())) {
      return files
          .filter(f -> f.getFileName().toString().startsWith(prefix))
          .mapToLong(f -> f.toFile().length())
          .sum();
    }
  }
}
