package io.quorate.simulation.check;

import static io.quorate.simulation.check.Script.container;
import static io.quorate.simulation.check.Script.create;
import static io.quorate.simulation.check.Script.delete;
import static io.quorate.simulation.check.Script.get;
import static io.quorate.simulation.check.Script.ttl;

import io.quorate.simulation.check.FakeServer.Client;
import io.quorate.simulation.history.Answer;
import io.quorate.simulation.history.Event;
import io.quorate.simulation.history.LogEntry;
import io.quorate.simulation.history.LoggedTxn;
import io.quorate.simulation.history.Op;
import java.util.List;
import java.util.function.Consumer;

/** Sessions and ephemerals. */
final class SessionMutants {
  private SessionMutants() {}

  private static void expiring(FakeServer s) {
    Client a = s.open();
    s.send(a, create("/e", 1));
    s.disconnect(a);
    s.pass(30_000);
  }

  private static void pinging(FakeServer s) {
    Client a = s.open();
    s.send(a, create("/p", 0));
    s.pass(8_000);
    s.send(a, new Op.Ping());
    s.pass(8_000);
    s.send(a, new Op.Ping());
  }

  static void moving(FakeServer s) {
    Client a = s.open();
    s.send(a, create("/m", 1));
    s.attach(a); // connection 2, the session moved
    s.send(a, get("/m"));
  }

  static void lateReply(FakeServer s) {
    Client a = s.open();
    s.send(a, create("/m", 1));
    s.send(a, new Op.Ping());
    s.attach(a);
    s.send(a, get("/m"));
  }

  /** The reply to the ping is written after the welcome to the connection that has the session. */
  static void replyLate(Edit e) {
    int i = e.reply(1, -2);
    Event r = e.h.events().get(i);
    e.drop(i);
    int close = e.at(Event.ServerClosed.class, 0, c -> c.conn() == 1);
    Event closed = e.h.events().get(close);
    e.remove(close);
    int moved = e.at(Event.ConnectReply.class, 1, x -> true);
    e.insert(moved + 1, r);
    e.insert(moved + 2, closed);
  }

  static void sessions(List<Mutant> all) {
    all.add(
        new Mutant(
            Rule.S1,
            "a session id given out twice",
            s -> {
              Client a = s.open();
              s.send(a, new Op.CloseSession());
              s.open();
            },
            e -> {
              int i = e.at(Event.ConnectReply.class, 1, r -> true);
              Event.ConnectReply r = (Event.ConnectReply) e.h.events().get(i);
              long first = FakeServer.FIRST_SESSION;
              e.h
                  .events()
                  .set(i, new Event.ConnectReply(r.conn(), r.timeout(), first, r.password(), true));
              LogEntry x = e.h.log().get(2);
              e.h
                  .log()
                  .set(2, new LogEntry(x.zxid(), first, 0, x.time(), x.type(), x.txn(), false, 0));
            }));
    all.add(
        new Mutant(
            Rule.S2,
            "a session that expires before its time",
            s -> {
              s.disconnect(s.open());
              s.pass(15_000);
            },
            e -> {
              for (int i = e.at(Event.Appended.class, 1, a -> true); i < e.h.times().size(); i++) {
                e.time(i, 5_000);
              }
            }));
    all.add(
        new Mutant(
            Rule.S2,
            "a session that expires before the time that a lost handshake gave it",
            s -> {
              Client c = s.open();
              s.disconnect(c);
              s.attachAndLose(c, 6_000);
              s.pass(15_000);
            },
            e -> {
              for (int i = e.at(Event.Appended.class, 1, a -> true); i < e.h.times().size(); i++) {
                e.time(i, 5_000);
              }
            }));
    all.add(
        new Mutant(
            Rule.S8,
            "a session that expires between pings",
            SessionMutants::pinging,
            e ->
                e.addRecord(
                    FakeServer.FIRST_SESSION, 0, -11, new LoggedTxn.CloseSession(List.of()))));
    all.add(
        new Mutant(
            Rule.S3,
            "a write after the session's end",
            s -> {
              Client a = s.open();
              Client b = s.open();
              s.send(a, create("/a", 0));
              s.send(a, new Op.CloseSession());
              s.send(b, get("/a"));
            },
            e -> {
              int i = e.at(Event.Sent.class, 0, x -> x.xid() == 2);
              e.insert(i + 1, new Event.Sent(1, 3, delete("/a")));
              e.addRecord(FakeServer.FIRST_SESSION, 3, 2, new LoggedTxn.Delete("/a"));
            }));
    all.add(
        new Mutant(
            Rule.S10,
            "a write before the session's beginning",
            s -> {
              Client a = s.open();
              s.send(a, create("/a", 0));
            },
            e -> e.h.log().remove(0)));
    all.add(
        new Mutant(
            Rule.S4,
            "an expired session that is resumed",
            s -> {
              expiring(s);
              Client b = s.open();
              s.send(b, get("/"));
            },
            e -> {
              byte[] password =
                  ((Event.ConnectReply)
                          e.h.events().get(e.at(Event.ConnectReply.class, 0, r -> true)))
                      .password();
              e.append(
                  new Event.ConnectSent(
                      9, 1, "10.0.0.1", 0, 10_000, FakeServer.FIRST_SESSION, password, true));
              e.append(new Event.ConnectReply(9, 10_000, FakeServer.FIRST_SESSION, password, true));
            }));
    all.add(
        new Mutant(
            Rule.S4,
            "a resumed session that gets another id",
            SessionMutants::moving,
            e -> {
              int i = e.at(Event.ConnectReply.class, 1, r -> true);
              Event.ConnectReply r = (Event.ConnectReply) e.h.events().get(i);
              e.h
                  .events()
                  .set(
                      i,
                      new Event.ConnectReply(
                          r.conn(), r.timeout(), r.session() + 5, r.password(), true));
            }));
    all.add(
        new Mutant(
            Rule.S4,
            "a live session that is refused",
            SessionMutants::moving,
            e -> {
              byte[] password =
                  ((Event.ConnectReply)
                          e.h.events().get(e.at(Event.ConnectReply.class, 0, r -> true)))
                      .password();
              e.append(
                  new Event.ConnectSent(
                      9, 1, "10.0.0.1", 0, 10_000, FakeServer.FIRST_SESSION, password, true));
              e.append(new Event.ConnectReply(9, 0, 0, new byte[16], true));
              e.append(new Event.ServerClosed(9));
            }));
    moreSessions(all);
  }

  private static void moreSessions(List<Mutant> all) {
    all.add(
        new Mutant(
            Rule.S5,
            "a wrong password that resumes",
            SessionMutants::moving,
            e ->
                e.handshake(
                    1,
                    c ->
                        new Event.ConnectSent(
                            c.conn(),
                            c.client(),
                            c.address(),
                            c.lastZxidSeen(),
                            c.timeout(),
                            c.session(),
                            new byte[16],
                            true))));
    all.add(
        new Mutant(
            Rule.S5,
            "a wrong password that cuts off the owner",
            WriteMutants::twoWriters,
            e -> {
              e.append(
                  new Event.ConnectSent(
                      9, 7, "10.0.0.2", 0, 10_000, FakeServer.FIRST_SESSION, new byte[16], true));
              e.append(new Event.ConnectReply(9, 0, 0, new byte[16], true));
              e.append(new Event.ServerClosed(9));
              e.append(new Event.ServerClosed(1));
            }));
    all.add(
        new Mutant(
            Rule.S5,
            "a request on the old connection served after the move",
            SessionMutants::lateReply,
            e -> {
              replyLate(e);
              int i = e.at(Event.Sent.class, 0, x -> x.conn() == 1 && x.xid() == -2);
              Event sent = e.h.events().get(i);
              e.remove(i);
              e.insert(e.at(Event.ConnectReply.class, 1, x -> true) + 1, sent);
            }));
    all.add(
        new Mutant(
            Rule.S6,
            "two replies swapped",
            s -> {
              Client a = s.open();
              s.send(a, create("/a", 0));
              s.send(a, get("/a"));
              s.send(a, new Op.Exists("/b", false));
            },
            e -> e.swap(e.reply(1, 2), e.reply(1, 3))));
    all.add(
        new Mutant(
            Rule.S6,
            "a reply with a foreign xid",
            WriteMutants::twoWriters,
            e -> {
              int i = e.reply(1, 2);
              Event.Reply r = e.replyAt(i);
              e.h.events().set(i, new Event.Reply(1, 12, r.zxid(), 0, r.answer()));
            }));
    all.add(
        new Mutant(
            Rule.S7,
            "a server that is behind the client and lets it in",
            SessionMutants::moving,
            e ->
                e.handshake(
                    1,
                    c ->
                        new Event.ConnectSent(
                            c.conn(),
                            c.client(),
                            c.address(),
                            99,
                            c.timeout(),
                            c.session(),
                            c.password(),
                            true))));
  }

  static void ephemerals(List<Mutant> all) {
    Consumer<FakeServer> closing =
        s -> {
          Client a = s.open();
          Client b = s.open();
          s.send(a, create("/e", 1)); // zxid 3
          s.send(a, create("/f", 1)); // zxid 4
          s.send(a, new Op.GetEphemerals(null)); // xid 3
          s.send(a, new Op.CloseSession()); // zxid 5
          s.send(b, new Op.Exists("/e", false)); // connection 2 xid 1
        };
    all.add(
        new Mutant(
            Rule.E1,
            "a list of ephemerals without one of them",
            closing,
            e -> e.answer(e.reply(1, 3), new Answer.Names(List.of("/e")))));
    all.add(
        new Mutant(
            Rule.E1,
            "an ephemeral whose session never was",
            s -> {
              Client a = s.open();
              s.send(a, create("/e", 1));
              s.send(a, get("/e"));
            },
            e -> e.h.log().remove(0)));
    all.add(
        new Mutant(
            Rule.E2,
            "a closing that leaves an ephemeral",
            closing,
            e -> e.logged(4, new LoggedTxn.CloseSession(List.of("/e")))));
    all.add(
        new Mutant(
            Rule.E2,
            "a closing that names a znode of another",
            closing,
            e -> e.logged(4, new LoggedTxn.CloseSession(List.of("/e", "/f", "/zookeeper")))));
    all.add(
        new Mutant(
            Rule.E3,
            "a child of an ephemeral",
            s -> {
              Client a = s.open();
              s.send(a, create("/e", 1));
              s.send(a, create("/e/c", 0));
            },
            e -> {
              LogEntry x = e.h.log().get(2);
              e.h
                  .log()
                  .set(
                      2,
                      new LogEntry(
                          3,
                          x.session(),
                          x.cxid(),
                          x.time(),
                          1,
                          new LoggedTxn.Create("/e/c", Script.bytes("x"), Script.OPEN, false, 1),
                          false,
                          0));
              int i = e.reply(1, 2);
              Event.Reply r = e.replyAt(i);
              e.h.events().set(i, new Event.Reply(1, 2, r.zxid(), 0, new Answer.Path("/e/c")));
            }));
    all.add(
        new Mutant(
            Rule.E5,
            "a dead client's session that lives on",
            SessionMutants::expiring,
            e -> {
              int i = e.at(Event.Appended.class, 2, a -> true);
              e.remove(i);
              e.remove(i);
              e.h.log().remove(2);
            }));
    all.add(
        new Mutant(
            Rule.E5,
            "a dead client's session that ends late",
            SessionMutants::expiring,
            e -> {
              for (int i = e.at(Event.Appended.class, 2, a -> true); i < e.h.times().size(); i++) {
                e.time(i, 99_000);
              }
            }));
    all.add(
        new Mutant(
            Rule.E6,
            "a container that goes although it has a child",
            s -> {
              Client a = s.open();
              s.send(a, container("/c"));
              s.send(a, create("/c/d", 0));
            },
            e -> e.addRecord(0, 0, 20, new LoggedTxn.Delete("/c"))));
    all.add(
        new Mutant(
            Rule.E6,
            "a TTL znode that goes before its time",
            s -> s.send(s.open(), ttl("/t", 60_000)),
            e -> e.addRecord(0, 0, 20, new LoggedTxn.Delete("/t"))));
    all.add(
        new Mutant(
            Rule.E6,
            "a never used container that goes",
            s -> s.send(s.open(), container("/c")),
            e -> e.addRecord(0, 0, 20, new LoggedTxn.Delete("/c"))));
  }
}
