package io.quorate.storage.lmdb;

import io.quorate.storage.files.LogFolders;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of trees in a folder: {@code tree.<number>.lmdb}. Mostly there is one. A state that
 * comes from elsewhere is loaded into a new one, which is whole from its first checkpoint on and
 * then takes the place of the others.
 */
final class TreeFolder {
  private static final Logger LOG = LoggerFactory.getLogger(TreeFolder.class);

  /** A file up to this size is read whole at the start; a larger one by and by. */
  private static final long FULL_CHECK_BYTES = 64 << 20;

  private final LogFolders folders;
  private final TreeSettings settings;
  private final Consumer<Throwable> failed;
  private long lastNumber = -1;

  /** A whole file and what it says of itself. */
  record Found(TreeFile file, Meta meta, boolean wholeChecked) {}

  /**
   * For a folder.
   *
   * @param failed is told of damage that is found in a file in use
   */
  TreeFolder(LogFolders folders, TreeSettings settings, Consumer<Throwable> failed) {
    this.folders = folders;
    this.failed = failed;
    this.settings = settings;
  }

  /** The files by their number, the newest first. */
  private TreeMap<Long, Path> list() throws IOException {
    TreeMap<Long, Path> files = new TreeMap<>(Collections.reverseOrder());
    String glob = TreeFile.PREFIX + "*" + TreeFile.SUFFIX;
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folders.stateFolder(), glob)) {
      for (Path path : found) {
        String name = path.getFileName().toString();
        String number =
            name.substring(
                TreeFile.PREFIX.length(),
                Math.max(TreeFile.PREFIX.length(), name.length() - TreeFile.SUFFIX.length()));
        if (number.matches("[0-9]{1,18}")) {
          files.put(Long.parseLong(number), path);
        }
      }
    }
    return files;
  }

  /** Opens the newest whole file and deletes the others; null if there is none. */
  @Nullable Found open() throws IOException {
    TreeMap<Long, Path> files = list();
    if (!files.isEmpty()) {
      lastNumber = files.firstKey();
    }
    Found newest = null;
    for (Path path : files.values()) {
      Found found = open(path);
      if (found == null) {
        LOG.info("Deleting {}: left by an interrupted load", path);
        delete(path);
      } else if (newest == null || found.meta.installation() > newest.meta.installation()) {
        replaced(newest);
        newest = found;
      } else {
        replaced(found);
      }
    }
    return newest;
  }

  private static void replaced(@Nullable Found older) throws IOException {
    if (older != null) {
      LOG.info("Deleting {}: another took its place", older.file.path());
      older.file.close();
      delete(older.file.path());
    }
  }

  private static void delete(Path path) throws IOException {
    Files.deleteIfExists(path);
    Files.deleteIfExists(path.resolveSibling(path.getFileName() + TreeFile.LOCK_SUFFIX));
  }

  /** Opens a file; null if its state never was whole. */
  private @Nullable Found open(Path path) throws IOException {
    long size = Files.size(path);
    if (size == 0) {
      return null;
    }
    boolean full = size <= FULL_CHECK_BYTES;
    MapCheck.of(path, full).run(() -> false);
    TreeFile file = TreeFile.open(path, mapBytes(size), settings.sync(), failed);
    try {
      Base base = new Base(file);
      byte[] value;
      Slot slot = base.take();
      if (slot == null) {
        throw new IllegalStateException("a new base without a slot");
      }
      try {
        byte[] key = Keys.meta();
        System.arraycopy(key, 0, slot.keyBytes, 0, key.length);
        value = base.value(slot, key.length);
      } finally {
        slot.giveBack();
      }
      base.close();
      if (value == null) {
        file.close();
        return null;
      }
      return new Found(file, Meta.decode(Records.bytes(value)), full);
    } catch (Records.Damaged e) {
      file.close();
      throw TreeFile.corrupt(path, "Found " + e.getMessage());
    } catch (java.io.UncheckedIOException e) {
      file.close();
      throw e.getCause();
    } catch (RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /** Makes the next file, empty. */
  TreeFile create() throws IOException {
    if (lastNumber < 0) {
      TreeMap<Long, Path> files = list();
      lastNumber = files.isEmpty() ? 0 : files.firstKey();
    }
    Path path = folders.stateFolder().resolve(TreeFile.PREFIX + ++lastNumber + TreeFile.SUFFIX);
    Files.deleteIfExists(path);
    return TreeFile.open(path, settings.mapBytes(), settings.sync(), failed);
  }

  /** Makes a new file's name durable. */
  void sync() throws IOException {
    folders.syncStateFolder();
  }

  private long mapBytes(long size) {
    return Math.max(settings.mapBytes(), 2 * size);
  }
}
