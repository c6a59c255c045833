package io.quorate.storage.lmdb;

import io.quorate.spi.storage.CorruptStorageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.ref.Cleaner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One LMDB file. It is closed when nothing refers to it any more, or with {@link #close}: views of
 * a state that was replaced may be held for long.
 *
 * <p>One thread at a time writes; {@link #lock} is held while a commit becomes the state that
 * readers get, and while the map grows.
 */
final class TreeFile {
  static final String PREFIX = "tree.";
  static final String SUFFIX = ".lmdb";
  static final String LOCK_SUFFIX = "-lock";

  private static final Logger LOG = LoggerFactory.getLogger(TreeFile.class);
  private static final Cleaner CLEANER = Cleaner.create();
  private static final int MAX_READERS = 2048;
  private static final int PAGE_BYTES = 4096;

  /** A disk with less room than this is full, in bytes. */
  private static final long FULL_BYTES = 1 << 16;

  /** Held while the generation that readers see changes. */
  final Object lock = new Object();

  private final Path path;
  private final Handle handle;
  private final Cleaner.Cleanable cleanable;
  private final Room writeRoom;
  private final Consumer<Throwable> failed;
  private long mapBytes;

  /** What has to be closed; knows nothing of those who use it. */
  private static final class Handle implements Runnable {
    final Env env;
    final Arena arena = Arena.ofShared();
    final List<Slot> slots = new ArrayList<>();

    Handle(Env env) {
      this.env = env;
    }

    @Override
    public void run() {
      for (Slot slot : slots) {
        slot.close();
        slot.end();
      }
      env.close();
      arena.close();
    }
  }

  private TreeFile(Path path, Handle handle, long mapBytes, Consumer<Throwable> failed) {
    this.path = path;
    this.failed = failed;
    this.handle = handle;
    this.mapBytes = mapBytes;
    this.writeRoom = new Room(handle.arena);
    this.cleanable = CLEANER.register(this, handle);
  }

  /**
   * Opens the file, or makes it.
   *
   * @param mapBytes how large it may get before {@link #grow} is needed
   * @param sync false leaves out every fsync
   * @param failed is told by whoever finds the file damaged while it is in use; any thread
   */
  static TreeFile open(Path path, long mapBytes, boolean sync, Consumer<Throwable> failed)
      throws IOException {
    // Readers of a process that ended; the directory is ours alone.
    Files.deleteIfExists(path.resolveSibling(path.getFileName() + LOCK_SUFFIX));
    try {
      int flags = Lmdb.NO_SUBDIR | Lmdb.NO_TLS | (sync ? 0 : Lmdb.NO_SYNC);
      Env env = Env.open(path, mapBytes, MAX_READERS, flags);
      return new TreeFile(path, new Handle(env), mapBytes, failed);
    } catch (LmdbException e) {
      throw e.isForeignFile()
          ? corrupt(path, "It is not a tree that this version can read: " + e.getMessage())
          : failed(path, "open", e);
    }
  }

  static CorruptStorageException corrupt(Path path, String problem) {
    return new CorruptStorageException(
        path,
        -1,
        problem,
        "Restore the data directory from a backup; or, in an ensemble whose other servers are well,"
            + " move this server's version-2 folders away and start it empty, so that it fetches"
            + " the state from the leader");
  }

  /** Says that a reader found damage; returns what the reader is to throw. */
  UncheckedIOException damaged(String problem) {
    CorruptStorageException e = corrupt(path, problem);
    failed.accept(e);
    return new UncheckedIOException(e);
  }

  static IOException failed(Path path, String what, LmdbException e) {
    // LMDB calls it an I/O error when a full disk takes a part of what it writes.
    String reason = isFull(path) ? "No space left on device; " : "";
    return new IOException("Can not " + what + " " + path + ": " + reason + e.getMessage(), e);
  }

  private static boolean isFull(Path path) {
    try {
      return Files.getFileStore(path).getUsableSpace() < FULL_BYTES;
    } catch (IOException unknown) {
      return false; // the failure itself is told
    }
  }

  Path path() {
    return path;
  }

  /** A transaction that keeps the newest commit, whatever comes after. */
  Txn keep() {
    return handle.env.read();
  }

  Txn write() {
    return handle.env.write();
  }

  /** Room for the key of the one who writes. */
  Room writeRoom() {
    return writeRoom;
  }

  /** Size of the part that is used, or was and will be again. */
  long usedBytes() {
    return (handle.env.lastPage() + 1) * PAGE_BYTES;
  }

  long mapBytes() {
    return mapBytes;
  }

  /** A slot at the newest commit, still closed. */
  Slot newSlot() {
    Slot slot = new Slot(handle.env, handle.arena);
    handle.slots.add(slot);
    return slot;
  }

  /** Makes the map larger; no transaction may be open, so readers were let out. */
  void grow(long bytes) {
    LOG.info("The map of {} grows from {} to {} MB", path, mapBytes >> 20, bytes >> 20);
    handle.env.setMapSize(bytes);
    mapBytes = bytes;
  }

  /** Deletes the file's names; who has it open still reads it. */
  void unlink() throws IOException {
    Files.deleteIfExists(path);
    Files.deleteIfExists(path.resolveSibling(path.getFileName() + LOCK_SUFFIX));
  }

  /** Waits for readers and closes. */
  void close() {
    cleanable.clean();
  }
}
