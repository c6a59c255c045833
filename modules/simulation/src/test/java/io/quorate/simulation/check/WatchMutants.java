package io.quorate.simulation.check;

import static io.quorate.simulation.check.Script.children;
import static io.quorate.simulation.check.Script.create;
import static io.quorate.simulation.check.Script.delete;
import static io.quorate.simulation.check.Script.existsWatch;
import static io.quorate.simulation.check.Script.get;
import static io.quorate.simulation.check.Script.getWatch;
import static io.quorate.simulation.check.Script.multi;
import static io.quorate.simulation.check.Script.secret;
import static io.quorate.simulation.check.Script.set;
import static io.quorate.simulation.check.Script.setWatches;

import io.quorate.simulation.check.FakeServer.Client;
import io.quorate.simulation.history.Event;
import io.quorate.simulation.history.Op;
import java.util.List;
import java.util.function.Consumer;

/** Watches. */
final class WatchMutants {
  private WatchMutants() {}

  static void watching(FakeServer s) {
    Client a = s.open();
    Client b = s.open();
    s.send(a, create("/w", 0)); // zxid 3
    s.send(b, getWatch("/w")); // connection 2 xid 1
    s.send(b, new Op.AddWatch("/", 1)); // xid 2
    s.send(b, children("/", true)); // xid 3
    s.send(a, set("/w", "1")); // zxid 4: event 3 of /w
    s.send(a, set("/w", "2")); // zxid 5: event 3 of /w
    s.send(a, create("/v", 0)); // zxid 6: event 1 of /v, event 4 of /
    s.send(b, get("/v")); // xid 4
  }

  static void watches(List<Mutant> all) {
    moreWatches(all);
    all.add(
        new Mutant(
            Rule.W1,
            "a one-shot watch that fires twice",
            s -> {
              Client a = s.open();
              s.send(a, create("/w", 0));
              s.send(a, getWatch("/w"));
              s.send(a, set("/w", "1"));
              s.send(a, set("/w", "2"));
            },
            e -> {
              int i = e.reply(1, 4);
              e.insert(i, new Event.Notice(1, 4, 3, 3, "/w"));
            }));
    all.add(
        new Mutant(
            Rule.W1,
            "an event told twice",
            WatchMutants::watching,
            e -> e.insert(e.notice(0), e.h.events().get(e.notice(0)))));
    all.add(
        new Mutant(
            Rule.W1,
            "a recursive watch that tells of children",
            s -> {
              Client a = s.open();
              s.send(a, new Op.AddWatch("/", 1));
              s.send(a, create("/v", 0));
            },
            e -> e.insert(e.reply(1, 2), new Event.Notice(1, 2, 4, 3, "/"))));
    all.add(
        new Mutant(
            Rule.W2,
            "an event that is lost",
            WatchMutants::watching,
            e -> e.drop(e.notice(1, "/v"))));
    all.add(
        new Mutant(
            Rule.W2,
            "a lost event with nothing after it",
            s -> {
              Client a = s.open();
              Client b = s.open();
              s.send(b, existsWatch("/w"));
              s.send(a, create("/w", 0));
            },
            e -> {
              e.drop(e.notice(0));
              e.drop(e.reply(2, -2));
              e.remove(e.at(Event.Sent.class, 0, x -> x.conn() == 2 && x.xid() == -2));
            }));
    all.add(
        new Mutant(
            Rule.W3,
            "an event behind the reply that shows its change",
            WatchMutants::watching,
            e -> {
              Event notice = e.h.events().get(e.notice(1, "/v"));
              e.drop(e.notice(1, "/v"));
              e.insert(e.reply(2, 4) + 1, notice);
            }));
    all.add(
        new Mutant(
            Rule.W3,
            "an event behind the reply of the write itself",
            s -> {
              Client a = s.open();
              s.send(a, existsWatch("/w"));
              s.send(a, create("/w", 0));
            },
            e -> e.swap(e.notice(0), e.reply(1, 2))));
    all.add(
        new Mutant(
            Rule.W4,
            "two events out of order",
            WatchMutants::watching,
            e -> e.swap(e.notice(1), e.notice(2))));
    all.add(
        new Mutant(
            Rule.W6,
            "an event to who may not read",
            s -> {
              Client a = s.open();
              Client b = s.open();
              s.send(b, existsWatch("/w"));
              s.send(a, secret("/w", "u:p"));
              s.send(b, new Op.Ping());
            },
            e -> e.insert(e.reply(2, -2), new Event.Notice(2, 3, 1, 3, "/w"))));
    all.add(
        new Mutant(
            Rule.W7,
            "a watch that nobody holds",
            s -> s.send(s.open(), existsWatch("/w")),
            e ->
                e.h
                    .events()
                    .set(e.at(Event.WatchCount.class, 0, w -> true), new Event.WatchCount(2))));
    all.add(
        new Mutant(
            Rule.W7,
            "a watch of a dead connection",
            s -> {
              Client a = s.open();
              s.send(a, existsWatch("/w"));
              s.disconnect(a);
            },
            e ->
                e.h
                    .events()
                    .set(e.at(Event.WatchCount.class, 0, w -> true), new Event.WatchCount(1))));
  }

  private static void moreWatches(List<Mutant> all) {
    Consumer<FakeServer> returning =
        s -> {
          Client a = s.open();
          Client b = s.open();
          s.send(a, create("/x", 0));
          s.send(a, create("/y", 0));
          s.send(b, new Op.Ping());
          long since = s.zxid();
          s.disconnect(b);
          s.send(a, set("/x", "1"));
          s.send(a, create("/z", 0));
          s.send(a, secret("/s", "u:p"));
          s.attach(b);
          s.send(
              b, setWatches(since, List.of("/x", "/y"), List.of("/z", "/q", "/s"), List.of("/y")));
          s.send(a, set("/y", "1"));
          s.send(b, new Op.Ping());
        };
    all.add(
        new Mutant(
            Rule.W5,
            "setWatches that keeps silent of a change",
            returning,
            e -> e.drop(e.notice(3, "/x"))));
    all.add(
        new Mutant(
            Rule.W5,
            "setWatches that tells of no change",
            returning,
            e -> e.insert(e.notice(3, "/x"), new Event.Notice(3, -1, 3, 3, "/y"))));
    all.add(
        new Mutant(
            Rule.W2, "setWatches that arms nothing", returning, e -> e.drop(e.notice(3, "/y"))));
    all.add(
        new Mutant(
            Rule.W6,
            "setWatches that tells who may not read",
            returning,
            e -> e.insert(e.notice(3, "/x"), new Event.Notice(3, -1, 1, 3, "/s"))));
    Consumer<FakeServer> failing =
        s -> {
          Client a = s.open();
          s.send(a, new Op.AddWatch("/", 1));
          s.send(a, multi(create("/m", 0), delete("/none")));
          s.send(a, multi(create("/m", 0), create("/n", 0)));
        };
    all.add(
        new Mutant(
            Rule.W8,
            "an event of a failed multi",
            failing,
            e -> e.insert(e.reply(1, 2), new Event.Notice(1, 2, 1, 3, "/m"))));
    all.add(
        new Mutant(
            Rule.W9, "an event with another zxid", failing, e -> e.zxid(e.notice(1, "/n"), 4)));
    all.add(
        new Mutant(
            Rule.W9,
            "an event of the past",
            WatchMutants::watching,
            e -> e.zxid(e.notice(1, "/v"), 60)));
    Consumer<FakeServer> removing =
        s -> {
          Client a = s.open();
          s.send(a, create("/r", 0));
          s.send(a, new Op.AddWatch("/r", 0));
          s.send(a, getWatch("/r"));
          s.send(a, new Op.RemoveWatches("/r", 4));
          s.send(a, new Op.CheckWatches("/r", 2));
          s.send(a, set("/r", "1"));
          s.send(a, create("/r/c", 0));
        };
    all.add(
        new Mutant(
            Rule.W10,
            "an event of a removed watch",
            removing,
            e -> e.insert(e.reply(1, 7), new Event.Notice(1, 4, 4, 3, "/r"))));
    all.add(
        new Mutant(
            Rule.W10, "a removal that finds nothing", removing, e -> e.error(e.reply(1, 4), -121)));
    all.add(
        new Mutant(
            Rule.W10,
            "a removal that took another kind with it",
            removing,
            e -> e.error(e.reply(1, 5), -121)));
  }
}
