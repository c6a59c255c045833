package io.quorate.watches;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The watchers of one path in one table, in the order in which they came, with their modes. */
final class WatchList {
  @Nullable Watcher[] watchers = new Watcher[1];
  byte[] modes = new byte[1];
  int size;

  int indexOf(Watcher watcher) {
    for (int i = 0; i < size; i++) {
      if (watchers[i] == watcher) {
        return i;
      }
    }
    return -1;
  }

  void add(Watcher watcher, int mode) {
    if (size == watchers.length) {
      int capacity = size * 2;
      watchers = Arrays.copyOf(watchers, capacity);
      modes = Arrays.copyOf(modes, capacity);
    }
    watchers[size] = watcher;
    modes[size++] = (byte) mode;
  }

  void remove(int i) {
    size--;
    System.arraycopy(watchers, i + 1, watchers, i, size - i);
    System.arraycopy(modes, i + 1, modes, i, size - i);
    watchers[size] = null;
  }

  Watcher at(int i) {
    Watcher w = watchers[i];
    if (w == null) {
      throw new IllegalStateException("no watcher at " + i + " of " + size);
    }
    return w;
  }
}
