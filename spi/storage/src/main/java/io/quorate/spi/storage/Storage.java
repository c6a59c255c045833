package io.quorate.spi.storage;

import io.quorate.api.Stability;
import io.quorate.api.TreeStore;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** An opened data directory. See the rules on the package page. */
@Stability.Stable
public interface Storage extends AutoCloseable {
  /** The transaction log. */
  TransactionLog log();

  /** The states to start from. */
  Snapshots snapshots();

  /** The epochs. */
  Epochs epochs();

  /**
   * The storage's own tree store, where it keeps znodes itself; empty where the server is to keep
   * them on the heap and this storage holds snapshots of them.
   */
  Optional<TreeStore> treeStore();

  /**
   * Size of all files where states are kept, in bytes, as Apache counts for "dirs": with logs if
   * they are in the same folder. Any thread.
   */
  long dataSizeBytes();

  /** Size of all files where logs are kept, in bytes; see {@link #dataSizeBytes}. Any thread. */
  long logSizeBytes();

  /**
   * Numbers of its own that operators may watch, by name: lower case letters and underscores. Any
   * thread.
   */
  default Map<String, Number> numbers() {
    return Map.of();
  }

  /** Lets the directory go. Does not force the log. */
  @Override
  void close() throws IOException;
}
