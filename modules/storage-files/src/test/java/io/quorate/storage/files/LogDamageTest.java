package io.quorate.storage.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.spi.storage.CorruptStorageException;
import io.quorate.spi.storage.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Torn ends are cut, all other damage is refused. */
class LogDamageTest {
  private static final int LENGTH = 24;
  private static final int RECORD = LENGTH + LogFormat.OVERHEAD_BYTES;

  @TempDir Path temp;
  Folder folder;

  @BeforeEach
  void setUp() {
    folder = fresh("data");
  }

  private Folder fresh(String name) {
    Folder f = new Folder(temp.resolve(name));
    f.trustEmptySnapshot = true;
    return f;
  }

  /** Logs with these first zxids, up to {@code last}; a record is {@link #LENGTH} long. */
  private static void write(Folder folder, long last, long... firsts) throws IOException {
    try (Storage storage = folder.open()) {
      storage.log().replay(0, (zxid, a, o, n) -> {});
      for (int i = 0; i < firsts.length; i++) {
        long end = i + 1 < firsts.length ? firsts[i + 1] - 1 : last;
        Folder.append(storage, firsts[i], end, LENGTH);
        storage.log().roll();
      }
    }
  }

  private static void change(Path file, UnaryOperator<byte[]> change) throws IOException {
    Files.write(file, change.apply(Files.readAllBytes(file)));
  }

  private static int recordStart(int index) {
    return LogFormat.HEADER_BYTES + index * RECORD;
  }

  @Test
  void aTornLastRecordIsCutAndTheLogGoesOn() throws IOException {
    write(folder, 4, 1);
    byte[] whole = Files.readAllBytes(folder.file("log.1"));
    int start = recordStart(3);
    for (int cut = start; cut < whole.length; cut++) {
      byte[] shorter = Arrays.copyOf(whole, cut);
      check(shorter, 3);
      check(Arrays.copyOf(shorter, whole.length + 8192), 3); // zeros behind it
      byte[] garbage = whole.clone();
      Arrays.fill(garbage, cut, garbage.length, (byte) 0xa5);
      check(garbage, 3);
    }
    check(whole, 4);
    check(Arrays.copyOf(whole, whole.length + 5), 4);
  }

  private void check(byte[] log, int whole) throws IOException {
    Files.deleteIfExists(folder.file("log.4"));
    Files.deleteIfExists(folder.file("log.5"));
    Files.write(folder.file("log.1"), log);
    try (Storage storage = folder.open()) {
      assertEquals(TransactionLogTest.range(1, whole), Folder.replay(storage, 0));
      assertEquals(recordStart(whole), Files.size(folder.file("log.1")));
      Folder.append(storage, whole + 1, whole + 2, LENGTH);
    }
    assertEquals(TransactionLogTest.range(1, whole + 2), folder.zxids(0));
  }

  @Test
  void aFlippedBitIsRefusedOrCutsTheLastRecord() throws IOException {
    write(folder, 5, 1);
    Path file = folder.file("log.1");
    byte[] whole = Files.readAllBytes(file);
    int refused = 0;
    for (int bit = 0; bit < whole.length * 8; bit++) {
      byte[] flipped = whole.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      Files.write(file, flipped);
      int at = bit;
      if (bit / 8 < recordStart(4)) {
        CorruptStorageException e =
            assertThrows(CorruptStorageException.class, () -> folder.zxids(0), () -> "bit " + at);
        assertTrue(e.getMessage().contains("log.1 at offset "), e.getMessage());
        assertEquals(whole.length, Files.size(file));
        refused++;
      } else {
        assertEquals(TransactionLogTest.range(1, 4), folder.zxids(0), () -> "bit " + at);
      }
    }
    assertEquals(recordStart(4) * 8, refused);
  }

  /**
   * A directory as a crash leaves it: two batches of five records, zeros and a mark behind them.
   */
  private Folder crashed() throws IOException {
    Folder crashed = fresh("crashed");
    folder.preallocateBytes = 1 << 14;
    try (Storage storage = folder.open()) {
      storage.log().replay(0, (zxid, a, o, n) -> {});
      Folder.append(storage, 1, 5, 400);
      Folder.append(storage, 6, 10, 400);
      Files.createDirectories(crashed.path.resolve("version-2"));
      Files.copy(folder.file("log.1"), crashed.file("log.1"));
    }
    return crashed;
  }

  private static final int SECOND_BATCH = 16 + 5 * (400 + LogFormat.OVERHEAD_BYTES);

  @Test
  void aMissingSectorOfTheLastBatchOnlyIsCut() throws IOException {
    Folder crashed = crashed();
    byte[] whole = Files.readAllBytes(crashed.file("log.1"));
    int end = 2 * SECOND_BATCH - 16;
    for (int at = 0; at < whole.length; at += 512) {
      byte[] changed = whole.clone();
      Arrays.fill(changed, at, at + 512, (byte) 0);
      Files.write(crashed.file("log.1"), changed);
      if (at < SECOND_BATCH) {
        assertThrows(CorruptStorageException.class, () -> crashed.zxids(0), "sector at " + at);
      } else {
        int found = crashed.zxids(0).size();
        assertTrue(found >= 5 && (found < 10) == (at < end), found + " without that at " + at);
      }
    }
    // The power was cut before a sector that both batches share reached the disk a second time.
    byte[] shared = whole.clone();
    int sectorEnd = (SECOND_BATCH + 511) / 512 * 512;
    Arrays.fill(shared, SECOND_BATCH, sectorEnd, (byte) 0);
    Files.write(crashed.file("log.1"), shared);
    assertEquals(TransactionLogTest.range(1, 5), crashed.zxids(0));
  }

  @Test
  void aFlippedBitInWhatWasMarkedIsRefusedEvenInTheLastRecord() throws IOException {
    Folder crashed = crashed();
    Path file = crashed.file("log.1");
    byte[] whole = Files.readAllBytes(file);
    int end = 2 * SECOND_BATCH - 16;
    for (int at = 0; at < end; at += 7) {
      byte[] flipped = whole.clone();
      flipped[at] ^= (byte) (1 << at % 8);
      Files.write(file, flipped);
      assertThrows(CorruptStorageException.class, () -> crashed.zxids(0), "offset " + at);
    }
    for (int at = whole.length - BatchMark.BYTES; at < whole.length; at++) {
      byte[] flipped = whole.clone();
      flipped[at] ^= 1;
      Files.write(file, flipped);
      assertEquals(10, crashed.zxids(0).size(), "in the mark at " + at);
    }
  }

  @Test
  void damageInAnOlderFileIsRefusedWhereverItIs() throws IOException {
    write(folder, 6, 1, 4);
    Path file = folder.file("log.1");
    byte[] whole = Files.readAllBytes(file);
    for (int at = 0; at < whole.length; at++) {
      byte[] changed = whole.clone();
      changed[at] ^= 0x55;
      Files.write(file, changed);
      assertThrows(CorruptStorageException.class, () -> folder.zxids(0), "offset " + at);
    }
  }

  @Test
  void aZeroedPieceInTheMiddleIsRefused() throws IOException {
    write(folder, 50, 1);
    Path file = folder.file("log.1");
    byte[] whole = Files.readAllBytes(file);
    for (int at = 0; at + 512 < recordStart(49); at += 512) {
      byte[] changed = whole.clone();
      Arrays.fill(changed, at, at + 512, (byte) 0);
      Files.write(file, changed);
      assertThrows(CorruptStorageException.class, () -> folder.zxids(0), "offset " + at);
    }
  }

  @Test
  void everyMissingFileThatIsNeededIsNoticed() throws IOException {
    folder.trustEmptySnapshot = false;
    try (Storage storage = folder.open()) {
      storage.log().replay(0, (zxid, a, o, n) -> {});
      Folder.append(storage, 1, 3, LENGTH);
      storage.snapshots().write(Folder.state(3));
      storage.log().roll();
      Folder.append(storage, 4, 6, LENGTH);
      storage.log().roll();
      Folder.append(storage, 7, 9, LENGTH);
      storage.log().roll();
      Folder.append(storage, 10, 12, LENGTH);
    }
    assertEquals(List.of("log.1", "log.4", "log.7", "log.a", "snapshot.3"), folder.names());
    for (String name : folder.names()) {
      Folder own = new Folder(temp.resolve("without-" + name));
      Folder.copy(folder.path, own.path);
      Files.delete(own.file(name));
      switch (name) {
        case "log.1" -> assertEquals(TransactionLogTest.range(4, 12), recover(own));
        // Nothing in the format tells that there was more.
        case "log.a" -> assertEquals(TransactionLogTest.range(4, 9), recover(own));
        default -> assertThrows(CorruptStorageException.class, () -> recover(own), name);
      }
    }
  }

  private static List<Long> recover(Folder folder) throws IOException {
    try (Storage storage = folder.open()) {
      long zxid = storage.snapshots().load(Folder.emptyStore()).zxid();
      return Folder.replay(storage, zxid + 1);
    }
  }

  @Test
  void aTornEndOfAnOlderFileIsLegalIfNothingIsMissing() throws IOException {
    // What Apache leaves: after a crash it goes on in a new file and does not touch the old one.
    write(folder, 5, 1, 4);
    Path old = folder.file("log.1");
    byte[] whole = Files.readAllBytes(old);
    byte[] torn = Arrays.copyOf(whole, whole.length + RECORD / 2);
    System.arraycopy(whole, recordStart(2), torn, whole.length, RECORD / 2);
    Files.write(old, torn);
    assertEquals(TransactionLogTest.range(1, 5), folder.zxids(0));
    assertEquals(torn.length, Files.size(old), "an older file is left as it is");
  }

  @Test
  void aTornEndOfAnOlderFileIsRefusedIfARecordIsMissing() throws IOException {
    write(folder, 5, 1, 4);
    change(folder.file("log.1"), bytes -> Arrays.copyOf(bytes, bytes.length - 3));
    CorruptStorageException e = assertThrows(CorruptStorageException.class, () -> folder.zxids(0));
    assertTrue(e.getMessage().contains("log.1 at offset " + recordStart(2)), e.getMessage());
  }

  @Test
  void aTornEndBeforeANewEpochIsRefused() throws IOException {
    long next = 0x1_0000_0001L;
    try (Storage storage = folder.open()) {
      storage.log().replay(0, (zxid, a, o, n) -> {});
      Folder.append(storage, 1, 3, LENGTH);
      storage.log().roll();
      Folder.append(storage, next, next, LENGTH);
    }
    assertEquals(4, folder.zxids(0).size());
    change(folder.file("log.1"), bytes -> Arrays.copyOf(bytes, bytes.length - 3));
    assertThrows(CorruptStorageException.class, () -> folder.zxids(0));
  }

  @Test
  void filesWithoutARecordAtTheEndAreDeleted() throws IOException {
    byte[] header = {0x5a, 0x4b, 0x4c, 0x47, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0};
    byte[][] empties = {
      {},
      Arrays.copyOf(header, 7),
      header,
      Arrays.copyOf(header, 4096),
      new byte[10],
      new byte[4096],
      Arrays.copyOf(new byte[] {0x5a, 1, 2, 3, 4}, 30)
    };
    for (int i = 0; i < empties.length; i++) {
      Folder own = fresh("e" + i);
      write(own, 3, 1);
      Files.write(own.file("log.4"), empties[i]);
      try (Storage storage = own.open()) {
        assertEquals(3, storage.log().replay(4, (z, a, o, n) -> {}), "case " + i);
        assertFalse(Files.exists(own.file("log.4")), "case " + i);
        Folder.append(storage, 4, 5, LENGTH);
      }
      assertEquals(TransactionLogTest.range(1, 5), own.zxids(0), "case " + i);
    }
  }

  @Test
  void anEmptyFileBetweenOthersIsLegalIfNothingIsMissing() throws IOException {
    write(folder, 6, 1, 5);
    Files.write(folder.file("log.4"), new byte[0]);
    assertThrows(
        CorruptStorageException.class,
        () -> {
          change(folder.file("log.1"), b -> Arrays.copyOf(b, recordStart(3)));
          folder.zxids(0);
        });
    Folder own = fresh("own");
    write(own, 6, 1, 4);
    Files.move(own.file("log.4"), own.file("log.04"));
    Files.write(own.file("log.3"), new byte[0]);
    assertEquals(TransactionLogTest.range(1, 6), own.zxids(0));
  }

  @Test
  void aFileUnderAnotherNameIsRefused() throws IOException {
    write(folder, 9, 1, 4, 7);
    Files.move(folder.file("log.4"), folder.file("log.5"));
    assertThrows(CorruptStorageException.class, () -> folder.zxids(0));
    assertThrows(CorruptStorageException.class, () -> folder.zxids(5));
  }

  @Test
  void aFileTwiceIsRefused() throws IOException {
    write(folder, 9, 1, 4, 7);
    Files.copy(folder.file("log.4"), folder.file("log.04"));
    assertThrows(CorruptStorageException.class, () -> folder.zxids(0));
  }

  @Test
  void otherFilesAreNotTakenForLogs() throws IOException {
    write(folder, 3, 1);
    Files.write(folder.file("log.1.fixed"), new byte[] {1});
    Files.write(folder.file("log.xyz"), new byte[] {1});
    Files.write(folder.file("log."), new byte[] {1});
    Files.write(folder.file("logs"), new byte[] {1});
    assertEquals(TransactionLogTest.range(1, 3), folder.zxids(0));
  }

  @Test
  void aStateBridgesWhatTheLogLacks() throws IOException {
    // Apache goes on in the same file after it fetched a state from its leader.
    write(folder, 3, 1);
    Folder other = fresh("other");
    try (Storage storage = other.open()) {
      storage.log().replay(0, (zxid, a, o, n) -> {});
      Folder.append(storage, 9, 10, LENGTH);
    }
    byte[] behind = Files.readAllBytes(other.file("log.9"));
    change(
        folder.file("log.1"),
        bytes -> {
          byte[] joined = Arrays.copyOf(bytes, bytes.length + behind.length - 16);
          System.arraycopy(behind, 16, joined, bytes.length, behind.length - 16);
          return joined;
        });
    assertEquals(List.of(9L, 10L), folder.zxids(9));
    assertEquals(List.of(10L), folder.zxids(10));
    assertThrows(CorruptStorageException.class, () -> folder.zxids(8));
    assertThrows(CorruptStorageException.class, () -> folder.zxids(0));
  }

  @Test
  void recordsMissingBetweenStateAndLogAreNoticed() throws IOException {
    write(folder, 9, 5);
    assertEquals(TransactionLogTest.range(5, 9), folder.zxids(5));
    CorruptStorageException e = assertThrows(CorruptStorageException.class, () -> folder.zxids(4));
    assertTrue(e.getMessage().contains("Records are missing"), e.getMessage());
  }

  @Test
  void aRecordLongerThanTheLimitIsRefusedAndNotCut() throws IOException {
    try (Storage storage = folder.open()) {
      storage.log().replay(0, (zxid, a, o, n) -> {});
      Folder.append(storage, 1, 1, LENGTH);
      Folder.append(storage, 2, 2, 300_000);
    }
    long size = Files.size(folder.file("log.1"));
    folder.maxRecordBytes = 200_000;
    CorruptStorageException e = assertThrows(CorruptStorageException.class, () -> folder.zxids(0));
    assertTrue(e.getMessage().contains("jute.maxbuffer"), e.getMessage());
    assertEquals(size, Files.size(folder.file("log.1")));
    folder.maxRecordBytes = 300_000;
    assertEquals(List.of(1L, 2L), folder.zxids(0));
  }

  @Test
  void anAbsurdLengthTakesNoMemory() throws IOException {
    write(folder, 3, 1);
    folder.maxRecordBytes = Integer.MAX_VALUE - 100;
    change(
        folder.file("log.1"),
        bytes -> {
          bytes[recordStart(2) + 8] = 0x7f;
          return bytes;
        });
    assertEquals(TransactionLogTest.range(1, 2), folder.zxids(0));
  }

  @Test
  void aRecordBehindDamageIsFoundAcrossTheSearchWindow() throws IOException {
    folder.maxRecordBytes = 1000;
    write(folder, 3, 1);
    int gap = (4 << 20) + 100;
    change(
        folder.file("log.1"),
        bytes -> {
          byte[] spread = Arrays.copyOf(bytes, bytes.length + gap);
          Arrays.fill(spread, recordStart(2), recordStart(2) + gap, (byte) 0);
          System.arraycopy(bytes, recordStart(2), spread, recordStart(2) + gap, RECORD);
          return spread;
        });
    assertThrows(CorruptStorageException.class, () -> folder.zxids(0));
  }
}
