package io.quorate.replica;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What must be true of every trace: DESIGN section 3, W3, W4, S6, Z9 for a quorum of one. */
final class EffectRules {
  private final List<String> trace;
  private final String what;
  private final Map<String, Long> lastReplyZxid = new HashMap<>();
  private final Map<String, Long> lastEventZxid = new HashMap<>();
  private final Map<String, Integer> lastXid = new HashMap<>();
  private final Set<String> closed = new HashSet<>();
  private final Set<String> open = new HashSet<>();
  private long appended;
  private long durable;
  private long published;

  EffectRules(List<String> trace, String what) {
    this.trace = trace;
    this.what = what;
  }

  void check() {
    for (int i = 0; i < trace.size(); i++) {
      String line = trace.get(i);
      try {
        line(line.split(" "));
      } catch (AssertionError e) {
        int from = Math.max(0, i - 15);
        throw new AssertionError(
            what + ": " + line + "\nafter\n" + String.join("\n", trace.subList(from, i)), e);
      }
    }
  }

  private static void must(boolean ok, String rule) {
    if (!ok) {
      throw new AssertionError(rule);
    }
  }

  private static long hex(String text) {
    return Long.parseLong(text.startsWith("@") ? text.substring(1) : text, 16);
  }

  private void line(String[] w) {
    switch (w[0]) {
      case "append" -> {
        must(hex(w[1]) == appended + 1, "appended without holes");
        appended++;
      }
      case "durable" -> durable = Math.max(durable, hex(w[1]));
      case "published" -> {
        long zxid = hex(w[1]);
        must(zxid > published, "views move forward");
        must(zxid <= durable, "nothing is seen before the disk holds it");
        published = zxid;
      }
      case "snapshot" -> must(hex(w[1]) == published, "a snapshot is of the newest view");
      case "event" -> event(w);
      case "reply" -> reply(w);
      case "opened" -> {
        must(!closed.contains(w[1]) && open.add(w[1]), "opened once");
      }
      case "rejected" -> must(!open.contains(w[1]), "rejected or opened");
      case "close" -> must(closed.add(w[1]), "closed once");
      default -> throw new AssertionError("unknown effect");
    }
  }

  private void event(String[] w) {
    String client = w[1];
    must(open.contains(client) && !closed.contains(client), "only to the living");
    if (w[4].equals("@-")) {
      return;
    }
    long zxid = hex(w[4]);
    must(zxid <= durable, "nothing is told before the disk holds it");
    must(zxid > published, "an event comes before its view");
    must(zxid > lastReplyZxid.getOrDefault(client, 0L), "and before replies that show it (W3)");
    must(zxid >= lastEventZxid.getOrDefault(client, 0L), "events in order (W4)");
    lastEventZxid.put(client, zxid);
  }

  private void reply(String[] w) {
    String client = w[1];
    must(open.contains(client) && !closed.contains(client), "only to the living");
    int xid = Integer.parseInt(w[2].substring(1));
    must(xid > lastXid.getOrDefault(client, 0), "in the order of requests (S6)");
    lastXid.put(client, xid);
    long zxid = hex(w[3]);
    must(zxid <= published, "replies come after their view");
    lastReplyZxid.merge(client, zxid, Math::max);
  }
}
