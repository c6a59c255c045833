package io.quorate.storage.lmdb;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Puts a state into a file with one transaction, and enlarges the map where that needs it. */
final class MapCommit {
  private MapCommit() {}

  /**
   * Writes and commits; durable on return.
   *
   * @param base what is in the file, or null if it is new
   * @param frozenToo whether the state's frozen layer is not in the file yet
   * @param inFile the upper layer of the state that is in the file, or null
   * @param meta what the state says of itself, or null if it is not whole yet
   * @return what is in the file now
   */
  static Base commit(
      TreeFile file,
      @Nullable Base base,
      State state,
      boolean frozenToo,
      @Nullable Layer inFile,
      @Nullable Meta meta)
      throws IOException {
    long needed = file.usedBytes() + CheckpointWriter.estimateBytes(state);
    if (needed > file.mapBytes()) {
      grow(file, base, Math.max(needed, 2 * file.mapBytes()));
    }
    FileSketch sketch = base == null ? new FileSketch(FileSketch.MAX_BYTES) : base.sketch();
    while (true) {
      CheckpointWriter writer = new CheckpointWriter(file, state, frozenToo, inFile, sketch);
      try (Txn txn = file.write()) {
        Reverse reverse = writer.write(txn, meta);
        if (base == null) {
          txn.commit();
          Base now = new Base(file);
          now.sketch(sketch);
          return now;
        }
        return base.replaceBy(txn::commit, reverse);
      } catch (LmdbException e) {
        if (!e.isMapFull()) {
          throw TreeFile.failed(file.path(), "write to", e);
        }
        grow(file, base, 2 * file.mapBytes()); // the guess was too low; nothing was changed
      } catch (Records.Damaged e) {
        throw TreeFile.corrupt(file.path(), "Found " + e.getMessage());
      }
    }
  }

  /** Has it known of the newest generation what it lacks, where that is not so or no longer so. */
  static void sketch(Base base, State state) throws IOException {
    FileSketch known = base.sketch();
    if (known != null ? known.isStale(state.nodes) : hasRoom(state)) {
      try {
        base.sketch(FileSketch.of(base, state.seed, FileSketch.MAX_BYTES));
      } catch (LmdbException e) {
        throw TreeFile.failed(base.file.path(), "read", e);
      } catch (Records.Damaged e) {
        throw TreeFile.corrupt(base.file.path(), "Found " + e.getMessage());
      }
    }
  }

  private static boolean hasRoom(State state) {
    return FileSketch.hasRoom(FileSketch.MAX_BYTES, state.nodes);
  }

  private static void grow(TreeFile file, @Nullable Base base, long bytes) throws IOException {
    try {
      if (base == null) {
        file.grow(bytes);
      } else {
        base.whileEmpty(() -> file.grow(bytes));
      }
    } catch (LmdbException e) {
      throw TreeFile.failed(file.path(), "enlarge the map of", e);
    }
  }
}
