package io.quorate.compat.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.compat.server.ServerKind;
import io.quorate.compat.server.ServerProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.ZooDefs.Ids;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A disk that gets full: the server says which file and why, and ends with its status; when there
 * is room again everything acknowledged is there.
 */
class DiskFullIT {
  private static final int DISK_MB = 64;
  private static final int FILLER_MB = 40;
  private static final int DATA_BYTES = 8_000;
  private static final int MOST = 20_000;

  @TempDir Path temp;

  @ParameterizedTest
  @CsvSource({"files, states, 10", "lmdb, states, 10", "files, log, 1", "lmdb, log, 1"})
  void theServerEndsAndNothingIsLost(String storage, String full, int status) throws Exception {
    try (LoopDisk disk = LoopDisk.create(DISK_MB);
        ServerProcess server = ServerProcess.of(ServerKind.QUORATE)) {
      boolean states = full.equals("states");
      server
          .config("dataDir", (states ? disk.folder("data") : temp.resolve("data")).toString())
          .config("dataLogDir", (states ? temp.resolve("log") : disk.folder("log")).toString())
          .config("storage", storage)
          .config("storage.overlayMb", storage.equals("lmdb") ? "1" : null)
          .config("snapCount", "100");
      Path filler = disk.folder("filler").resolve("filler");
      Files.write(filler, new byte[FILLER_MB << 20]);
      server.start();
      try (BulkLoad load = new BulkLoad(server.connectString(), "/full")) {
        assertFalse(load.create(MOST, 5, DATA_BYTES), "it never got full");
        assertTrue(
            server.process().waitFor(60, TimeUnit.SECONDS),
            () -> "goes on with a full disk:\n" + server.output());
        assertEquals(status, server.process().exitValue(), server::output);
        String output = Files.readString(server.outputFile());
        String line =
            output.lines().filter(l -> l.contains("the server stops")).findFirst().orElse("");
        assertTrue(line.contains("No space left on device"), () -> line + "\n" + server.output());
        assertTrue(line.contains(disk.folder(states ? "data" : "log").toString()), line);
        System.out.println(storage + ", " + load.acknowledged() + " znodes: " + line);

        Files.delete(filler);
        server.start();
        load.check(server.connectString(), DATA_BYTES, 1);
        try (BulkLoad more = new BulkLoad(server.connectString(), "/more")) {
          more.client().create("/more", null, Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
        }
      }
    }
  }
}
