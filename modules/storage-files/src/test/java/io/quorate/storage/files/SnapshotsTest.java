package io.quorate.storage.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.api.TreeStore;
import io.quorate.spi.storage.CorruptStorageException;
import io.quorate.spi.storage.Snapshots.Loaded;
import io.quorate.spi.storage.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotsTest {
  @TempDir Path temp;
  Folder folder;

  @BeforeEach
  void setUp() {
    folder = new Folder(temp);
  }

  /** Loads, and checks that the state is the one of its zxid. */
  private long load() throws IOException {
    try (Storage storage = folder.open();
        TreeStore store = Folder.emptyStore()) {
      Loaded loaded = storage.snapshots().load(store);
      long[] session = {-1};
      store.head().sessions((id, timeout) -> session[0] = id);
      assertEquals(loaded.zxid(), session[0]);
      assertTrue(store.head().sessionCount() <= 1, "what was loaded from damaged files stayed");
      return loaded.zxid();
    }
  }

  private void write(long... zxids) throws IOException {
    try (Storage storage = folder.open()) {
      for (long zxid : zxids) {
        long size = storage.snapshots().write(Folder.state(zxid));
        Path file = folder.file("snapshot." + Long.toHexString(zxid) + suffix());
        assertEquals(Files.size(file), size);
      }
    }
  }

  private String suffix() {
    return folder.compression.isEmpty() ? "" : "." + folder.compression;
  }

  private void damage(String name) throws IOException {
    Path file = folder.file(name);
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 1] ^= 1;
    Files.write(file, bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "gz", "snappy"})
  void theNewestIsLoaded(String compression) throws IOException {
    folder.compression = compression;
    write(5, 0x10, 0x9);
    assertEquals(
        List.of("snapshot.10" + suffix(), "snapshot.5" + suffix(), "snapshot.9" + suffix()),
        folder.names());
    assertEquals(0x10, load());
  }

  @Test
  void everyCompressionIsReadWhateverIsConfigured() throws IOException {
    long zxid = 0;
    for (String compression : List.of("gz", "", "snappy")) {
      folder.compression = compression;
      write(++zxid);
      for (String other : List.of("gz", "", "snappy")) {
        folder.compression = other;
        assertEquals(zxid, load());
      }
    }
  }

  @Test
  void anUnknownCompressionIsRefused() {
    folder.compression = "zip";
    assertThrows(IllegalArgumentException.class, folder::open);
    folder.compression = "";
    assertEquals(-1, assertOpens());
  }

  private long assertOpens() {
    try (Storage storage = folder.open()) {
      return storage.snapshots().load(Folder.emptyStore()).zxid();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void nothingIsThereAtFirst() throws IOException {
    assertEquals(-1, load());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "gz", "snappy"})
  void aDamagedOneIsPassedOver(String compression) throws IOException {
    folder.compression = compression;
    write(5, 6, 7);
    for (int cut : new int[] {0, 1, 9, 17, 19}) {
      Path file = folder.file("snapshot.7" + suffix());
      Files.write(file, Arrays.copyOf(Files.readAllBytes(file), cut));
      assertEquals(6, load());
    }
    Files.write(folder.file("snapshot.8" + suffix()), new byte[100]);
    damage("snapshot.6" + suffix());
    assertEquals(5, load());
    damage("snapshot.5" + suffix());
    CorruptStorageException e = assertThrows(CorruptStorageException.class, this::load);
    assertTrue(e.getMessage().contains("None of 4 snapshots is whole"), e.getMessage());
    folder.trustEmptySnapshot = true;
    assertThrows(CorruptStorageException.class, this::load);
  }

  @Test
  void logsAloneAreRefusedUnlessThatIsTrusted() throws IOException {
    try (Storage storage = folder.open()) {
      storage.log().replay(0, (zxid, a, o, n) -> {});
      Folder.append(storage, 1, 3, 50);
    }
    CorruptStorageException e = assertThrows(CorruptStorageException.class, this::load);
    assertTrue(e.getMessage().contains("snapshot.trust.empty"), e.getMessage());
    folder.trustEmptySnapshot = true;
    assertEquals(-1, load());
  }

  @Test
  void aDamagedEmptyStateCountsAsNone() throws IOException {
    // Apache writes snapshot.0 at its first start, without fsync.
    write(0);
    Files.write(folder.file("snapshot.0"), new byte[0]);
    assertEquals(-1, load());
    try (Storage storage = folder.open()) {
      storage.log().replay(0, (zxid, a, o, n) -> {});
      Folder.append(storage, 1, 3, 50);
    }
    assertThrows(CorruptStorageException.class, this::load);
    folder.trustEmptySnapshot = true;
    assertEquals(-1, load());
  }

  @Test
  void logsWithoutRecordsDoNotCount() throws IOException {
    assertEquals(-1, load());
    Files.write(folder.file("log.1"), new byte[0]);
    Files.write(folder.file("log.2"), new byte[4096]);
    assertEquals(-1, load());
    Files.write(folder.file("log.3"), new byte[] {1, 2, 3});
    assertEquals(-1, load());
  }

  @Test
  void leftoversOfWritesAreDeleted() throws IOException {
    write(5);
    Files.write(folder.file("quorate-tmp.snapshot.9"), new byte[10]);
    Files.write(folder.file("snapshot.8.tmp"), new byte[10]); // Apache's
    Files.write(folder.file("snapshot.7.gz.tmp"), new byte[10]);
    Files.write(folder.file("snapshot.6.other"), new byte[10]);
    assertEquals(5, load());
    assertEquals(List.of("snapshot.5", "snapshot.6.other"), folder.names());
  }

  @Test
  void theSameZxidCanBeWrittenAgain() throws IOException {
    write(5, 5);
    assertEquals(5, load());
  }

  @Test
  void aFailedWriteLeavesNothingVisible() throws IOException {
    write(5);
    FaultyDisk faulty = new FaultyDisk(new SystemDisk(false));
    folder.disk = faulty;
    for (int failing = 0; ; failing++) {
      boolean done;
      try (Storage storage = folder.open()) {
        faulty.failAfter(failing);
        storage.snapshots().write(Folder.state(6));
        done = true;
      } catch (IOException e) {
        assertEquals(FaultyDisk.MESSAGE, e.getMessage());
        done = false;
      }
      boolean renamed = Files.exists(folder.file("snapshot.6"));
      faulty.heal();
      assertEquals(renamed ? 6 : 5, load());
      assertFalse(Files.exists(folder.file("quorate-tmp.snapshot.6")));
      Files.deleteIfExists(folder.file("snapshot.6"));
      if (done) {
        assertTrue(failing >= 5, "only " + failing + " calls");
        return;
      }
    }
  }

  @Test
  void purgingKeepsTheNewestAndTheirLogs() throws IOException {
    fill();
    try (Storage storage = folder.open()) {
      assertEquals(3, storage.snapshots().purge(2, 0));
    }
    // 7 is the last log that starts at or before snapshot 9.
    assertEquals(List.of("log.7", "log.a", "log.d", "snapshot.9", "snapshot.c"), folder.names());
    assertEquals(0xc, load());
    assertEquals(TransactionLogTest.range(10, 15), folder.zxids(10));
  }

  @Test
  void theProviderPurgesDirectoriesInUse() throws IOException {
    fill();
    try (Storage storage = folder.open()) {
      assertEquals(3, new FilesStorageProvider().purge(folder.settings(), 2));
      assertEquals(List.of("log.7", "log.a", "log.d", "snapshot.9", "snapshot.c"), folder.names());
      assertEquals(0, storage.snapshots().purge(2, 0));
    }
  }

  /** Logs of three records, and a snapshot behind each but the first and the last. */
  private void fill() throws IOException {
    try (Storage storage = folder.open()) {
      storage.log().replay(0, (zxid, a, o, n) -> {});
      for (long zxid = 1; zxid <= 13; zxid += 3) {
        Folder.append(storage, zxid, zxid + 2, 50);
        storage.log().roll();
        if (zxid > 1 && zxid < 13) {
          storage.snapshots().write(Folder.state(zxid + 2));
        }
      }
    }
    assertEquals(
        List.of(
            "log.1", "log.4", "log.7", "log.a", "log.d", "snapshot.6", "snapshot.9", "snapshot.c"),
        folder.names());
  }

  @Test
  void purgingDoesNotCountDamagedSnapshots() throws IOException {
    fill();
    damage("snapshot.c");
    try (Storage storage = folder.open()) {
      assertEquals(3, storage.snapshots().purge(1, 0)); // ZooKeeper bug 3231
    }
    assertEquals(List.of("log.7", "log.a", "log.d", "snapshot.9", "snapshot.c"), folder.names());
    assertEquals(9, load());
    damage("snapshot.9");
    try (Storage storage = folder.open()) {
      assertEquals(0, storage.snapshots().purge(1, 0));
    }
    assertEquals(5, folder.names().size());
  }

  @Test
  void purgingNoticesDamageToWhatWasWhole() throws IOException {
    fill();
    try (Storage storage = folder.open()) {
      storage.snapshots().load(Folder.emptyStore());
      assertEquals(1, storage.snapshots().purge(3, 0)); // log.1
      Files.write(folder.file("snapshot.c"), new byte[3]);
      storage.snapshots().purge(1, 0);
    }
    assertEquals(9, load());
  }

  @Test
  void purgingKeepsToABudgetButNeverDropsTheLast() throws IOException {
    fill();
    long newest = Files.size(folder.file("snapshot.c")) + sizes("log.a", "log.d");
    long two = newest + Files.size(folder.file("snapshot.9")) + sizes("log.7");
    try (Storage storage = folder.open()) {
      assertEquals(1, storage.snapshots().purge(3, Long.MAX_VALUE)); // log.1
      assertEquals(2, storage.snapshots().purge(3, two));
      assertEquals(2, storage.snapshots().purge(3, two - 1));
      assertEquals(List.of("log.a", "log.d", "snapshot.c"), folder.names());
      assertEquals(0, storage.snapshots().purge(3, 1));
      assertThrows(IllegalArgumentException.class, () -> storage.snapshots().purge(0, 0));
    }
    assertEquals(0xc, load());
  }

  private long sizes(String... names) throws IOException {
    long sum = 0;
    for (String name : names) {
      sum += Files.size(folder.file(name));
    }
    return sum;
  }

  @Test
  void purgingAnEmptyDirectoryDoesNothing() throws IOException {
    try (Storage storage = folder.open()) {
      assertEquals(0, storage.snapshots().purge(3, 1));
    }
  }
}
