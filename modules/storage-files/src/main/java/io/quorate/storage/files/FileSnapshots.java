package io.quorate.storage.files;

import io.quorate.api.TreeStore;
import io.quorate.api.TreeView;
import io.quorate.spi.storage.CorruptStorageException;
import io.quorate.spi.storage.Snapshots;
import io.quorate.spi.storage.StorageConfiguration;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Snapshots in files, as Apache keeps them (reference sections 4.3, 4.6 and 4.7). */
final class FileSnapshots implements Snapshots {
  private static final Logger LOG = LoggerFactory.getLogger(FileSnapshots.class);
  private static final int MAX_TRIED = 100;

  private final Layout layout;
  private final Disk disk;
  private final StorageConfiguration configuration;
  private final Compression compression;

  /** What was written or read back whole, with what would show that the file is another one. */
  private final Map<Path, Identity> whole = new HashMap<>();

  private record Identity(long size, FileTime modified) {
    static Identity of(Path path) throws IOException {
      return new Identity(Files.size(path), Files.getLastModifiedTime(path));
    }
  }

  FileSnapshots(Layout layout, Disk disk, StorageConfiguration configuration) {
    this.layout = layout;
    this.disk = disk;
    this.configuration = configuration;
    this.compression = Compression.of(configuration.compression());
  }

  @Override
  public Loaded load(TreeStore into) throws IOException {
    List<StoredFile> candidates = layout.snapshots();
    for (StoredFile file : candidates.subList(0, Math.min(candidates.size(), MAX_TRIED))) {
      try {
        Loaded loaded = SnapshotFile.read(file, configuration.codec(), into);
        whole.put(file.path(), Identity.of(file.path()));
        LOG.info("Loaded {}", file.path());
        return loaded;
      } catch (InterruptedIOException e) {
        throw e; // tells nothing about the file
      } catch (CorruptStorageException e) {
        throw e; // another codec's: older ones that this codec can read would be an older state
      } catch (IOException e) {
        LOG.warn("Snapshot {} is not whole, trying an older one: {}", file.path(), e.getMessage());
        into.clear();
      }
    }
    if (!candidates.isEmpty() && !isOnlyEmptyState(candidates)) {
      throw new CorruptStorageException(
          candidates.getFirst().path(),
          -1,
          "None of " + candidates.size() + " snapshots is whole",
          "The log of this server tells why each was refused. Restore a snapshot from a backup, or"
              + " move the version-2 folders away so that the server fetches the state from its"
              + " ensemble");
    }
    new LogsAlone(layout, configuration)
        .refuse(candidates.isEmpty() ? "no snapshot" : "the only snapshot is damaged");
    return Loaded.NOTHING;
  }

  /**
   * Whether the damaged snapshots stand for the state before the first transaction, which can be
   * done without: the logs have everything.
   */
  private static boolean isOnlyEmptyState(List<StoredFile> damaged) {
    return damaged.getFirst().zxid() == 0;
  }

  @Override
  public long write(TreeView view) throws IOException {
    String suffix = compression.suffix().isEmpty() ? "" : "." + compression.suffix();
    String name = StoredFile.SNAPSHOT_PREFIX + Long.toHexString(view.zxid()) + suffix;
    long size =
        SnapshotFile.write(
            disk, layout.snapshotDir(), name, configuration.codec(), view, compression);
    Path path = layout.snapshotDir().resolve(name);
    whole.put(path, Identity.of(path));
    return size;
  }

  @Override
  public int purge(int retain, long sizeBudgetBytes) throws IOException {
    if (retain < 1) {
      throw new IllegalArgumentException("At least one snapshot has to stay, not " + retain);
    }
    whole.keySet().removeIf(path -> !Files.exists(path));
    return new Purge(layout, disk, this::isWhole).run(retain, sizeBudgetBytes);
  }

  /** Whether the snapshot can be loaded; reads it unless this process wrote or loaded it. */
  private boolean isWhole(StoredFile file) throws IOException {
    Identity now;
    try {
      now = Identity.of(file.path());
    } catch (NoSuchFileException e) {
      return false;
    }
    if (now.equals(whole.get(file.path()))) {
      return true;
    }
    try {
      SnapshotFile.check(file, configuration.codec(), new DiscardingTreeStore());
    } catch (CorruptStorageException e) {
      throw e;
    } catch (IOException e) {
      LOG.warn("Snapshot {} is not whole: {}", file.path(), e.getMessage());
      return false;
    }
    whole.put(file.path(), now);
    return true;
  }
}
