package io.quorate.simulation.check;

import static io.quorate.simulation.check.Script.auth;
import static io.quorate.simulation.check.Script.container;
import static io.quorate.simulation.check.Script.create;
import static io.quorate.simulation.check.Script.delete;
import static io.quorate.simulation.check.Script.existsWatch;
import static io.quorate.simulation.check.Script.get;
import static io.quorate.simulation.check.Script.getWatch;
import static io.quorate.simulation.check.Script.multi;
import static io.quorate.simulation.check.Script.secret;
import static io.quorate.simulation.check.Script.set;
import static io.quorate.simulation.check.Script.setWatches;
import static io.quorate.simulation.check.Script.ttl;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.quorate.simulation.check.FakeServer.Client;
import io.quorate.simulation.history.AclEntry;
import io.quorate.simulation.history.Answer;
import io.quorate.simulation.history.Event;
import io.quorate.simulation.history.History;
import io.quorate.simulation.history.IdEntry;
import io.quorate.simulation.history.LogEntry;
import io.quorate.simulation.history.LoggedTxn;
import io.quorate.simulation.history.Op;
import io.quorate.simulation.model.Access;
import io.quorate.simulation.model.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Histories that look odd and are right: the checker has to accept them. */
class CheckerAcceptTest {
  /** A history, and what is changed in it afterwards. */
  private record Odd(String what, Consumer<FakeServer> script, Consumer<History> change) {
    Odd(String what, Consumer<FakeServer> script) {
      this(what, script, h -> {});
    }
  }

  @TestFactory
  List<DynamicTest> accepts() {
    List<Odd> all = new ArrayList<>();
    unknownOutcomes(all);
    batches(all);
    watches(all);
    sessions(all);
    others(all);
    assertTrue(all.size() >= 20);
    return all.stream().map(o -> dynamicTest(o.what(), () -> accept(o))).toList();
  }

  private static void accept(Odd o) {
    FakeServer server = new FakeServer(Settings.DEFAULT);
    o.script().accept(server);
    History h = server.end();
    o.change().accept(h);
    assertEquals(List.of(), new Checker(server.settings).check(h));
  }

  private static int index(History h, Event e) {
    return h.events().indexOf(e);
  }

  private static <E extends Event> int nth(History h, Class<E> type, int n) {
    for (int i = 0; i < h.events().size(); i++) {
      if (type.isInstance(h.events().get(i)) && n-- == 0) {
        return i;
      }
    }
    throw new AssertionError("no such event");
  }

  private static void move(History h, int from, int to) {
    Event e = h.events().remove(from);
    h.events().add(to > from ? to - 1 : to, e);
  }

  private static void insert(History h, int at, Event e) {
    h.events().add(at, e);
    h.times().add(at, h.times().get(at));
  }

  private static void unknownOutcomes(List<Odd> all) {
    all.add(
        new Odd(
            "a write that took effect and was never answered",
            s -> {
              Client a = s.open();
              s.sendAndLose(a, create("/a", 0));
              s.attach(a);
              s.send(a, get("/a"));
            }));
    all.add(
        new Odd(
            "a write that was lost with its connection",
            s -> {
              Client a = s.open();
              s.add(new Event.Sent(a.conn, 50, create("/a", 0)));
              s.disconnect(a);
              s.attach(a);
              s.send(a, get("/a"));
            }));
    all.add(
        new Odd(
            "a write that was lost in a crash",
            s -> {
              Client a = s.open();
              s.add(new Event.Sent(a.conn, 50, create("/a", 0)));
              s.add(new Event.Arrived(a.conn));
              s.add(new Event.Appended(s.zxid() + 1));
              s.restart();
              s.attach(a);
              s.send(a, get("/a"));
            }));
    all.add(
        new Odd(
            "a reply that was sent and never received",
            s -> {
              Client a = s.open();
              s.send(a, create("/a", 0));
              s.disconnect(a);
            },
            h -> {
              int last = nth(h, Event.Received.class, 1);
              h.events().remove(last);
              h.times().remove(last);
            }));
  }

  private static void batches(List<Odd> all) {
    all.add(
        new Odd(
            "a write answered at the end of its batch",
            s -> {
              Client a = s.open();
              Client b = s.open();
              s.send(a, create("/a", 0));
              s.send(b, create("/b", 0));
            },
            h -> {
              int reply = nth(h, Event.Reply.class, 0);
              Event.Reply r = (Event.Reply) h.events().get(reply);
              int later = nth(h, Event.Durable.class, 3);
              move(h, reply + 1, later + 1);
              move(h, reply, later);
              h.events().set(index(h, r), new Event.Reply(1, 1, r.zxid() + 1, 0, r.answer()));
            }));
    all.add(
        new Odd(
            "an event of a later transaction before the reply of an earlier one",
            s -> {
              Client a = s.open();
              Client b = s.open();
              s.send(a, existsWatch("/b"));
              s.send(a, create("/a", 0));
              s.send(b, create("/b", 0));
            },
            h -> {
              Event.Reply r = (Event.Reply) h.events().get(nth(h, Event.Reply.class, 1));
              int at = index(h, r);
              int notice = nth(h, Event.Notice.class, 0);
              move(h, at + 1, notice + 1);
              move(h, at, notice);
            }));
    all.add(
        new Odd(
            "a read of an older state while a write is under way",
            s -> {
              Client a = s.open();
              Client b = s.open();
              s.send(a, create("/a", 0));
              s.send(b, set("/a", "1"));
              s.send(a, get("/none"));
            },
            h -> {
              Event.Sent sent = new Event.Sent(1, 2, get("/none"));
              int at = h.events().indexOf(sent);
              move(
                  h,
                  at,
                  h.events()
                          .indexOf(
                              new Event.Sent(
                                  2,
                                  1,
                                  h.events().stream()
                                      .filter(
                                          e ->
                                              e instanceof Event.Sent x
                                                  && x.conn() == 2
                                                  && x.xid() == 1)
                                      .map(e -> ((Event.Sent) e).op())
                                      .findFirst()
                                      .orElseThrow()))
                      + 1);
              for (int i = 0; i < h.events().size(); i++) {
                if (h.events().get(i) instanceof Event.Reply r && r.conn() == 1 && r.xid() == 2) {
                  h.events().set(i, new Event.Reply(1, 2, 3, r.err(), r.answer()));
                }
              }
            }));
    all.add(
        new Odd(
            "failed writes and empty multis that take zxids",
            s -> {
              Client a = s.open();
              s.send(a, delete("/none"));
              s.send(a, multi());
              s.send(a, multi(create("/m", 0), delete("/none"), create("/n", 0)));
              s.send(a, multi(ttl("/t", 500), container("/c")));
            }));
  }

  private static void watches(List<Odd> all) {
    all.add(new Odd("an auth under way when an event is due, told", s -> authUnderWay(s, true)));
    all.add(
        new Odd("an auth under way when an event is due, not told", s -> authUnderWay(s, false)));
    all.add(
        new Odd(
            "one event for a one-shot, a persistent and a recursive watch",
            s -> {
              Client a = s.open();
              s.send(a, existsWatch("/a"));
              s.send(a, new Op.AddWatch("/a", 0));
              s.send(a, new Op.AddWatch("/a", 1));
              s.send(a, create("/a", 0));
              s.send(a, delete("/a"));
            }));
    all.add(
        new Odd(
            "a znode that came and went while the client was away",
            s -> {
              Client a = s.open();
              Client b = s.open();
              s.disconnect(b);
              s.send(a, create("/x", 0));
              s.send(a, delete("/x"));
              s.attach(b);
              s.send(b, setWatches(0, List.of(), List.of("/x"), List.of()));
              s.send(a, create("/x", 0));
            }));
    all.add(
        new Odd(
            "a persistent watch that is told nothing of what it missed",
            s -> {
              Client a = s.open();
              Client b = s.open();
              s.disconnect(b);
              s.send(a, create("/x", 0));
              s.attach(b);
              s.send(
                  b,
                  new Op.SetWatches(
                      105, 0, List.of(), List.of(), List.of(), List.of("/x"), List.of("/")));
              s.send(a, set("/x", "1"));
            }));
    all.add(
        new Odd(
            "a watch on a znode that a silent reader may not see",
            s -> {
              Client a = s.open();
              Client b = s.open();
              s.send(b, existsWatch("/s"));
              s.send(a, secret("/s", "u:p"));
              s.send(b, new Op.CheckWatches("/s", 2));
              s.send(b, getWatch("/s"));
              s.send(b, auth("u:p"));
              s.send(b, getWatch("/s"));
              s.send(a, auth("u:p"));
              s.send(a, set("/s", "1"));
            }));
    all.add(
        new Odd(
            "events of a session's own ephemerals before the reply to its closing",
            s -> {
              Client a = s.open();
              s.send(a, create("/e", 1));
              s.send(a, existsWatch("/e"));
              s.send(a, new Op.CloseSession());
            }));
  }

  private static void authUnderWay(FakeServer s, boolean told) {
    Client a = s.open();
    Client b = s.open();
    s.send(b, existsWatch("/s"));
    s.add(new Event.Sent(b.conn, -4, auth("u:p")));
    s.add(new Event.Arrived(b.conn));
    s.send(a, secret("/s", "u:p"));
    if (told) {
      s.add(new Event.Notice(b.conn, s.zxid(), 1, 3, "/s"));
      b.frames++;
    }
    s.add(new Event.Reply(b.conn, -4, 0, 0, Answer.None.INSTANCE));
    b.frames++;
    b.ids.add(new IdEntry("digest", Access.digestId("u:p")));
    s.send(b, get("/s"));
  }

  private static void sessions(List<Odd> all) {
    all.add(
        new Odd(
            "a reply on the old connection, decided before the session moved and written after",
            SessionMutants::lateReply,
            h -> SessionMutants.replyLate(new Edit(h))));
    all.add(
        new Odd(
            "a session that expires a tick late",
            s -> {
              Client a = s.open();
              s.disconnect(a);
              s.pass(30_000);
            },
            h -> {
              for (int i = nth(h, Event.Appended.class, 1); i < h.times().size(); i++) {
                h.times().set(i, h.time(i) + 2000);
              }
            }));
    all.add(
        new Odd(
            "a session that a lost handshake gave a shorter timeout",
            s -> {
              Client a = s.open();
              s.disconnect(a);
              s.attachAndLose(a, 4_000);
              s.pass(30_000);
            }));
    all.add(
        new Odd(
            "a session that a lost handshake gave more time",
            s -> {
              Client a = s.open();
              s.disconnect(a);
              s.pass(8_000);
              s.attachAndLose(a, 39_000);
              s.pass(60_000);
            }));
    all.add(
        new Odd(
            "a session that lives on because the server was restarted",
            s -> {
              Client a = s.open();
              s.disconnect(a);
              s.pass(8_000);
              s.restart();
              s.pass(8_000);
              s.attach(a);
            }));
    all.add(
        new Odd(
            "a refusal of a session whose closing was then lost",
            s -> {
              Client a = s.open();
              s.disconnect(a);
              s.add(
                  new Event.ConnectSent(
                      40, a.handle, "10.0.0.1", 0, 10_000, a.session, a.password, true));
              s.add(new Event.ConnectReply(40, 0, 0, new byte[16], true));
              s.add(new Event.ServerClosed(40));
              s.restart();
              s.attach(a);
            }));
    all.add(
        new Odd(
            "a client that has seen more than the server and is turned away",
            s -> {
              Client a = s.open();
              s.add(new Event.ConnectSent(40, 9, "10.0.0.1", 999, 10_000, 0, new byte[16], true));
              s.add(new Event.ServerClosed(40));
              s.send(a, new Op.Ping());
            }));
    all.add(
        new Odd(
            "a write refused because the session was closing, logged after its end",
            s -> {
              Client a = s.open();
              Client b = s.open();
              s.send(a, new Op.CloseSession());
              s.send(b, new Op.Ping());
            },
            h -> {
              int sent = nth(h, Event.Sent.class, 0);
              insert(h, sent + 1, new Event.Sent(1, 2, create("/late", 0)));
              int durable = nth(h, Event.Durable.class, 2);
              insert(h, durable + 1, new Event.Appended(4));
              insert(h, durable + 2, new Event.Durable(4));
              h.log()
                  .add(
                      new LogEntry(
                          4,
                          FakeServer.FIRST_SESSION,
                          2,
                          1000,
                          -1,
                          new LoggedTxn.Failure(-112),
                          false,
                          0));
            }));
  }

  private static void others(List<Odd> all) {
    all.add(
        new Odd(
            "recovery of more than was durable",
            s -> {
              Client a = s.open();
              s.send(a, create("/a", 0));
              s.restart();
              s.attach(a);
              s.send(a, get("/a"));
            },
            h -> {
              Event.Reply r = (Event.Reply) h.events().get(nth(h, Event.Reply.class, 0));
              int at = index(h, r);
              h.events().remove(at + 1);
              h.times().remove(at + 1);
              h.events().remove(at);
              h.times().remove(at);
              move(h, nth(h, Event.Durable.class, 1), nth(h, Event.Boot.class, 1) + 1);
            }));
    all.add(
        new Odd(
            "a new epoch after a restart",
            s -> {
              Client a = s.open();
              s.send(a, create("/a", 0));
              s.restart();
            },
            h -> {
              long next = (1L << 32) + 1;
              int quiet = h.events().size() - 1;
              insert(h, quiet, new Event.Appended(next));
              insert(h, quiet + 1, new Event.Durable(next));
              h.log()
                  .add(new LogEntry(next, 0, 0, 2000, -1, new LoggedTxn.Failure(-101), false, 0));
            }));
    all.add(
        new Odd(
            "lists in another order",
            s -> {
              Client a = s.open();
              s.send(a, create("/a", 0));
              s.send(a, new Op.GetChildren(8, "/", false));
            },
            h -> {
              int i = nth(h, Event.Reply.class, 1);
              Event.Reply r = (Event.Reply) h.events().get(i);
              Answer turned = new Answer.Names(((Answer.Names) r.answer()).names().reversed());
              h.events().set(i, new Event.Reply(r.conn(), r.xid(), r.zxid(), 0, turned));
            }));
    all.add(
        new Odd(
            "auth expanded in another order",
            s -> {
              Client a = s.open();
              s.send(a, auth("u:p"));
              s.send(a, auth("v:p"));
              s.send(a, new Op.Create(1, "/x", null, List.of(new AclEntry(31, "auth", "")), 0, 0));
            },
            h -> {
              LogEntry e = h.log().get(1);
              LoggedTxn.Create c = (LoggedTxn.Create) e.txn();
              LoggedTxn turned =
                  new LoggedTxn.Create(
                      c.path(), c.data(), c.acl().reversed(), false, c.parentCversion());
              h.log()
                  .set(
                      1,
                      new LogEntry(
                          2, e.session(), e.cxid(), e.time(), 1, turned, true, e.digest()));
            }));
    all.add(
        new Odd(
            "a forbidden operation that ends the connection without a reply",
            s -> {
              Client a = s.open();
              s.add(new Event.Sent(a.conn, 9, new Op.Forbidden(20, new byte[0])));
              s.add(new Event.ServerClosed(a.conn));
              a.open = false;
            }));
    all.add(
        new Odd(
            "a malformed write that took no zxid",
            s -> {
              Client a = s.open();
              s.add(new Event.Sent(a.conn, 9, new Op.Malformed(1, new byte[2])));
              s.add(new Event.Reply(a.conn, 9, s.zxid(), -5, Answer.None.INSTANCE));
            }));
    all.add(
        new Odd(
            "an acknowledgement, after the disk failed, of what was durable before",
            s -> {
              Client a = s.open();
              s.send(a, create("/a", 0));
              s.restart();
            },
            h -> insert(h, nth(h, Event.Reply.class, 0), new Event.DiskFailed())));
  }
}
