package io.quorate.storage.lmdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.api.EphemeralOwner.Encoding;
import io.quorate.api.TreeStore;
import io.quorate.spi.storage.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** When changes are written to the file, and what a start has to replay. */
class CheckpointPaceTest extends LmdbDirectory {
  private static final long MINUTES_MS = 600_000;

  private LmdbStorage openWithPace(long settleMs) throws IOException {
    LmdbStorage storage =
        LmdbStorage.open(
            Directories.configuration(directory),
            new TreeSettings(7, Encoding.EXTENDED, true, MB, 64 * MB, true, settleMs));
    storage.snapshots().load(store(storage));
    return storage;
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < deadline, "it does not come");
      Thread.onSpinWait();
    }
  }

  /** So that a start after a quiet moment has nothing to replay. */
  @Test
  void changesAreWrittenWhenNoOthersFollow() throws IOException {
    fill();
    try (LmdbStorage storage = openWithPace(1)) {
      for (long zxid = 4; zxid < 7; zxid++) {
        long last = zxid;
        make(store(storage), "/n" + zxid, null, 0, zxid);
        publish(store(storage), zxid);
        await(() -> storage.checkpoints().zxid() == last);
      }
    }
    try (LmdbStorage storage = openWithPace(MINUTES_MS)) {
      assertEquals(6, store(storage).head().zxid());
      assertNotNull(store(storage).head().find(path("/n6")));
      make(store(storage), "/n7", null, 0, 7);
      publish(store(storage), 7);
    } // and the end does not wait for that moment
    try (LmdbStorage storage = openWithPace(MINUTES_MS)) {
      assertEquals(6, store(storage).head().zxid());
    }
  }

  /** Where one change follows the other, the first does not wait until they are many. */
  @Test
  void oldChangesAreFrozen() throws IOException {
    fill();
    try (LmdbStorage storage = openWithPace(1)) {
      TreeStore store = store(storage);
      long[] zxid = {3};
      await(
          () -> {
            make(store, "/n" + ++zxid[0], null, 0, zxid[0]);
            store.seal(zxid[0]);
            return ((State) store.head()).frozen != null;
          });
    }
  }

  /** However large the layers are, and though two znodes take no room: a start replays them. */
  @Test
  void manyChangesAreFrozen() throws IOException {
    fill();
    try (LmdbStorage storage = open(Encoding.EXTENDED, true, 1024 * MB, 64 * MB)) {
      TreeStore store = store(storage);
      storage.snapshots().load(store);
      int changes = 0;
      while (((State) store.head()).frozen == null) {
        changes++;
        store.setData(path(changes % 2 == 0 ? "/a" : "/c"), new byte[1], changes, 4, 1);
        store.seal(3 + changes);
      }
      assertEquals(LmdbTreeStore.MAX_WORK + 1, changes);
      store.rollback();
      int made = 0;
      while (((State) store.head()).frozen == null) {
        make(store, "/n" + ++made, null, 0, 3 + made);
        store.seal(3 + made);
      }
      assertEquals(LmdbTreeStore.MAX_WORK / 6 + 1, made);
    }
  }

  @Test
  void logFilesStayShort() throws IOException {
    var configuration = Directories.configuration(directory);
    assertEquals(0, configuration.logSizeLimitBytes());
    assertEquals(16 * MB, LmdbStorageProvider.withLogSizeLimit(configuration).logSizeLimitBytes());
    try (Storage storage = new LmdbStorageProvider().open(configuration)) {
      TreeStore store = storage.treeStore().orElseThrow();
      storage.snapshots().load(store);
      storage.log().replay(1, (zxid, array, offset, length) -> {});
      storage.snapshots().write(publish(store, 0));
      for (int zxid = 1; zxid <= 20; zxid++) {
        storage.log().append(zxid, new byte[900_000]);
        if (zxid % 10 == 0) {
          storage.log().force();
        }
      }
      storage.log().append(21, new byte[10]);
      storage.log().force();
    }
    try (Stream<Path> files = Files.list(directory.resolve("version-2"))) {
      assertTrue(files.filter(f -> f.getFileName().toString().startsWith("log.")).count() > 1);
    }
  }
}
