package io.quorate.storage.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.quorate.spi.storage.Storage;
import io.quorate.spi.storage.TransactionLog;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each call of the disk fails in turn: nothing is acknowledged after it, nothing before is lost.
 */
class FaultTest {
  @TempDir Path temp;

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aFailureIsFinalAndLosesNothing(boolean once) throws IOException {
    for (int failing = 0; ; failing++) {
      Folder folder = new Folder(temp.resolve(once + "-" + failing));
      folder.trustEmptySnapshot = true;
      folder.preallocateBytes = 1 << 14;
      folder.logSizeLimitBytes = 30_000;
      FaultyDisk disk = new FaultyDisk(new SystemDisk(false));
      folder.disk = disk;
      long acknowledged = 0;
      boolean failed = false;
      try (Storage storage = folder.open()) {
        storage.log().replay(0, (zxid, a, o, n) -> {});
        if (once) {
          disk.failOnceAfter(failing);
        } else {
          disk.failAfter(failing);
        }
        try {
          acknowledged = work(storage.log());
        } catch (Failed e) {
          failed = true;
          acknowledged = e.acknowledged;
          assertNoLaterSuccess(storage.log(), acknowledged);
        }
        disk.heal();
      }
      List<Long> found = folder.zxids(0);
      assertTrue(found.size() >= acknowledged, found.size() + " of " + acknowledged);
      assertEquals(TransactionLogTest.range(1, found.size()), found);
      if (!failed) {
        assertTrue(failing > 20, "only " + failing + " calls");
        return;
      }
    }
  }

  private static final class Failed extends Exception {
    private static final long serialVersionUID = 1L;
    final long acknowledged;

    Failed(long acknowledged, IOException cause) {
      super(cause);
      this.acknowledged = acknowledged;
    }
  }

  /** Returns the last zxid that was acknowledged. */
  private static long work(TransactionLog log) throws Failed {
    long acknowledged = 0;
    try {
      for (long zxid = 1; zxid <= 24; zxid++) {
        log.append(zxid, PlainCodec.record(zxid, zxid % 5 == 0 ? 12_000 : 700));
        if (zxid % 2 == 0) {
          log.force();
          acknowledged = zxid;
        }
        if (zxid == 17) {
          log.roll();
          acknowledged = zxid;
        }
      }
      return acknowledged;
    } catch (IOException e) {
      throw new Failed(acknowledged, e);
    }
  }

  private static void assertNoLaterSuccess(TransactionLog log, long acknowledged) {
    for (int i = 0; i < 2; i++) {
      IOException e = assertThrows(IOException.class, log::force);
      assertTrue(e.getMessage().contains("failed before"), e.getMessage());
      long next = acknowledged + 10;
      assertThrows(IOException.class, () -> log.append(next, PlainCodec.record(next, 10)));
      assertThrows(IOException.class, log::roll);
      assertThrows(IOException.class, () -> log.truncate(1));
    }
  }

  @Test
  void aFullDiskIsToldWithTheFile() throws IOException {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full));
    try (DiskFile file = new SystemDisk(true).open(full)) {
      IOException e =
          assertThrows(IOException.class, () -> file.write(ByteBuffer.wrap(new byte[9]), 0));
      assertEquals("Can not write to /dev/full: No space left on device", e.getMessage());
    }
  }

  @Test
  void replayThatCanNotMakeTheEndDurableFails() throws IOException {
    Folder folder = new Folder(temp);
    folder.trustEmptySnapshot = true;
    try (Storage storage = folder.open()) {
      storage.log().replay(0, (zxid, a, o, n) -> {});
      Folder.append(storage, 1, 3, 50);
    }
    FaultyDisk disk = new FaultyDisk(new SystemDisk(false));
    folder.disk = disk;
    for (int failing = 0; failing < 3; failing++) {
      try (Storage storage = folder.open()) {
        disk.failAfter(failing);
        assertThrows(IOException.class, () -> storage.log().replay(0, (zxid, a, o, n) -> {}));
        assertThrows(IOException.class, storage.log()::force);
      }
      disk.heal();
    }
    assertEquals(TransactionLogTest.range(1, 3), folder.zxids(0));
  }

  @Test
  void aFailedTruncationLeavesALogWithoutAHole() throws IOException {
    for (int failing = 0; ; failing++) {
      Folder folder = new Folder(temp.resolve("t" + failing));
      folder.trustEmptySnapshot = true;
      FaultyDisk disk = new FaultyDisk(new SystemDisk(false));
      folder.disk = disk;
      boolean failed = false;
      try (Storage storage = folder.open()) {
        storage.log().replay(0, (zxid, a, o, n) -> {});
        for (long zxid = 1; zxid <= 10; zxid += 3) {
          Folder.append(storage, zxid, zxid + 2, 50);
          storage.log().roll();
        }
        disk.failAfter(failing);
        try {
          storage.log().truncate(2);
        } catch (IOException e) {
          failed = true;
        }
      }
      disk.heal();
      List<Long> found = folder.zxids(0);
      assertEquals(TransactionLogTest.range(1, found.size()), found);
      assertTrue(found.size() >= 2);
      if (!failed) {
        assertEquals(2, found.size());
        return;
      }
    }
  }
}
