package io.quorate.simulation.check;

import static io.quorate.simulation.check.Script.create;
import static io.quorate.simulation.check.Script.get;
import static io.quorate.simulation.check.Script.set;

import io.quorate.simulation.check.FakeServer.Client;
import io.quorate.simulation.history.Answer;
import io.quorate.simulation.history.Event;
import io.quorate.simulation.history.LogEntry;
import io.quorate.simulation.history.LoggedTxn;
import io.quorate.simulation.history.Op;
import java.util.List;

/** Writes, reads and their order. */
final class WriteMutants {
  private WriteMutants() {}

  static void twoWriters(FakeServer s) {
    Client a = s.open();
    Client b = s.open();
    s.send(a, create("/a", 0)); // connection 1 xid 1, zxid 3
    s.send(b, set("/a", "one")); // connection 2 xid 1, zxid 4
    s.send(a, set("/a", "two")); // connection 1 xid 2, zxid 5
    s.send(b, get("/a")); // connection 2 xid 2
    s.send(b, new Op.Sync("/a")); // connection 2 xid 3
    s.send(b, get("/a")); // connection 2 xid 4
  }

  static void writes(List<Mutant> all) {
    all.add(
        new Mutant(
            Rule.R1,
            "an error where the model succeeds",
            WriteMutants::twoWriters,
            e -> e.error(e.reply(1, 2), -103)));
    all.add(
        new Mutant(
            Rule.R1,
            "a success where the model refuses",
            s -> {
              Client a = s.open();
              s.send(a, new Op.SetData("/none", new byte[0], -1));
            },
            e -> {
              e.error(e.reply(1, 1), 0);
            }));
    all.add(
        new Mutant(
            Rule.R1,
            "the wrong one of two errors",
            s -> s.send(s.open(), new Op.Delete("/none", 3)),
            e -> e.error(e.reply(1, 1), -103)));
    all.add(
        new Mutant(
            Rule.R1,
            "a write that takes effect before it was sent",
            WriteMutants::twoWriters,
            e -> {
              int sent = e.at(Event.Sent.class, 0, x -> x.conn() == 2 && x.xid() == 1);
              Event ev = e.h.events().get(sent);
              e.remove(sent);
              int later = e.reply(1, 2);
              e.insert(later + 2, ev);
              int reply = e.at(Event.Reply.class, 0, r -> r.conn() == 2 && r.xid() == 1);
              Event r = e.h.events().get(reply);
              e.drop(reply);
              int again = e.at(Event.Sent.class, 0, x -> x.conn() == 2 && x.xid() == 1);
              e.insert(again + 1, r);
            }));
    all.add(
        new Mutant(
            Rule.R1,
            "data in the log that nobody wrote",
            WriteMutants::twoWriters,
            e -> e.logged(4, new LoggedTxn.SetData("/a", Script.bytes("three"), 2))));
    all.add(
        new Mutant(
            Rule.R4,
            "one request logged twice",
            WriteMutants::twoWriters,
            e ->
                e.addRecord(
                    FakeServer.FIRST_SESSION,
                    2,
                    5,
                    new LoggedTxn.SetData("/a", Script.bytes("two"), 3))));
    all.add(
        new Mutant(
            Rule.Z6,
            "a transaction that nobody asked for",
            WriteMutants::twoWriters,
            e -> e.addRecord(FakeServer.FIRST_SESSION, 77, 2, new LoggedTxn.Delete("/a"))));
    all.add(
        new Mutant(
            Rule.Z6,
            "a read that became a transaction",
            WriteMutants::twoWriters,
            e -> e.addRecord(FakeServer.FIRST_SESSION + 1, 4, -1, new LoggedTxn.Failure(-101))));
    all.add(
        new Mutant(
            Rule.Z12, "a hole in the log", WriteMutants::twoWriters, e -> e.h.log().remove(2)));
    all.add(
        new Mutant(
            Rule.Z12,
            "two records out of order",
            WriteMutants::twoWriters,
            e -> {
              LogEntry x = e.h.log().get(3);
              e.h.log().set(3, e.h.log().get(4));
              e.h.log().set(4, x);
            }));
  }

  static void reads(List<Mutant> all) {
    all.add(
        new Mutant(
            Rule.R2,
            "old data under a new zxid",
            WriteMutants::twoWriters,
            e -> {
              int i = e.reply(2, 2);
              Answer.Data d = (Answer.Data) e.replyAt(i).answer();
              e.answer(i, new Answer.Data(Script.bytes("one"), d.stat()));
            }));
    all.add(
        new Mutant(
            Rule.R2,
            "an error where the model has data",
            WriteMutants::twoWriters,
            e -> e.error(e.reply(2, 2), -101)));
    all.add(
        new Mutant(
            Rule.R2,
            "zxids that go back",
            WriteMutants::twoWriters,
            e -> {
              int i = e.reply(2, 4);
              e.answer(i, e.replyAt(e.reply(2, 2)).answer());
              e.zxid(i, 4);
            }));
    all.add(
        new Mutant(
            Rule.R2,
            "a read that misses the session's own write",
            s -> {
              Client a = s.open();
              s.send(a, create("/a", 0));
              s.send(a, get("/a"));
            },
            e -> {
              int i = e.reply(1, 2);
              e.error(i, -101);
              e.zxid(i, 1);
            }));
    all.add(
        new Mutant(
            Rule.R2,
            "a child that is missing from the list",
            s -> {
              Client a = s.open();
              s.send(a, create("/a", 0));
              s.send(a, new Op.GetChildren(8, "/", false));
            },
            e -> e.answer(e.reply(1, 2), new Answer.Names(List.of("zookeeper")))));
    all.add(
        new Mutant(
            Rule.R3,
            "a sync that answers from the past",
            WriteMutants::twoWriters,
            e -> e.zxid(e.reply(2, 3), 4)));
  }
}
