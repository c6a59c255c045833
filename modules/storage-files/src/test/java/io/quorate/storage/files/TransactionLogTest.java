package io.quorate.storage.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.spi.storage.CorruptStorageException;
import io.quorate.spi.storage.Storage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import java.util.zip.Adler32;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransactionLogTest {
  @TempDir Path temp;
  Folder folder;

  @BeforeEach
  void setUp() {
    folder = new Folder(temp);
    folder.trustEmptySnapshot = true;
  }

  static List<Long> range(long first, long last) {
    return LongStream.rangeClosed(first, last).boxed().toList();
  }

  @Test
  void anEmptyDirectoryHasNoRecords() throws IOException {
    try (Storage storage = folder.open()) {
      assertEquals(-1, storage.log().replay(0, (zxid, a, o, n) -> {}));
      assertEquals(0, storage.log().lastForceNanos());
    }
  }

  @Test
  void whatWasForcedComesBackInOrder() throws IOException {
    try (Storage storage = folder.open()) {
      storage.log().replay(0, (zxid, a, o, n) -> {});
      Folder.append(storage, 1, 10, 100);
      Folder.append(storage, 11, 11, 5000);
      assertTrue(storage.log().lastForceNanos() > 0);
    }
    assertEquals(range(1, 11), folder.zxids(0));
    assertEquals(range(7, 11), folder.zxids(7));
    assertEquals(List.of(), folder.zxids(12));
    try (Storage storage = folder.open()) {
      assertEquals(11, storage.log().replay(12, (zxid, a, o, n) -> {}));
    }
  }

  @Test
  void theBytesAreApaches() throws IOException {
    byte[] record = PlainCodec.record(0x1_0000_0001L, 33);
    try (Storage storage = folder.open()) {
      storage.log().replay(0, (zxid, a, o, n) -> {});
      storage.log().append(0x1_0000_0001L, record);
      storage.log().force();
      byte[] open = Files.readAllBytes(folder.file("log.100000001"));
      // Zeros follow while the file is written to, and at the end of them the mark of the batch.
      assertTrue(open.length >= 1 << 20, () -> "only " + open.length);
      int mark = open.length - BatchMark.BYTES;
      assertEquals(-1, Arrays.mismatch(open, 62, mark, new byte[mark], 62, mark));
      assertEquals(new BatchMark(16, 62), BatchMark.read(open, mark, mark));
    }
    Adler32 adler = new Adler32();
    adler.update(record);
    ByteBuffer expected = ByteBuffer.allocate(62);
    expected.putInt(0x5a4b4c47).putInt(2).putLong(0);
    expected.putLong(adler.getValue()).putInt(33).put(record).put((byte) 'B');
    assertEquals(
        expected.flip(), ByteBuffer.wrap(Files.readAllBytes(folder.file("log.100000001"))));
  }

  @Test
  void recordsMayBeAnySizeAroundBuffersAndPreallocatedPieces() throws IOException {
    int[] around = {4096, 1 << 16, 1 << 18, 1 << 20, (1 << 20) + 4096, 2 << 20};
    for (long preallocate : new long[] {0, 4096, 1 << 16, 64 << 20}) {
      Folder own = new Folder(temp.resolve("p" + preallocate));
      own.trustEmptySnapshot = true;
      own.preallocateBytes = preallocate;
      long zxid = 0;
      List<Long> lengths = new ArrayList<>();
      try (Storage storage = own.open()) {
        storage.log().replay(0, (z, a, o, n) -> {});
        for (int size : around) {
          for (int delta : new int[] {-30, -29, -14, -13, -12, -1, 0, 1, 13}) {
            zxid++;
            storage.log().append(zxid, PlainCodec.record(zxid, size + delta));
            lengths.add((long) size + delta);
            if (zxid % 3 == 0) {
              storage.log().force();
            }
          }
        }
        storage.log().force();
      }
      try (Storage storage = own.open()) {
        List<Long> read = new ArrayList<>();
        storage.log().replay(0, (z, a, o, n) -> read.add((long) n));
        assertEquals(lengths, read);
      }
      assertEquals(range(1, zxid), own.zxids(0));
    }
  }

  @Test
  void eachStartAppendsToAFileOfItsOwn() throws IOException {
    for (int start = 0; start < 3; start++) {
      try (Storage storage = folder.open()) {
        long last = Folder.replay(storage, 0).size();
        Folder.append(storage, last + 1, last + 2, 50);
      }
    }
    assertEquals(List.of("log.1", "log.3", "log.5"), folder.names());
    assertEquals(range(1, 6), folder.zxids(0));
    assertEquals(range(4, 6), folder.zxids(4));
  }

  @Test
  void filesAreOrderedByNumberNotByName() throws IOException {
    try (Storage storage = folder.open()) {
      storage.log().replay(0, (zxid, a, o, n) -> {});
      Folder.append(storage, 1, 9, 50);
      storage.log().roll();
      Folder.append(storage, 10, 15, 50);
      storage.log().roll();
      Folder.append(storage, 16, 20, 50);
    }
    assertEquals(List.of("log.1", "log.10", "log.a"), folder.names());
    assertEquals(range(1, 20), folder.zxids(0));
    assertEquals(range(12, 20), folder.zxids(12));
  }

  @Test
  void rollingForcesAndCutsTheZerosAndMayBeRepeated() throws IOException {
    try (Storage storage = folder.open()) {
      storage.log().replay(0, (zxid, a, o, n) -> {});
      storage.log().roll();
      storage.log().append(1, PlainCodec.record(1, 50));
      storage.log().roll();
      storage.log().roll();
      assertEquals(16 + 13 + 50, Files.size(folder.file("log.1")));
      Folder.append(storage, 2, 2, 50);
    }
    assertEquals(range(1, 2), folder.zxids(0));
  }

  @Test
  void aFileIsRolledPastItsLimit() throws IOException {
    folder.logSizeLimitBytes = 200;
    try (Storage storage = folder.open()) {
      storage.log().replay(0, (zxid, a, o, n) -> {});
      for (long zxid = 1; zxid <= 8; zxid++) {
        Folder.append(storage, zxid, zxid, 50);
      }
    }
    assertEquals(List.of("log.1", "log.4", "log.7"), folder.names());
    assertEquals(range(1, 8), folder.zxids(0));
  }

  @Test
  void whatWasNotForcedMayBeLostOnCloseButLeavesTheFileWhole() throws IOException {
    try (Storage storage = folder.open()) {
      storage.log().replay(0, (zxid, a, o, n) -> {});
      Folder.append(storage, 1, 3, 50);
      storage.log().append(4, PlainCodec.record(4, 50));
    }
    List<Long> found = folder.zxids(0);
    assertEquals(range(1, 3), found.subList(0, 3));
  }

  @Test
  void aNewEpochStartsAtOne() throws IOException {
    try (Storage storage = folder.open()) {
      storage.log().replay(0, (zxid, a, o, n) -> {});
      Folder.append(storage, 0x1_0000_0001L, 0x1_0000_0003L, 50);
      Folder.append(storage, 0x4_0000_0001L, 0x4_0000_0002L, 50);
    }
    assertEquals(List.of("log.100000001"), folder.names());
    assertEquals(5, folder.zxids(0).size());
  }

  @Test
  void aHoleInWhatIsAppendedStartsAFile() throws IOException {
    // As after fetching a state from a leader: it has what is between.
    try (Storage storage = folder.open()) {
      storage.log().replay(0, (zxid, a, o, n) -> {});
      Folder.append(storage, 1, 3, 50);
      Folder.append(storage, 9, 10, 50);
    }
    assertEquals(List.of("log.1", "log.9"), folder.names());
    assertEquals(range(9, 10), folder.zxids(9));
    CorruptStorageException e = assertThrows(CorruptStorageException.class, () -> folder.zxids(0));
    assertTrue(e.getMessage().contains("0x9 follows 0x3"), e.getMessage());
    assertTrue(e.getMessage().contains("log.9 at offset 16"), e.getMessage());
  }

  @Test
  void truncatingDropsWhatIsBehind() throws IOException {
    for (long target = 0; target <= 12; target++) {
      Folder own = new Folder(temp.resolve("t" + target));
      own.trustEmptySnapshot = true;
      try (Storage storage = own.open()) {
        storage.log().replay(0, (zxid, a, o, n) -> {});
        Folder.append(storage, 1, 4, 50);
        storage.log().roll();
        Folder.append(storage, 5, 8, 50);
        storage.log().roll();
        Folder.append(storage, 9, 12, 50);
        storage.log().truncate(target);
        long next = target + 1;
        Folder.append(storage, next, next + 1, 60);
      }
      assertEquals(range(1, target + 2), own.zxids(0), "truncated to " + target);
    }
  }

  @Test
  void truncatingAlsoDropsWhatIsNotForcedYet() throws IOException {
    try (Storage storage = folder.open()) {
      storage.log().replay(0, (zxid, a, o, n) -> {});
      storage.log().append(1, PlainCodec.record(1, 50));
      storage.log().append(2, PlainCodec.record(2, 50));
      storage.log().truncate(1);
    }
    assertEquals(range(1, 1), folder.zxids(0));
  }

  @Test
  void truncatingIntoASnapshotIsRefused() throws IOException {
    try (Storage storage = folder.open()) {
      storage.log().replay(0, (zxid, a, o, n) -> {});
      Folder.append(storage, 1, 9, 50);
      storage.snapshots().write(Folder.state(5));
      IOException e = assertThrows(IOException.class, () -> storage.log().truncate(4));
      assertTrue(
          e.getMessage().contains("zxid 0x5 in " + folder.path.resolve("version-2")),
          e.getMessage());
    }
    assertEquals(range(1, 9), folder.zxids(0));
  }

  @Test
  void misuseIsRefused() throws IOException {
    try (Storage storage = folder.open()) {
      assertThrows(IllegalStateException.class, () -> storage.log().append(1, new byte[10]));
      storage.log().replay(0, (zxid, a, o, n) -> {});
      assertThrows(
          IllegalStateException.class, () -> storage.log().replay(0, (zxid, a, o, n) -> {}));
      Folder.append(storage, 5, 5, 10);
      assertThrows(IllegalArgumentException.class, () -> storage.log().append(5, new byte[10]));
      assertThrows(IllegalArgumentException.class, () -> storage.log().append(6, new byte[0]));
      assertThrows(
          IllegalArgumentException.class,
          () -> storage.log().append(6, new byte[Folder.MAX_RECORD_BYTES + 1]));
      Folder.append(storage, 6, 6, 10);
    }
    assertEquals(List.of(5L, 6L), folder.zxids(5));
  }
}
