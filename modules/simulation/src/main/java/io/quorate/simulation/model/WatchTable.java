package io.quorate.simulation.model;

import io.quorate.simulation.history.AclEntry;
import io.quorate.simulation.history.IdEntry;
import io.quorate.simulation.history.Op;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The watches of one connection (reference section 2.6). */
public final class WatchTable {
  private static final int CREATED = 1;
  private static final int DELETED = 2;
  private static final int DATA_CHANGED = 3;
  private static final int CHILDREN_CHANGED = 4;

  private enum Mode {
    ONCE,
    PERSISTENT,
    RECURSIVE
  }

  private final Map<String, Set<Mode>> data = new TreeMap<>();
  private final Map<String, Set<Mode>> child = new TreeMap<>();

  /** An event that is due, and the ACL that says who may see it. */
  public record Due(int type, String path, List<AclEntry> acl) {
    /** Whether somebody with these ids is told. */
    public boolean visibleTo(Settings settings, List<IdEntry> ids) {
      return Access.allows(settings, acl, Access.READ, ids);
    }
  }

  /** Takes the watch that a read asked for, if it came to set it. */
  public void afterRead(Op op, int err) {
    switch (op) {
      case Op.Exists e when e.watch() && e.path() != null -> {
        if (err == 0 || err == Codes.NO_NODE) {
          add(data, e.path(), Mode.ONCE);
        }
      }
      case Op.GetData g when g.watch() && g.path() != null && err == 0 ->
          add(data, g.path(), Mode.ONCE);
      case Op.GetChildren g when g.watch() && g.path() != null && err == 0 ->
          add(child, g.path(), Mode.ONCE);
      default -> {}
    }
  }

  /** Carries out addWatch; returns the error number. */
  public int addWatch(Op.AddWatch a) {
    switch (a.mode()) {
      case 0 -> {
        add(data, a.path(), Mode.PERSISTENT);
        add(child, a.path(), Mode.PERSISTENT);
      }
      case 1 -> add(data, a.path(), Mode.RECURSIVE);
      default -> {
        return Codes.MARSHALLING_ERROR;
      }
    }
    return 0;
  }

  /** Carries out removeWatches; returns the error number (WAT-16). */
  public int removeWatches(Op.RemoveWatches r) {
    if (r.type() < 1 || r.type() > 5) {
      return Codes.MARSHALLING_ERROR;
    }
    boolean any = r.type() == 3;
    boolean changed = (any || r.type() == 1) && remove(child, r.path(), Mode.ONCE);
    changed |= (any || r.type() == 2) && remove(data, r.path(), Mode.ONCE);
    if (any || r.type() == 4) {
      changed |= remove(data, r.path(), Mode.PERSISTENT);
      changed |= remove(child, r.path(), Mode.PERSISTENT);
    }
    changed |= (any || r.type() == 5) && remove(data, r.path(), Mode.RECURSIVE);
    return changed ? 0 : Codes.NO_WATCHER;
  }

  /** Carries out checkWatches; returns the error number. */
  public int checkWatches(Op.CheckWatches c) {
    boolean found =
        switch (c.type()) {
          case 1 -> has(child, c.path(), Mode.ONCE);
          case 2 -> has(data, c.path(), Mode.ONCE);
          case 3 -> data.containsKey(c.path()) || child.containsKey(c.path());
          case 4 -> has(data, c.path(), Mode.PERSISTENT);
          case 5 -> has(data, c.path(), Mode.RECURSIVE);
          default -> throw new IllegalArgumentException("type " + c.type());
        };
    return found ? 0 : Codes.NO_WATCHER;
  }

  /** Carries out setWatches: registers what is up to date, gives the events for the rest. */
  public List<Due> setWatches(Tree tree, Op.SetWatches s) {
    List<Due> due = new ArrayList<>();
    for (String path : s.data()) {
      catchUp(due, data, path, tree.find(path), true, s.relativeZxid());
    }
    for (String path : s.exist()) {
      Node n = tree.find(path);
      if (n == null) {
        add(data, path, Mode.ONCE);
      } else {
        due.add(new Due(CREATED, path, n.acl));
      }
    }
    for (String path : s.child()) {
      catchUp(due, child, path, tree.find(path), false, s.relativeZxid());
    }
    for (String path : s.persistent()) {
      add(data, path, Mode.PERSISTENT);
      add(child, path, Mode.PERSISTENT);
    }
    s.recursive().forEach(path -> add(data, path, Mode.RECURSIVE));
    return due;
  }

  private void catchUp(
      List<Due> due,
      Map<String, Set<Mode>> table,
      String path,
      @Nullable Node n,
      boolean ofData,
      long since) {
    if (n == null) {
      due.add(new Due(DELETED, path, Access.OPEN));
    } else if ((ofData ? n.mzxid : n.pzxid) > since) {
      due.add(new Due(ofData ? DATA_CHANGED : CHILDREN_CHANGED, path, n.acl));
    } else {
      add(table, path, Mode.ONCE);
    }
  }

  /** The events that one change causes (WAT-2 to WAT-6); one-shot watches are used up. */
  public List<Due> fire(Change c) {
    List<Due> due = new ArrayList<>();
    String parent = c.path().lastIndexOf('/') <= 0 ? "/" : Paths.parent(c.path());
    switch (c.kind()) {
      case CREATED -> {
        fire(due, data, CREATED, c.path(), c.acl());
        fire(due, child, CHILDREN_CHANGED, parent, c.parentAcl());
      }
      case DATA -> fire(due, data, DATA_CHANGED, c.path(), c.acl());
      case DELETED -> {
        List<Due> ignored = new ArrayList<>();
        boolean told = fire(due, data, DELETED, c.path(), c.acl());
        fire(told ? ignored : due, child, DELETED, c.path(), c.acl());
        fire(due, child, CHILDREN_CHANGED, parent, c.parentAcl());
      }
    }
    return due;
  }

  private boolean fire(
      List<Due> due, Map<String, Set<Mode>> table, int type, String path, List<AclEntry> acl) {
    boolean matched = table.containsKey(path) && (type != CHILDREN_CHANGED || tells(table, path));
    for (String p = path; !matched; p = Paths.parent(p)) {
      String above = p.isEmpty() ? "/" : p;
      matched = type != CHILDREN_CHANGED && has(table, above, Mode.RECURSIVE);
      if (p.isEmpty() || p.equals("/")) {
        break;
      }
    }
    remove(table, path, Mode.ONCE);
    if (matched) {
      due.add(new Due(type, path, acl));
    }
    return matched;
  }

  private static boolean tells(Map<String, Set<Mode>> table, String path) {
    return has(table, path, Mode.ONCE) || has(table, path, Mode.PERSISTENT);
  }

  /** How many watches there are: paths in each of the two tables, however many modes. */
  public int size() {
    return data.size() + child.size();
  }

  /** Whether nothing is watched. */
  public boolean isEmpty() {
    return data.isEmpty() && child.isEmpty();
  }

  /** Takes over the watches of another table too. */
  public void addAll(WatchTable other) {
    other.data.forEach((path, modes) -> modes.forEach(m -> add(data, path, m)));
    other.child.forEach((path, modes) -> modes.forEach(m -> add(child, path, m)));
  }

  private static void add(Map<String, Set<Mode>> table, String path, Mode mode) {
    table.computeIfAbsent(path, p -> EnumSet.noneOf(Mode.class)).add(mode);
  }

  private static boolean has(Map<String, Set<Mode>> table, String path, Mode mode) {
    Set<Mode> modes = table.get(path);
    return modes != null && modes.contains(mode);
  }

  private static boolean remove(Map<String, Set<Mode>> table, String path, Mode mode) {
    Set<Mode> modes = table.get(path);
    if (modes == null || !modes.remove(mode)) {
      return false;
    }
    if (modes.isEmpty()) {
      table.remove(path);
    }
    return true;
  }
}
