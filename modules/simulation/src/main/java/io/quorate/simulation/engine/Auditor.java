package io.quorate.simulation.engine;

import io.quorate.simulation.history.Event;
import io.quorate.simulation.history.History;
import io.quorate.simulation.history.Op;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Reads every znode that was ever asked for, with everything about it. */
final class Auditor {
  private Auditor() {}

  static void readAll(History history, Client by) {
    TreeSet<String> paths = new TreeSet<>();
    paths.addAll(List.of("/", "/zookeeper", "/zookeeper/quota", "/zookeeper/config"));
    for (Event e : history.events()) {
      if (e instanceof Event.Reply r) {
        switch (r.answer()) {
          case io.quorate.simulation.history.Answer.Path p -> add(paths, p.path());
          case io.quorate.simulation.history.Answer.PathStat p -> add(paths, p.path());
          default -> {}
        }
      }
    }
    for (String path : paths) {
      by.ask(new Op.GetData(path, false));
      by.ask(new Op.GetAcl(path));
      by.ask(new Op.GetChildren(12, path, false));
    }
    by.ask(new Op.GetAllChildrenNumber("/"));
  }

  private static void add(Set<String> paths, @org.jspecify.annotations.Nullable String path) {
    if (path != null && path.startsWith("/")) {
      paths.add(path);
    }
  }
}
