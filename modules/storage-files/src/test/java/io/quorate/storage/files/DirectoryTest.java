package io.quorate.storage.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.spi.storage.CorruptStorageException;
import io.quorate.spi.storage.Storage;
import io.quorate.spi.storage.StorageProvider;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryTest {
  @TempDir Path temp;
  Folder folder;

  @BeforeEach
  void setUp() {
    folder = new Folder(temp.resolve("data"));
  }

  @Test
  void theProviderIsFoundByItsName() {
    StorageProvider provider = new FilesStorageProvider();
    assertEquals("files", provider.name());
  }

  @Test
  void missingDirectoriesAreMadeForTheOwnerAlone() throws IOException {
    folder.logPath = temp.resolve("a/b/logs");
    folder.open().close();
    for (Path made : new Path[] {temp.resolve("data/version-2"), temp.resolve("a/b/logs")}) {
      assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(made)));
    }
  }

  @Test
  void missingDirectoriesAreRefusedIfTheyMayNotBeMade() {
    folder.autoCreate = false;
    IOException e = assertThrows(IOException.class, folder::open);
    assertTrue(e.getMessage().contains("is missing"), e.getMessage());
    assertFalse(Files.exists(folder.path));
  }

  @Test
  void aDirectoryInUseByThisProcessIsRefused() throws IOException {
    long pid = ProcessHandle.current().pid();
    try (Storage storage = folder.open()) {
      IOException e = assertThrows(IOException.class, folder::open);
      assertTrue(e.getMessage().contains("this process (" + pid + ")"), e.getMessage());
      // Also by another name, and as a log directory.
      Path link = Files.createSymbolicLink(temp.resolve("link"), folder.path);
      assertThrows(IOException.class, new Folder(link)::open);
      Folder other = new Folder(temp.resolve("other"));
      other.logPath = folder.path;
      assertThrows(IOException.class, other::open);
      storage.epochs().setCurrentEpoch(1);
    }
    folder.open().close();
    new Folder(temp.resolve("other")).open().close();
  }

  /** Locks a file until its input ends. */
  public static final class Holder {
    private Holder() {}

    public static void main(String[] args) throws IOException {
      try (DirectoryLock lock = DirectoryLock.take(Path.of(args[0]))) {
        System.out.println("locked");
        System.in.read();
      }
    }
  }

  @Test
  void aDirectoryInUseByAnotherProcessIsRefusedNamingIt() throws Exception {
    Files.createDirectories(folder.path);
    Process holder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Holder.class.getName(),
                folder.path.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader out = holder.inputReader()) {
      assertEquals("locked", out.readLine());
      IOException e = assertThrows(IOException.class, folder::open);
      assertTrue(e.getMessage().endsWith("is in use by process " + holder.pid()), e.getMessage());
      assertThrows(IOException.class, folder::open);
      holder.destroyForcibly(); // however it ends, the lock goes with it
      assertTrue(holder.waitFor(30, TimeUnit.SECONDS));
      folder.open().close();
    } finally {
      holder.destroyForcibly();
    }
  }

  @Test
  void swappedDirectoriesAreRefused() throws IOException {
    folder.logPath = temp.resolve("logs");
    try (Storage storage = folder.open()) {
      storage.snapshots().write(Folder.state(1));
      storage.log().replay(1, (zxid, a, o, n) -> {});
      Folder.append(storage, 2, 3, 50);
    }
    assertTrue(Files.exists(temp.resolve("data/version-2/snapshot.1")));
    assertTrue(Files.exists(temp.resolve("logs/version-2/log.2")));
    Folder swapped = new Folder(temp.resolve("logs"));
    swapped.logPath = temp.resolve("data");
    CorruptStorageException e = assertThrows(CorruptStorageException.class, swapped::open);
    assertTrue(e.getMessage().contains("swapped"), e.getMessage());

    Files.delete(temp.resolve("data/version-2/snapshot.1"));
    e = assertThrows(CorruptStorageException.class, swapped::open);
    assertTrue(e.getMessage().contains("holds logs"), e.getMessage());
    assertEquals(2, folder.zxids(2).size(), "the refused directories are free again");
  }

  @Test
  void sizesAreThoseOfTheFoldersAsApacheCounts() throws IOException {
    folder.logPath = temp.resolve("logs");
    try (Storage storage = folder.open()) {
      assertEquals(0, storage.dataSizeBytes());
      assertEquals(0, storage.logSizeBytes());
      long snapshot = storage.snapshots().write(Folder.state(1));
      storage.log().replay(1, (zxid, a, o, n) -> {});
      Folder.append(storage, 2, 3, 50);
      assertEquals(snapshot, storage.dataSizeBytes());
      assertEquals(Files.size(temp.resolve("logs/version-2/log.2")), storage.logSizeBytes());
    }
    // One folder counts in both.
    Folder shared = new Folder(temp.resolve("shared"));
    try (Storage storage = shared.open()) {
      storage.snapshots().write(Folder.state(1));
      storage.epochs().setCurrentEpoch(1);
      assertTrue(storage.dataSizeBytes() > 0);
      assertEquals(storage.dataSizeBytes(), storage.logSizeBytes());
    }
  }

  @Test
  void logsMayBeElsewhere() throws IOException {
    folder.logPath = temp.resolve("logs");
    try (Storage storage = folder.open()) {
      storage.log().replay(0, (zxid, a, o, n) -> {});
      Folder.append(storage, 1, 3, 50);
    }
    folder.trustEmptySnapshot = true;
    assertEquals(TransactionLogTest.range(1, 3), folder.zxids(0));
    assertTrue(folder.names().isEmpty());
  }
}
