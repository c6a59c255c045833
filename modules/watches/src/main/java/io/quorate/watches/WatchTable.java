package io.quorate.watches;

import io.quorate.api.EventType;
import io.quorate.api.WatchKind;
import io.quorate.api.WatcherType;
import io.quorate.api.ZnodePath;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The two tables of watches (WAT-1 to WAT-6, WAT-16): data watches and child watches by path. A
 * (watcher, path) pair has independent bits for one-shot, persistent and recursive.
 *
 * <p>Whether a watcher already has a path is looked up in the watcher's own map, so that setting a
 * watch does not depend on how many others watch the path.
 */
public final class WatchTable {
  static final int ONE_SHOT = 1;
  static final int PERSISTENT = 2;
  static final int RECURSIVE = 4;
  private static final int ALL = 7;
  private static final int CHILD_SHIFT = 3;

  /** What one watched path of a watcher takes beside the path: entries of maps, a list. */
  private static final int PATH_OVERHEAD_BYTES = 200;

  private final Map<ZnodePath, WatchList> data = new HashMap<>();
  private final Map<ZnodePath, WatchList> child = new HashMap<>();
  private int recursive;
  private int dataWatches;
  private int childWatches;
  private int watchers;
  private long bytes;

  /** Takes one event. */
  @FunctionalInterface
  public interface Sink {
    /** The watcher is to be told, if it may know. */
    void event(Watcher watcher, EventType type, ZnodePath path);
  }

  /** Sets a watch; setting it again changes nothing. */
  public void add(Watcher watcher, ZnodePath path, WatchKind kind) {
    switch (kind) {
      case DATA -> set(watcher, path, ONE_SHOT, 0);
      case CHILD -> set(watcher, path, 0, ONE_SHOT);
      case PERSISTENT -> set(watcher, path, PERSISTENT, PERSISTENT);
      case PERSISTENT_RECURSIVE -> set(watcher, path, RECURSIVE, 0);
    }
  }

  private void set(Watcher watcher, ZnodePath path, int inData, int inChild) {
    int old = watcher.watched.getOrDefault(path, 0);
    update(watcher, path, old, old | inData | inChild << CHILD_SHIFT);
  }

  private void update(Watcher watcher, ZnodePath path, int old, int now) {
    if (old == now) {
      return;
    }
    update(data, watcher, path, old & ALL, now & ALL);
    update(child, watcher, path, old >>> CHILD_SHIFT, now >>> CHILD_SHIFT);
    recursive += Integer.signum(now & RECURSIVE) - Integer.signum(old & RECURSIVE);
    dataWatches += Integer.signum(now & ALL) - Integer.signum(old & ALL);
    childWatches += Integer.signum(now >>> CHILD_SHIFT) - Integer.signum(old >>> CHILD_SHIFT);
    keep(watcher, path, old, now);
  }

  private void keep(Watcher watcher, ZnodePath path, int old, int now) {
    int before = watcher.watched.size();
    if (now == 0) {
      watcher.watched.remove(path);
    } else {
      watcher.watched.put(path, now);
    }
    int more = Integer.signum(now) - Integer.signum(old);
    if (more != 0) {
      long change = (long) more * (PATH_OVERHEAD_BYTES + path.length());
      watcher.bytes += change;
      bytes += change;
      watchers += Integer.signum(watcher.watched.size()) - Integer.signum(before);
    }
  }

  private static void update(
      Map<ZnodePath, WatchList> table, Watcher watcher, ZnodePath path, int old, int now) {
    if (old == now) {
      return;
    }
    WatchList list = table.get(path);
    if (old == 0) {
      if (list == null) {
        list = new WatchList();
        table.put(path, list);
      }
      list.add(watcher, now);
      return;
    }
    if (list == null) {
      throw new IllegalStateException("a watcher's path is not in the table: " + path);
    }
    int i = list.indexOf(watcher);
    if (now != 0) {
      list.modes[i] = (byte) now;
      return;
    }
    list.remove(i);
    if (list.size == 0) {
      table.remove(path);
    }
  }

  /** A znode was created below {@code parent}. */
  public void created(ZnodePath path, ZnodePath parent, Sink node, Sink above) {
    fireData(EventType.NODE_CREATED, path, node);
    fireChild(EventType.NODE_CHILDREN_CHANGED, parent, null, above);
  }

  /** A znode was deleted: nobody hears of it twice. */
  public void deleted(ZnodePath path, ZnodePath parent, Sink node, Sink above) {
    Set<Watcher> told = fireData(EventType.NODE_DELETED, path, node);
    fireChild(EventType.NODE_DELETED, path, told, node);
    fireChild(EventType.NODE_CHILDREN_CHANGED, parent, null, above);
  }

  /** A znode's data was set. */
  public void dataChanged(ZnodePath path, Sink node) {
    fireData(EventType.NODE_DATA_CHANGED, path, node);
  }

  /** Returns who was told, null for nobody; only where a second table has to know. */
  private @Nullable Set<Watcher> fireData(EventType type, ZnodePath path, Sink sink) {
    WatchList list = data.get(path);
    boolean remember =
        (list != null || recursive > 0) && (type == EventType.NODE_DELETED || recursive > 0);
    Set<Watcher> told = remember ? new HashSet<>() : null;
    if (list != null) {
      fireList(data, list, type, path, told, 0, sink);
    }
    if (recursive > 0) {
      fireAbove(type, path, told, sink);
    }
    return told;
  }

  private void fireAbove(EventType type, ZnodePath path, @Nullable Set<Watcher> told, Sink sink) {
    ZnodePath at = path;
    while (!at.isRoot()) {
      at = at.parent();
      WatchList list = data.get(at);
      if (list == null) {
        continue;
      }
      for (int i = 0; i < list.size; i++) {
        Watcher watcher = list.at(i);
        if ((list.modes[i] & RECURSIVE) != 0 && told != null && told.add(watcher)) {
          sink.event(watcher, type, path);
        }
      }
    }
  }

  private void fireChild(EventType type, ZnodePath path, @Nullable Set<Watcher> except, Sink sink) {
    WatchList list = child.get(path);
    if (list != null) {
      fireList(child, list, type, path, except, CHILD_SHIFT, sink);
    }
  }

  /** Tells everyone in the list that is not in {@code told}, and drops one-shot watches. */
  private void fireList(
      Map<ZnodePath, WatchList> table,
      WatchList list,
      EventType type,
      ZnodePath path,
      @Nullable Set<Watcher> told,
      int shift,
      Sink sink) {
    int kept = 0;
    for (int i = 0; i < list.size; i++) {
      Watcher watcher = list.at(i);
      int mode = list.modes[i];
      if (told == null || told.add(watcher)) {
        sink.event(watcher, type, path);
      }
      int left = mode & ~ONE_SHOT;
      if (left != mode) {
        forget(watcher, path, ONE_SHOT << shift);
      }
      if (left == 0) {
        if (shift == 0) {
          dataWatches--;
        } else {
          childWatches--;
        }
        continue;
      }
      list.watchers[kept] = watcher;
      list.modes[kept++] = (byte) left;
    }
    for (int i = kept; i < list.size; i++) {
      list.watchers[i] = null;
    }
    list.size = kept;
    if (kept == 0) {
      table.remove(path);
    }
  }

  private void forget(Watcher watcher, ZnodePath path, int bits) {
    int old = watcher.watched.getOrDefault(path, 0);
    keep(watcher, path, old, old & ~bits);
  }

  /** Whether removeWatches of this type would find something (WAT-16). */
  public boolean has(Watcher watcher, ZnodePath path, WatcherType type) {
    int modes = watcher.watched.getOrDefault(path, 0);
    return switch (type) {
      case CHILDREN -> (modes & ONE_SHOT << CHILD_SHIFT) != 0;
      case DATA -> (modes & ONE_SHOT) != 0;
      case PERSISTENT -> (modes & PERSISTENT) != 0;
      case PERSISTENT_RECURSIVE -> (modes & RECURSIVE) != 0;
      case ANY -> modes != 0;
    };
  }

  /** Removes watches of this type; returns whether there were any. */
  public boolean remove(Watcher watcher, ZnodePath path, WatcherType type) {
    int old = watcher.watched.getOrDefault(path, 0);
    int gone =
        switch (type) {
          case CHILDREN -> ONE_SHOT << CHILD_SHIFT;
          case DATA -> ONE_SHOT;
          case PERSISTENT -> PERSISTENT | PERSISTENT << CHILD_SHIFT;
          case PERSISTENT_RECURSIVE -> RECURSIVE;
          case ANY -> -1;
        };
    int now = old & ~gone;
    update(watcher, path, old, now);
    return old != now;
  }

  /** Removes everything of a watcher. */
  public void removeAll(Watcher watcher) {
    for (ZnodePath path : List.copyOf(watcher.watched.keySet())) {
      update(watcher, path, watcher.watched.getOrDefault(path, 0), 0);
    }
  }

  /** About how much memory all watches take, in bytes. */
  public long bytes() {
    return bytes;
  }

  /** How many watchers there are that watch something. */
  public int watchers() {
    return watchers;
  }

  /** How many (watcher, path) pairs there are in both tables. */
  public int size() {
    return dataWatches + childWatches;
  }

  /** How many (watcher, path) pairs there are in the data table, which reports show (WAT-15). */
  public int dataSize() {
    return dataWatches;
  }

  /** How many paths the data table has. */
  public int dataPaths() {
    return data.size();
  }

  /** Calls for each pair in the data table. */
  public void forEachData(java.util.function.BiConsumer<ZnodePath, Watcher> each) {
    data.forEach(
        (path, list) -> {
          for (int i = 0; i < list.size; i++) {
            each.accept(path, list.at(i));
          }
        });
  }
}
