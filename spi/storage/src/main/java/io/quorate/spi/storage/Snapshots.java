package io.quorate.spi.storage;

import io.quorate.api.Stability;
import io.quorate.api.TreeStore;
import io.quorate.api.TreeView;
import java.io.IOException;

/** Whole states, each at one zxid. */
@Stability.Stable
public interface Snapshots {
  /**
   * A state that was loaded.
   *
   * @param zxid where replay continues: records after it. The state may contain some of them
   *     already, if Apache wrote it
   * @param digestZxid what the state's digest belongs to, or -1
   */
  record Loaded(long zxid, long digestZxid, long digest) {
    /** Nothing was there; the caller writes a first state before the first append (rule 9). */
    public static final Loaded NOTHING = new Loaded(-1, -1, 0);
  }

  /**
   * Loads the newest whole state into an empty store; {@link Loaded#NOTHING} if there is none and
   * no log either, or if starting from logs alone was allowed.
   *
   * @throws CorruptStorageException if snapshots are there but none is whole, or logs without
   *     snapshot are there and that was not allowed
   */
  Loaded load(TreeStore into) throws IOException;

  /** Writes a state; durable and visible on return. Returns its size in bytes. */
  long write(TreeView view) throws IOException;

  /**
   * Deletes snapshots and logs that are not needed.
   *
   * @param retain how many of the newest whole snapshots stay, at least 1
   * @param sizeBudgetBytes beyond this size further snapshots go, down to one; 0 means no budget
   * @return how many files were deleted
   */
  int purge(int retain, long sizeBudgetBytes) throws IOException;
}
