package io.quorate.watches;

import io.quorate.api.ZnodePath;
import java.util.HashMap;
import java.util.Map;

/**
 * One who watches: a connection. Watches belong to it and go with it (WAT-12). Extended by whoever
 * delivers events; its own state is the table's.
 */
public abstract class Watcher {
  /** What it watches: modes in the data table in the low bits, in the child table above them. */
  final Map<ZnodePath, Integer> watched = new HashMap<>();

  long bytes;

  /** About how much memory its watches take, in bytes. */
  public final long watchedBytes() {
    return bytes;
  }

  /** How many paths it watches. */
  public final int watchedPaths() {
    return watched.size();
  }
}
