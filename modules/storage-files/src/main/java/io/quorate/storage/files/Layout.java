package io.quorate.storage.files;

import io.quorate.spi.storage.CorruptStorageException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folders and what belongs where (reference section 4.1).
 *
 * @param snapshotDir snapshots and epochs: {@code version-2} below the data directory
 * @param logDir transaction logs: {@code version-2} below the log directory; may be the same
 */
record Layout(Path dataDir, Path dataLogDir, Path snapshotDir, Path logDir) {
  /** A file that is being written; neither Apache nor Quorate takes it for anything else. */
  static final String TEMP_PREFIX = "quorate-tmp.";

  private static final Logger LOG = LoggerFactory.getLogger(Layout.class);
  private static final String VERSION_FOLDER = "version-2";

  /** The folders below these, made if they are missing and may be made. */
  static Layout open(Path dataDir, Path dataLogDir, boolean autoCreate, Disk disk)
      throws IOException {
    return new Layout(
        dataDir,
        dataLogDir,
        versionFolder(dataDir, "data", autoCreate, disk),
        versionFolder(dataLogDir, "log", autoCreate, disk));
  }

  /** Whether logs and snapshots share a folder. */
  boolean isShared() throws IOException {
    return Files.isSameFile(snapshotDir, logDir);
  }

  /** The snapshots, newest first. */
  List<StoredFile> snapshots() throws IOException {
    List<StoredFile> all = StoredFile.list(snapshotDir, StoredFile.SNAPSHOT_PREFIX);
    all.removeIf(file -> !Compression.isSuffix(file.suffix()));
    return all.reversed();
  }

  /** Refuses swapped settings: logs where snapshots go, or the other way round. */
  void checkContents() throws IOException {
    if (isShared()) {
      return;
    }
    refuse(
        StoredFile.list(logDir, StoredFile.SNAPSHOT_PREFIX), "The log directory holds snapshots");
    refuse(StoredFile.list(snapshotDir, StoredFile.LOG_PREFIX), "The data directory holds logs");
  }

  private static void refuse(List<StoredFile> misplaced, String problem)
      throws CorruptStorageException {
    if (!misplaced.isEmpty()) {
      throw new CorruptStorageException(
          misplaced.getFirst().path(),
          -1,
          problem,
          "Check dataDir and dataLogDir (are they swapped?), or move the file where it belongs");
    }
  }

  /** Deletes what an interrupted write of a snapshot left. */
  void deleteLeftovers(Disk disk) throws IOException {
    deleteAll(disk, TEMP_PREFIX + "*");
    deleteAll(disk, StoredFile.SNAPSHOT_PREFIX + "*.tmp"); // Apache's
  }

  private void deleteAll(Disk disk, String glob) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(snapshotDir, glob)) {
      for (Path path : files) {
        LOG.info("Deleting {}: left by an interrupted write", path);
        disk.delete(path);
      }
    }
  }

  /** The sizes of all files below a folder, in bytes; as Apache counts for the word "dirs". */
  static long sizeOf(Path folder) {
    long[] sum = new long[1];
    try {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              sum[0] += attributes.size();
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
              return FileVisitResult.CONTINUE; // deleted meanwhile
            }
          });
    } catch (IOException e) {
      LOG.warn("The size of {} can not be told: {}", folder, e.toString());
    }
    return sum[0];
  }

  private static Path versionFolder(Path parent, String what, boolean autoCreate, Disk disk)
      throws IOException {
    Path folder = parent.resolve(VERSION_FOLDER);
    if (!Files.isDirectory(folder)) {
      if (!autoCreate) {
        throw new IOException(
            "The " + what + " directory " + folder + " is missing, and may not be made");
      }
      create(folder.toAbsolutePath(), disk);
    }
    if (!Files.isWritable(folder)) {
      throw new IOException("The " + what + " directory " + folder + " can not be written to");
    }
    return folder;
  }

  /** Makes a folder for the owner alone, with missing parents, durably. */
  private static void create(Path folder, Disk disk) throws IOException {
    Path parent = folder.getParent();
    if (parent == null || Files.isDirectory(folder)) {
      return;
    }
    create(parent, disk);
    if (Files.getFileStore(parent).supportsFileAttributeView("posix")) {
      Files.createDirectory(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } else {
      Files.createDirectory(folder);
    }
    disk.syncDirectory(parent);
  }
}
