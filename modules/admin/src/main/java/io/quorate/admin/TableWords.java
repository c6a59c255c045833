package io.quorate.admin;

import static io.quorate.admin.Lines.hex;

import io.quorate.server.ServerStatus;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** dump, wchs, wchc and wchp: sessions, ephemerals and watches by whom they belong to. */
final class TableWords {
  private TableWords() {}

  static void dump(ServerStatus status, Lines out) throws IOException {
    sessions(status.sessionBuckets(), out);
    Map<Long, List<String>> ephemerals = status.ephemerals();
    out.line("ephemeral nodes dump:");
    out.line("Sessions with Ephemerals (" + ephemerals.size() + "):");
    for (Map.Entry<Long, List<String>> owner : ephemerals.entrySet()) {
      out.line(hex(owner.getKey()) + ":");
      for (String path : owner.getValue()) {
        out.line("\t" + path);
      }
    }
    connections(status.connectionBuckets(), out);
  }

  private static void sessions(List<ServerStatus.SessionBucket> buckets, Lines out)
      throws IOException {
    int members = buckets.stream().mapToInt(b -> b.sessionIds().size()).sum();
    out.line("SessionTracker dump:");
    out.line("Session Sets (" + buckets.size() + ")/(" + members + "):");
    for (ServerStatus.SessionBucket bucket : buckets) {
      expiry(bucket.sessionIds().size(), bucket.expiresMs(), out);
      for (long id : bucket.sessionIds()) {
        out.line("\t" + hex(id));
      }
    }
  }

  private static void connections(List<ServerStatus.ConnectionBucket> buckets, Lines out)
      throws IOException {
    int members = buckets.stream().mapToInt(b -> b.connections().size()).sum();
    out.line("Connections dump:");
    out.line("Connections Sets (" + buckets.size() + ")/(" + members + "):");
    for (ServerStatus.ConnectionBucket bucket : buckets) {
      expiry(bucket.connections().size(), bucket.expiresMs(), out);
      for (var connection : bucket.connections()) {
        out.line(
            "\tip: "
                + Lines.address(connection.remote())
                + " sessionId: "
                + hex(connection.sessionId()));
      }
    }
  }

  @SuppressWarnings("JavaUtilDate") // its text is the format that Apache prints
  private static void expiry(int members, long expiresMs, Lines out) throws IOException {
    out.line(members + " expire at " + new Date(expiresMs) + ":");
  }

  static void wchs(ServerStatus status, Lines out) throws IOException {
    ServerStatus.WatchSummary watches = status.watchSummary();
    out.line(watches.connections() + " connections watching " + watches.paths() + " paths");
    out.line("Total watches:" + watches.watches());
  }

  static void wchc(ServerStatus status, Lines out) throws IOException {
    for (Map.Entry<Long, List<String>> session : status.watchesBySession().entrySet()) {
      out.line(hex(session.getKey()));
      for (String path : session.getValue()) {
        out.line("\t" + path);
      }
    }
    out.line("");
  }

  static void wchp(ServerStatus status, Lines out) throws IOException {
    Map<String, List<Long>> byPath = new LinkedHashMap<>();
    status
        .watchesBySession()
        .forEach(
            (id, paths) ->
                paths.forEach(p -> byPath.computeIfAbsent(p, x -> new ArrayList<>()).add(id)));
    for (Map.Entry<String, List<Long>> path : byPath.entrySet()) {
      out.line(path.getKey());
      for (long id : path.getValue()) {
        out.line("\t" + hex(id));
      }
    }
    out.line("");
  }
}
