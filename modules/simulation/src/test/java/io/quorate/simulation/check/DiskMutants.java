package io.quorate.simulation.check;

import static io.quorate.simulation.check.Script.create;

import io.quorate.simulation.check.FakeServer.Client;
import io.quorate.simulation.history.Event;
import io.quorate.simulation.history.Op;
import java.util.List;

/** Durability and the protocol. */
final class DiskMutants {
  private DiskMutants() {}

  static void disk(List<Mutant> all) {
    all.add(
        new Mutant(
            Rule.D1,
            "a reply before its fsync",
            WriteMutants::twoWriters,
            e -> {
              int i = e.at(Event.Durable.class, 3, d -> true);
              Event d = e.h.events().get(i);
              e.remove(i);
              e.insert(i + 1, d);
            }));
    all.add(
        new Mutant(
            Rule.D1,
            "an event before its fsync",
            WatchMutants::watching,
            e -> {
              int i = e.at(Event.Durable.class, 3, d -> true);
              Event d = e.h.events().get(i);
              e.remove(i);
              e.insert(e.reply(1, 2), d);
            }));
    all.add(
        new Mutant(
            Rule.D1,
            "a session before its fsync",
            s -> s.open(),
            e -> {
              Event d = e.h.events().get(e.at(Event.Durable.class, 0, x -> true));
              e.remove(e.at(Event.Durable.class, 0, x -> true));
              e.insert(e.at(Event.ConnectReply.class, 0, x -> true) + 1, d);
            }));
    all.add(
        new Mutant(
            Rule.D2,
            "an acknowledged write that is gone",
            WriteMutants::twoWriters,
            e -> e.h.log().removeLast()));
    all.add(
        new Mutant(
            Rule.D2,
            "a recovery that comes back with less",
            s -> {
              Client a = s.open();
              s.send(a, create("/a", 0));
              s.restart();
              s.attach(a);
            },
            e -> e.h.events().set(e.at(Event.Boot.class, 1, b -> true), new Event.Boot(2, 1))));
    all.add(
        new Mutant(
            Rule.D4,
            "an acknowledgement after a failed fsync",
            WriteMutants::twoWriters,
            e -> e.insert(e.at(Event.Appended.class, 4, a -> true) + 1, new Event.DiskFailed())));
    all.add(
        new Mutant(
            Rule.D4,
            "a server that stays up after a failed fsync",
            s -> {
              Client a = s.open();
              s.send(a, create("/a", 0));
              s.pass(6_000);
              s.send(a, new Op.Ping());
            },
            e -> {
              int i = e.reply(1, 1);
              e.insert(i + 2, new Event.DiskFailed());
              e.time(i + 2, e.h.time(i));
            }));
  }

  static void protocol(List<Mutant> all) {
    all.add(
        new Mutant(
            Rule.P,
            "a read-only byte that was not asked for",
            SessionMutants::moving,
            e ->
                e.handshake(
                    0,
                    c ->
                        new Event.ConnectSent(
                            c.conn(),
                            c.client(),
                            c.address(),
                            0,
                            c.timeout(),
                            0,
                            c.password(),
                            false))));
    all.add(
        new Mutant(
            Rule.P,
            "a timeout outside of the bounds",
            SessionMutants::moving,
            e ->
                e.handshake(
                    0,
                    c ->
                        new Event.ConnectSent(
                            c.conn(), c.client(), c.address(), 0, 1, 0, c.password(), true))));
    all.add(
        new Mutant(
            Rule.P,
            "a forbidden operation that ends nothing",
            s -> s.send(s.open(), new Op.Forbidden(13, new byte[0])),
            e -> e.remove(e.at(Event.ServerClosed.class, 0, c -> true))));
    all.add(
        new Mutant(
            Rule.P,
            "a failed authentication that ends nothing",
            s -> s.send(s.open(), new Op.Auth("nosuch", new byte[0])),
            e -> e.remove(e.at(Event.ServerClosed.class, 0, c -> true))));
    all.add(
        new Mutant(
            Rule.L1,
            "a request that is never answered",
            WriteMutants::twoWriters,
            e -> e.drop(e.reply(1, -2))));
  }
}
