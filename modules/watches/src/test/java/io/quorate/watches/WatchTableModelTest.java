package io.quorate.watches;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quorate.api.EventType;
import io.quorate.api.WatchKind;
import io.quorate.api.WatcherType;
import io.quorate.api.ZnodePath;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random operations against two plain tables that follow the words of WAT-1 to WAT-6 and WAT-16
 * (W1, W7, W10).
 */
class WatchTableModelTest {
  private static final String[] PATHS = {
    "/", "/a", "/a/b", "/a/b/c", "/a/b/c/d", "/ab", "/d", "/d/e"
  };

  private enum Mode {
    STANDARD,
    PERSISTENT,
    RECURSIVE
  }

  private static final class Named extends Watcher {
    private final String name;

    Named(String name) {
      this.name = name;
    }
  }

  /** Modes by "path watcher". */
  private static final class Table {
    private final Map<String, EnumSet<Mode>> modes = new TreeMap<>();

    void add(String path, Named w, Mode mode) {
      modes.computeIfAbsent(path + " " + w.name, k -> EnumSet.noneOf(Mode.class)).add(mode);
    }

    boolean remove(String path, Named w, Mode mode) {
      EnumSet<Mode> set = modes.get(path + " " + w.name);
      if (set == null || !set.remove(mode)) {
        return false;
      }
      if (set.isEmpty()) {
        modes.remove(path + " " + w.name);
      }
      return true;
    }

    boolean has(String path, Named w, Mode mode) {
      EnumSet<Mode> set = modes.get(path + " " + w.name);
      return set != null && set.contains(mode);
    }

    /** Who hears of this path; one-shot watches of it are gone then. */
    Set<String> trigger(String path, List<Named> watchers) {
      Set<String> heard = new TreeSet<>();
      for (Named w : watchers) {
        if (modes.containsKey(path + " " + w.name)) {
          heard.add(w.name);
        }
        remove(path, w, Mode.STANDARD);
        for (String above : PATHS) {
          boolean below = above.equals("/") || path.startsWith(above + "/");
          if (below && !path.equals("/") && has(above, w, Mode.RECURSIVE)) {
            heard.add(w.name);
          }
        }
      }
      return heard;
    }
  }

  private final WatchTable table = new WatchTable();
  private final Table data = new Table();
  private final Table child = new Table();
  private final List<Named> watchers = new ArrayList<>();
  private Random random;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void behavesAsTwoPlainTables(long seed) {
    random = new Random(seed);
    for (int i = 0; i < 5; i++) {
      watchers.add(new Named("w" + i));
    }
    for (int i = 0; i < 5000; i++) {
      String path = PATHS[random.nextInt(PATHS.length)];
      Named w = watchers.get(random.nextInt(watchers.size()));
      int dice = random.nextInt(100);
      if (dice < 50) {
        add(w, path);
      } else if (dice < 65) {
        remove(w, path);
      } else if (dice < 67) {
        removeAll(w);
      } else {
        trigger(path, dice);
      }
      check();
    }
    watchers.forEach(table::removeAll);
    assertEquals(0, table.size());
    assertEquals(0, table.dataSize());
    assertEquals(0, table.dataPaths());
  }

  private void add(Named w, String path) {
    WatchKind kind = WatchKind.values()[random.nextInt(4)];
    table.add(w, ZnodePath.of(path), kind);
    switch (kind) {
      case DATA -> data.add(path, w, Mode.STANDARD);
      case CHILD -> child.add(path, w, Mode.STANDARD);
      case PERSISTENT -> {
        data.add(path, w, Mode.PERSISTENT);
        child.add(path, w, Mode.PERSISTENT);
      }
      case PERSISTENT_RECURSIVE -> data.add(path, w, Mode.RECURSIVE);
    }
  }

  private void remove(Named w, String path) {
    WatcherType type = WatcherType.values()[random.nextInt(5)];
    boolean any = false;
    switch (type) {
      case DATA -> any = data.remove(path, w, Mode.STANDARD);
      case CHILDREN -> any = child.remove(path, w, Mode.STANDARD);
      case PERSISTENT ->
          any = data.remove(path, w, Mode.PERSISTENT) | child.remove(path, w, Mode.PERSISTENT);
      case PERSISTENT_RECURSIVE -> any = data.remove(path, w, Mode.RECURSIVE);
      case ANY -> {
        for (Mode mode : Mode.values()) {
          any |= data.remove(path, w, mode) | child.remove(path, w, mode);
        }
      }
    }
    assertEquals(any, table.has(w, ZnodePath.of(path), type), "as checkWatches tells before");
    assertEquals(any, table.remove(w, ZnodePath.of(path), type));
    assertEquals(false, table.has(w, ZnodePath.of(path), type));
  }

  private void removeAll(Named w) {
    table.removeAll(w);
    data.modes.keySet().removeIf(k -> k.endsWith(" " + w.name));
    child.modes.keySet().removeIf(k -> k.endsWith(" " + w.name));
    assertEquals(0, w.watchedPaths());
  }

  private void trigger(String path, int dice) {
    List<String> events = new ArrayList<>();
    WatchTable.Sink node = (w, type, at) -> events.add(event((Named) w, type, at.toString()));
    WatchTable.Sink above =
        (w, type, at) -> events.add("above " + event((Named) w, type, at.toString()));
    ZnodePath p = ZnodePath.of(path);
    List<String> expected = new ArrayList<>();
    String parent = p.parent().toString();
    if (path.equals("/") || dice >= 90) {
      table.dataChanged(p, node);
      tell(expected, "", data.trigger(path, watchers), EventType.NODE_DATA_CHANGED, path);
    } else if (dice < 78) {
      table.created(p, p.parent(), node, above);
      tell(expected, "", data.trigger(path, watchers), EventType.NODE_CREATED, path);
      Set<String> up = child.trigger(parent, watchers);
      tell(expected, "above ", up, EventType.NODE_CHILDREN_CHANGED, parent);
    } else {
      table.deleted(p, p.parent(), node, above);
      Set<String> told = data.trigger(path, watchers);
      told.addAll(child.trigger(path, watchers));
      tell(expected, "", told, EventType.NODE_DELETED, path);
      Set<String> up = child.trigger(parent, watchers);
      tell(expected, "above ", up, EventType.NODE_CHILDREN_CHANGED, parent);
    }
    events.sort(null);
    expected.sort(null);
    assertEquals(expected, events);
  }

  private static String event(Named w, EventType type, String path) {
    return w.name + " " + type + " " + path;
  }

  private static void tell(
      List<String> to, String sink, Set<String> names, EventType type, String path) {
    for (String name : names) {
      to.add(sink + name + " " + type + " " + path);
    }
  }

  private void check() {
    assertEquals(data.modes.size() + child.modes.size(), table.size());
    assertEquals(data.modes.size(), table.dataSize());
    Set<String> pairs = new TreeSet<>();
    Set<String> paths = new TreeSet<>();
    table.forEachData(
        (path, w) -> {
          assertEquals(true, pairs.add(path + " " + ((Named) w).name), "twice");
          paths.add(path.toString());
        });
    assertEquals(data.modes.keySet(), pairs);
    assertEquals(paths.size(), table.dataPaths());
    for (Named w : watchers) {
      Set<String> watched = new TreeSet<>();
      for (Table t : List.of(data, child)) {
        for (String k : t.modes.keySet()) {
          if (k.endsWith(" " + w.name)) {
            watched.add(k);
          }
        }
      }
      assertEquals(watched.size(), w.watchedPaths());
    }
  }
}
