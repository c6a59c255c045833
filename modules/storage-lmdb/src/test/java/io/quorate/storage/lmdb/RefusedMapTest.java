package io.quorate.storage.lmdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.spi.storage.CorruptStorageException;
import io.quorate.spi.storage.Snapshots;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Files that are no tree of this version, damaged, or alone: the start says which and ends. */
class RefusedMapTest extends LmdbDirectory {
  private CorruptStorageException refused() throws IOException {
    try (LmdbStorage storage = open()) {
      CorruptStorageException e =
          assertThrows(
              CorruptStorageException.class, () -> storage.snapshots().load(store(storage)));
      assertTrue(e.toString().contains(directory.toString()), e::toString);
      return e;
    }
  }

  @Test
  void foreignFilesAreRefused() throws IOException {
    fill();
    Files.write(
        treeFile(),
        "something else, and long enough".repeat(1000).getBytes(StandardCharsets.US_ASCII));
    assertTrue(refused().toString().contains("no LMDB file"));
  }

  @Test
  void shortenedFilesAreRefused() throws IOException {
    fill();
    Path file = treeFile();
    try (RandomAccessFile f = new RandomAccessFile(file.toFile(), "rw")) {
      f.setLength(f.length() - 4096);
    }
    assertTrue(refused().toString().contains("cut off"));
    Files.write(file, new byte[100]);
    assertTrue(refused().toString().contains("cut off"));
  }

  @Test
  void otherVersionsAreRefused() throws IOException {
    fill();
    Path file = treeFile();
    Checkpoints checkpoints;
    try (LmdbStorage storage = open()) {
      storage.snapshots().load(store(storage));
      checkpoints = storage.checkpoints();
      TreeFile tree = checkpoints.done().base().file;
      byte[] key = Keys.meta();
      Records records = new Records();
      records.bytes(new byte[] {0x51, 0x4c, 0x4d, 0x31, 0, 0, 0, 9}, key, key.length);
      try (var txn = tree.write()) {
        Room room = tree.writeRoom();
        try (Txn.Cursor at = txn.openCursor()) {
          at.reserve(room.key(key, key.length), records.length());
          Memory.copyIn(records.buffer(), 0, records.length(), room.valueAddress());
        }
        txn.commit();
      }
    }
    assertTrue(Files.exists(file));
    assertTrue(refused().toString().contains("version 9"));
  }

  @Test
  void aDirectoryOfTheOtherStorageIsRefused() throws IOException {
    Files.createDirectories(directory.resolve("version-2"));
    Files.write(directory.resolve("version-2/snapshot.0"), new byte[10]);
    assertTrue(refused().toString().contains("storage files"));
  }

  /** Rule 9, which the contract's test leaves to storages with a tree of their own. */
  @Test
  void logsWithoutATreeAreRefused() throws IOException {
    try (LmdbStorage storage = open()) {
      assertEquals(Snapshots.Loaded.NOTHING, storage.snapshots().load(store(storage)));
      storage.log().replay(1, (zxid, array, offset, length) -> {});
      storage.log().append(1, new byte[40]);
      storage.log().force();
    }
    assertTrue(refused().toString().contains("no tree"));
  }
}
