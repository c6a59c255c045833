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
   * @param meta what the state says of itself, or null if it is not whole yet
   * @return what is in the file now
   */
  static Base commit(
      TreeFile file, @Nullable Base base, State state, boolean frozenToo, @Nullable Meta meta)
      throws IOException {
    long needed = file.usedBytes() + CheckpointWriter.estimateBytes(state);
    if (needed > file.mapBytes()) {
      grow(file, base, Math.max(needed, 2 * file.mapBytes()));
    }
    while (true) {
      CheckpointWriter writer = new CheckpointWriter(file, state, frozenToo);
      try (Txn txn = file.write()) {
        Reverse reverse = writer.write(txn, meta);
        if (base == null) {
          txn.commit();
          return new Base(file);
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
