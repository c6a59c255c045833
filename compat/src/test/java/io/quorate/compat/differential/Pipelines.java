package io.quorate.compat.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What may differ when several requests go out in one write.
 *
 * <p>Apache applies one transaction at a time, Quorate all that are durable: there, the header of a
 * reply may name a later zxid than its own transaction's, and an event may stand before replies to
 * earlier requests. Both are within ORD-5 and ORD-6, which {@link ScriptRunner} checks frame by
 * frame; answers to pings may overtake. Bodies, Stats, errors and the order of the replies among
 * themselves and of the events among themselves stay exact.
 */
final class Pipelines {
  private static final Pattern HEADER_ZXID = Pattern.compile("( xid=-?\\d+) zxid=\\+\\d+ ");

  private Pipelines() {}

  /** Rewrites what {@code client} saw in one step: events, then replies, then pings. */
  static void normalise(List<Observation> step, int client) {
    List<Observation> events = new ArrayList<>();
    List<Observation> replies = new ArrayList<>();
    List<Observation> pings = new ArrayList<>();
    List<Observation> others = new ArrayList<>();
    for (Observation o : step) {
      if (o.client() != client) {
        others.add(o);
      } else if (o.text().startsWith("event ")) {
        events.add(o);
      } else if (o.text().startsWith("reply to ping#")) {
        pings.add(withoutZxid(o));
      } else {
        replies.add(withoutZxid(o));
      }
    }
    // The barrier's ping is the last, after everything: its zxid is exact.
    if (!pings.isEmpty()) {
      pings.set(pings.size() - 1, step.get(lastPing(step, client)));
    }
    events.addAll(replies);
    events.addAll(pings);
    events.addAll(others);
    for (int i = 0; i < step.size(); i++) {
      step.set(i, events.get(i));
    }
  }

  private static int lastPing(List<Observation> step, int client) {
    int last = 0;
    for (int i = 0; i < step.size(); i++) {
      Observation o = step.get(i);
      if (o.client() == client && o.text().startsWith("reply to ping#")) {
        last = i;
      }
    }
    return last;
  }

  private static Observation withoutZxid(Observation o) {
    return new Observation(
        o.step(), o.client(), HEADER_ZXID.matcher(o.text()).replaceFirst("$1 zxid=~ "));
  }
}
