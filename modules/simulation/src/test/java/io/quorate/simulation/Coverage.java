package io.quorate.simulation;

import io.quorate.simulation.history.Answer;
import io.quorate.simulation.history.Event;
import io.quorate.simulation.history.History;
import io.quorate.simulation.history.LogEntry;
import io.quorate.simulation.history.LoggedTxn;
import io.quorate.simulation.history.Op;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Counts what histories have shown: which operation was answered with which error, and which kind
 * of watch has delivered which event.
 */
final class Coverage {
  private static final Map<Integer, String> OPERATIONS =
      Map.ofEntries(
          Map.entry(1, "create"),
          Map.entry(2, "delete"),
          Map.entry(3, "exists"),
          Map.entry(4, "getData"),
          Map.entry(5, "setData"),
          Map.entry(6, "getACL"),
          Map.entry(7, "setACL"),
          Map.entry(8, "getChildren"),
          Map.entry(9, "sync"),
          Map.entry(11, "ping"),
          Map.entry(12, "getChildren2"),
          Map.entry(13, "check"),
          Map.entry(14, "multi"),
          Map.entry(15, "create2"),
          Map.entry(16, "reconfig"),
          Map.entry(17, "checkWatches"),
          Map.entry(18, "removeWatches"),
          Map.entry(19, "createContainer"),
          Map.entry(21, "createTTL"),
          Map.entry(22, "multiRead"),
          Map.entry(100, "auth"),
          Map.entry(101, "setWatches"),
          Map.entry(102, "sasl"),
          Map.entry(103, "getEphemerals"),
          Map.entry(104, "getAllChildrenNumber"),
          Map.entry(105, "setWatches2"),
          Map.entry(106, "addWatch"),
          Map.entry(107, "whoAmI"),
          Map.entry(-11, "closeSession"));

  private final TreeMap<String, TreeMap<Integer, Long>> answered = new TreeMap<>();
  private final TreeMap<String, TreeMap<Integer, Long>> logged = new TreeMap<>();
  private final TreeMap<String, TreeMap<Integer, Long>> delivered = new TreeMap<>();

  /** By operation, how often each error was answered. */
  TreeMap<String, TreeMap<Integer, Long>> answered() {
    return answered;
  }

  /** By operation, how often each error became a transaction that does nothing. */
  TreeMap<String, TreeMap<Integer, Long>> logged() {
    return logged;
  }

  /** By kind of watch, how often each type of event was delivered because of it alone. */
  TreeMap<String, TreeMap<Integer, Long>> delivered() {
    return delivered;
  }

  /** Adds one run. */
  void add(History history) {
    Map<Integer, Conn> conns = new HashMap<>();
    for (Event event : history.events()) {
      if (event instanceof Event.OfConnection e) {
        conns.computeIfAbsent(e.conn(), c -> new Conn()).take(e);
      }
    }
    Map<String, Op> asked = new HashMap<>();
    conns.values().forEach(c -> c.asked.forEach((xid, op) -> asked.put(c.session + " " + xid, op)));
    for (LogEntry entry : history.log()) {
      Op op = asked.get(entry.session() + " " + entry.cxid());
      int code = refusal(entry.txn());
      if (op != null && code != 0) {
        count(logged, OPERATIONS.getOrDefault(op.code(), "unknown"), code);
      }
    }
  }

  private static int refusal(LoggedTxn txn) {
    return switch (txn) {
      case LoggedTxn.Failure f -> f.code();
      case LoggedTxn.Multi m ->
          m.parts().stream()
              .mapToInt(p -> refusal(p.txn()))
              .filter(c -> c != 0)
              .findFirst()
              .orElse(0);
      default -> 0;
    };
  }

  private static void count(TreeMap<String, TreeMap<Integer, Long>> table, String row, int column) {
    table.computeIfAbsent(row, r -> new TreeMap<>((a, b) -> b - a)).merge(column, 1L, Long::sum);
  }

  /** What is known of one connection, from the frames on it. */
  private final class Conn {
    private final Map<Integer, ArrayDeque<Op>> waiting = new HashMap<>();
    private final Map<Integer, Op> asked = new HashMap<>();
    private long session;

    /** Kinds of watches by path, as far as replies and events tell. */
    private final Map<String, TreeSet<Watch>> watches = new HashMap<>();

    /** Events of a setWatches whose reply has not come. */
    private final List<Event.Notice> early = new ArrayList<>();

    void take(Event.OfConnection event) {
      switch (event) {
        case Event.ConnectReply r -> session = r.session();
        case Event.Sent s -> {
          queue(s.xid()).add(s.op());
          asked.put(s.xid(), s.op());
        }
        case Event.Reply r -> {
          Op op = queue(r.xid()).poll();
          if (op != null) {
            answer(op, r);
          }
        }
        case Event.Notice n when n.zxid() == -1 -> early.add(n);
        case Event.Notice n -> notice(n);
        default -> {}
      }
    }

    private ArrayDeque<Op> queue(int xid) {
      return waiting.computeIfAbsent(Math.min(xid, 1), x -> new ArrayDeque<>());
    }

    private void answer(Op op, Event.Reply r) {
      count(answered, OPERATIONS.getOrDefault(op.code(), "unknown"), r.err());
      if (r.answer() instanceof Answer.Results results) {
        parts(op, results.results());
      }
      boolean ok = r.err() == 0;
      switch (op) {
        case Op.Exists o when o.watch() && (ok || r.err() == -101) -> set(Watch.EXISTS, o.path());
        case Op.GetData o when o.watch() && ok -> set(Watch.GET_DATA, o.path());
        case Op.GetChildren o when o.watch() && ok ->
            set(o.code() == 8 ? Watch.GET_CHILDREN : Watch.GET_CHILDREN2, o.path());
        case Op.AddWatch o when ok ->
            set(o.mode() == 0 ? Watch.PERSISTENT : Watch.RECURSIVE, o.path());
        case Op.SetWatches o when ok -> setWatches(o);
        case Op.RemoveWatches o when ok -> {
          TreeSet<Watch> at = watches.get(o.path());
          if (at != null) {
            at.removeIf(w -> w.removedBy(o.type()));
          }
        }
        default -> {}
      }
    }

    private void parts(Op op, List<Answer.Result> results) {
      List<Op> ops =
          switch (op) {
            case Op.Multi m -> m.ops();
            case Op.MultiRead m -> m.ops();
            default -> List.of();
          };
      for (int i = 0; i < results.size(); i++) {
        Answer.Result result = results.get(i);
        if (result.type() != -1 || result.err() != 0) { // else it was undone
          count(
              answered,
              OPERATIONS.get(op.code()) + " of " + OPERATIONS.get(kind(ops.get(i))),
              result.err());
        }
      }
    }

    /** In a multi the flags say what is a container. */
    private static int kind(Op op) {
      if (op instanceof Op.Create c && c.code() != 21) {
        return c.flags() == 4 ? 19 : c.code() == 19 ? 1 : c.code();
      }
      return op.code();
    }

    private void set(Watch kind, @org.jspecify.annotations.Nullable String path) {
      if (path != null) {
        watches.computeIfAbsent(path, p -> new TreeSet<>()).add(kind);
      }
    }

    private void setWatches(Op.SetWatches s) {
      for (Event.Notice n : early) {
        String row =
            switch (n.type()) {
              case 1 -> s.exist().contains(n.path()) ? "exist" : "";
              case 3 -> s.data().contains(n.path()) ? "data" : "";
              case 4 -> s.child().contains(n.path()) ? "child" : "";
              default ->
                  s.data().contains(n.path()) == s.child().contains(n.path())
                      ? ""
                      : s.data().contains(n.path()) ? "data" : "child";
            };
        if (!row.isEmpty()) {
          count(delivered, OPERATIONS.get(s.code()) + " at once, " + row, n.type());
        }
      }
      s.data().forEach(p -> setUnlessTold(Watch.SET_DATA, p));
      s.exist().forEach(p -> setUnlessTold(Watch.SET_EXIST, p));
      s.child().forEach(p -> setUnlessTold(Watch.SET_CHILD, p));
      s.persistent().forEach(p -> set(Watch.SET_PERSISTENT, p));
      s.recursive().forEach(p -> set(Watch.SET_RECURSIVE, p));
      early.clear();
    }

    private void setUnlessTold(Watch kind, String path) {
      if (early.stream().noneMatch(n -> n.path().equals(path) && kind.types.contains(n.type()))) {
        set(kind, path);
      }
    }

    private void notice(Event.Notice n) {
      TreeSet<Watch> able = new TreeSet<>();
      for (Watch w : watches.getOrDefault(n.path(), new TreeSet<>())) {
        if (w.types.contains(n.type())) {
          able.add(w);
        }
      }
      watches.forEach(
          (path, kinds) -> {
            boolean above = path.equals("/") || n.path().startsWith(path + "/");
            if (above && n.type() != 4) {
              kinds.stream().filter(w -> w.recursive).forEach(able::add);
            }
          });
      if (able.size() == 1) { // else it is unclear whose it was
        count(delivered, able.first().text, n.type());
      }
      TreeSet<Watch> here = watches.get(n.path());
      if (here != null) {
        here.removeIf(w -> w.once && w.firedBy(n.type()));
      }
    }
  }

  /** How a watch came to be, and the events it is there for. */
  private enum Watch {
    EXISTS("exists", true, false, List.of(1, 2, 3)),
    GET_DATA("getData", true, false, List.of(2, 3)),
    GET_CHILDREN("getChildren", true, false, List.of(2, 4)),
    GET_CHILDREN2("getChildren2", true, false, List.of(2, 4)),
    PERSISTENT("addWatch persistent", false, false, List.of(1, 2, 3, 4)),
    RECURSIVE("addWatch recursive", false, true, List.of(1, 2, 3)),
    SET_DATA("setWatches data", true, false, List.of(2, 3)),
    SET_EXIST("setWatches exist", true, false, List.of(1)),
    SET_CHILD("setWatches child", true, false, List.of(2, 4)),
    SET_PERSISTENT("setWatches2 persistent", false, false, List.of(1, 2, 3, 4)),
    SET_RECURSIVE("setWatches2 recursive", false, true, List.of(1, 2, 3));

    final String text;
    final boolean once;
    final boolean recursive;
    final List<Integer> types;

    Watch(String text, boolean once, boolean recursive, List<Integer> types) {
      this.text = text;
      this.once = once;
      this.recursive = recursive;
      this.types = types;
    }

    /** Whether an event of this type uses it up; nothing does that to those that stay. */
    boolean firedBy(int type) {
      return type == 4 ? types.contains(4) : type == 2 || !types.contains(4);
    }

    boolean removedBy(int type) {
      return switch (type) {
        case 1 -> once && types.contains(4);
        case 2 -> once && !types.contains(4);
        case 4 -> !once && !recursive;
        case 5 -> recursive;
        default -> true;
      };
    }
  }
}
