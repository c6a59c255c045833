package io.quorate.simulation.check;

import static io.quorate.simulation.check.Script.auth;
import static io.quorate.simulation.check.Script.create;
import static io.quorate.simulation.check.Script.create2;
import static io.quorate.simulation.check.Script.delete;
import static io.quorate.simulation.check.Script.get;
import static io.quorate.simulation.check.Script.multi;
import static io.quorate.simulation.check.Script.set;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quorate.simulation.check.FakeServer.Client;
import io.quorate.simulation.history.Answer;
import io.quorate.simulation.history.Event;
import io.quorate.simulation.history.LoggedTxn;
import io.quorate.simulation.history.Op;
import io.quorate.simulation.history.StatData;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Znodes, digests, quotas. */
final class TreeMutants {
  private TreeMutants() {}

  private static StatData with(StatData s, long czxid, int version, int cversion, long pzxid) {
    return new StatData(
        czxid,
        s.mzxid(),
        s.ctime(),
        s.mtime(),
        version,
        cversion,
        s.aversion(),
        s.ephemeralOwner(),
        s.dataLength(),
        s.numChildren(),
        pzxid);
  }

  static void tree(List<Mutant> all) {
    Consumer<FakeServer> stats =
        s -> {
          Client a = s.open();
          s.send(a, create2("/t", 0)); // xid 1
          s.send(a, create2("/t/c-", 2)); // xid 2
          s.send(a, create2("/t/c-", 2)); // xid 3
          s.send(a, delete("/t/c-0000000000")); // xid 4
          s.send(a, create2("/t/c-", 2)); // xid 5
          s.send(a, new Op.Exists("/t", false)); // xid 6
          s.send(a, new Op.GetAcl("/t")); // xid 7
        };
    all.add(
        new Mutant(
            Rule.T1,
            "a cversion that counts creates only",
            stats,
            e -> {
              int i = e.reply(1, 6);
              StatData st = ((Answer.OfStat) e.replyAt(i).answer()).stat();
              e.answer(i, new Answer.OfStat(with(st, st.czxid(), 0, 3, st.pzxid())));
            }));
    all.add(
        new Mutant(
            Rule.T1,
            "a pzxid that stays behind",
            stats,
            e -> {
              int i = e.reply(1, 6);
              StatData st = ((Answer.OfStat) e.replyAt(i).answer()).stat();
              e.answer(i, new Answer.OfStat(with(st, st.czxid(), 0, st.cversion(), 4)));
            }));
    all.add(
        new Mutant(
            Rule.T1,
            "a parent's cversion in the log that is off by one",
            stats,
            e ->
                e.logged(
                    3,
                    new LoggedTxn.Create(
                        "/t/c-0000000001", Script.bytes("x"), Script.OPEN, false, 3))));
    all.add(
        new Mutant(Rule.T2, "a digest that is not that of the tree", stats, e -> e.digest(4, 1)));
    all.add(
        new Mutant(
            Rule.T6,
            "a sequence number used again",
            stats,
            e -> {
              int i = e.reply(1, 5);
              Answer.PathStat a = (Answer.PathStat) e.replyAt(i).answer();
              e.answer(i, new Answer.PathStat("/t/c-0000000000", a.stat()));
            }));
    all.add(
        new Mutant(
            Rule.T5,
            "an ACL that nobody set",
            stats,
            e -> {
              int i = e.reply(1, 7);
              Answer.AclStat a = (Answer.AclStat) e.replyAt(i).answer();
              e.answer(
                  i,
                  new Answer.AclStat(
                      List.of(new io.quorate.simulation.history.AclEntry(1, "world", "anyone")),
                      a.stat()));
            }));
    all.add(
        new Mutant(
            Rule.T5,
            "an unresolved auth in the log",
            s -> {
              Client a = s.open();
              s.send(a, auth("u:p"));
              s.send(
                  a,
                  new Op.Create(
                      1,
                      "/x",
                      null,
                      List.of(new io.quorate.simulation.history.AclEntry(31, "auth", "")),
                      0,
                      0));
            },
            e ->
                e.logged(
                    1,
                    new LoggedTxn.Create(
                        "/x",
                        null,
                        List.of(new io.quorate.simulation.history.AclEntry(31, "auth", "")),
                        false,
                        1))));
    Consumer<FakeServer> multis =
        s -> {
          Client a = s.open();
          s.send(a, multi(create("/m", 0), set("/m", "1"), delete("/none")));
          s.send(a, new Op.Exists("/m", false));
          s.send(a, multi(create("/m", 0), set("/m", "1")));
        };
    all.add(
        new Mutant(
            Rule.T4,
            "a failed multi that says it worked",
            multis,
            e -> {
              int i = e.reply(1, 1);
              List<Answer.Result> r =
                  new ArrayList<>(((Answer.Results) e.replyAt(i).answer()).results());
              r.set(0, new Answer.Result(1, 0, new Answer.Path("/m")));
              e.answer(i, new Answer.Results(r));
            }));
    all.add(
        new Mutant(
            Rule.T4,
            "a multi of which half is logged",
            multis,
            e -> {
              LoggedTxn.Multi m = (LoggedTxn.Multi) e.h.log().get(2).txn();
              e.logged(2, new LoggedTxn.Multi(m.parts().subList(0, 1)));
            }));
    all.add(
        new Mutant(
            Rule.R2,
            "the half of a failed multi that shows",
            multis,
            e -> {
              int i = e.reply(1, 2);
              Event.Reply r = e.replyAt(i);
              e.h
                  .events()
                  .set(
                      i,
                      new Event.Reply(
                          1,
                          2,
                          r.zxid(),
                          0,
                          new Answer.OfStat(new StatData(2, 2, 1000, 1000, 0, 0, 0, 0, 1, 0, 2))));
            }));
    all.add(
        new Mutant(
            Rule.T7,
            "quota statistics that were not counted",
            s -> {
              Client a = s.open();
              s.send(a, create("/q", 0));
              s.send(a, create("/zookeeper/quota/q", 0));
              s.send(a, create("/zookeeper/quota/q/zookeeper_limits", 0));
              s.send(a, create("/zookeeper/quota/q/zookeeper_stats", 0));
              s.send(a, create("/q/r", 0));
              s.send(a, get("/zookeeper/quota/q/zookeeper_stats"));
            },
            e -> {
              int i = e.reply(1, 6);
              Answer.Data d = (Answer.Data) e.replyAt(i).answer();
              assertEquals(
                  "count=2,bytes=2", new String(d.data(), java.nio.charset.StandardCharsets.UTF_8));
              e.answer(i, new Answer.Data(Script.bytes("count=1,bytes=1"), d.stat()));
            }));
  }
}
