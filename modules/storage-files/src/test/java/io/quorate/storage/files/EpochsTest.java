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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EpochsTest {
  @TempDir Path temp;
  Folder folder;

  @BeforeEach
  void setUp() throws IOException {
    folder = new Folder(temp);
    folder.trustEmptySnapshot = true;
    folder.open().close();
  }

  private long current() throws IOException {
    try (Storage storage = folder.open()) {
      return storage.epochs().currentEpoch();
    }
  }

  @Test
  void missingIsMinusOne() throws IOException {
    try (Storage storage = folder.open()) {
      assertEquals(-1, storage.epochs().acceptedEpoch());
      assertEquals(-1, storage.epochs().currentEpoch());
    }
  }

  @Test
  void bothAreKept() throws IOException {
    try (Storage storage = folder.open()) {
      storage.epochs().setAcceptedEpoch(7);
      storage.epochs().setCurrentEpoch(6);
      storage.epochs().setCurrentEpoch(5);
      assertEquals(7, storage.epochs().acceptedEpoch());
      assertEquals(5, storage.epochs().currentEpoch());
    }
    assertEquals(5, current());
    assertEquals("7", Files.readAllLines(folder.file("acceptedEpoch")).getFirst());
    assertFalse(Files.exists(folder.file("acceptedEpoch.tmp")));
  }

  @Test
  void whatIsNoEpochIsRefused() throws IOException {
    try (Storage storage = folder.open()) {
      assertThrows(IllegalArgumentException.class, () -> storage.epochs().setAcceptedEpoch(-1));
      assertThrows(
          IllegalArgumentException.class, () -> storage.epochs().setCurrentEpoch(1L << 32));
      storage.epochs().setCurrentEpoch(0xffff_ffffL);
      assertEquals(0xffff_ffffL, storage.epochs().currentEpoch());
    }
  }

  @Test
  void apachesFilesAreRead() throws IOException {
    for (String text : new String[] {"12", "12\n", "12 \r\n", " 12"}) {
      Files.writeString(folder.file("currentEpoch"), text);
      assertEquals(12, current());
    }
  }

  @Test
  void damageIsRefused() throws IOException {
    for (String text : new String[] {"", "x", "-1", "1x", "99999999999", "\0\0", "5\nother\n"}) {
      Files.writeString(folder.file("currentEpoch"), text);
      CorruptStorageException e =
          assertThrows(CorruptStorageException.class, this::current, "text " + text);
      assertTrue(e.getMessage().contains("currentEpoch"), e.getMessage());
    }
    Files.write(folder.file("currentEpoch"), new byte[1 << 20]);
    assertThrows(CorruptStorageException.class, this::current);
  }

  @Test
  void everyFlippedBitIsNoticed() throws IOException {
    try (Storage storage = folder.open()) {
      storage.epochs().setCurrentEpoch(1234);
    }
    byte[] good = Files.readAllBytes(folder.file("currentEpoch"));
    for (int bit = 0; bit < good.length * 8; bit++) {
      byte[] bad = good.clone();
      bad[bit / 8] ^= (byte) (1 << bit % 8);
      Files.write(folder.file("currentEpoch"), bad);
      long epoch;
      try {
        epoch = current();
      } catch (CorruptStorageException e) {
        continue;
      }
      assertEquals(1234, epoch, "bit " + bit); // in a line end
    }
  }

  @Test
  void anUpdateIsAllOrNothing() throws IOException {
    FaultyDisk disk = new FaultyDisk(new SystemDisk(false));
    folder.disk = disk;
    for (int failing = 0; ; failing++) {
      disk.heal();
      try (Storage storage = folder.open()) {
        storage.epochs().setCurrentEpoch(3);
        disk.failAfter(failing);
        storage.epochs().setCurrentEpoch(4);
        assertEquals(5, failing);
        return;
      } catch (IOException e) {
        disk.heal();
        // Only the last call, the directory's fsync, leaves it open which of the two it is.
        assertEquals(failing == 4 ? 4 : 3, current());
      }
    }
  }

  @Test
  void anInterruptedUpdateIsCompletedIfTheHistoryIsThere() throws IOException {
    long zxid = 0x5_0000_0001L;
    try (Storage storage = folder.open()) {
      storage.log().replay(0, (z, a, o, n) -> {});
      Folder.append(storage, zxid, zxid, 50);
      storage.epochs().setCurrentEpoch(4);
    }
    Files.writeString(folder.file("currentEpoch.tmp"), "5");
    Files.writeString(folder.file("acceptedEpoch.tmp"), "");
    folder.zxids(0);
    assertEquals(5, current());
    assertFalse(Files.exists(folder.file("currentEpoch.tmp")));
    assertFalse(Files.exists(folder.file("acceptedEpoch.tmp")));
  }

  @Test
  void anInterruptedUpdateIsDroppedIfTheHistoryIsNotThere() throws IOException {
    long zxid = 0x4_0000_0001L;
    try (Storage storage = folder.open()) {
      storage.log().replay(0, (z, a, o, n) -> {});
      Folder.append(storage, zxid, zxid, 50);
      storage.epochs().setCurrentEpoch(4);
    }
    Files.writeString(folder.file("currentEpoch.tmp"), "5");
    folder.zxids(0);
    assertEquals(4, current());
    assertFalse(Files.exists(folder.file("currentEpoch.tmp")));
  }
}
