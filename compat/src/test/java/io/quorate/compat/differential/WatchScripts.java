package io.quorate.compat.differential;

import static io.quorate.compat.differential.ScriptBuilder.text;

import io.quorate.compat.wire.AclEntry;
import io.quorate.compat.wire.Bodies;
import io.quorate.compat.wire.Op;
import java.util.ArrayList;
import java.util.List;

/** Every kind of watch against every trigger, removal and reconnect. */
final class WatchScripts {
  /** Ways to set a watch on a path. */
  private enum Kind {
    EXISTS,
    GET_DATA,
    GET_CHILDREN,
    GET_CHILDREN2,
    PERSISTENT,
    RECURSIVE;

    void set(ScriptBuilder b, int client, String path) {
      switch (this) {
        case EXISTS -> b.read(client, Op.EXISTS, path, true);
        case GET_DATA -> b.read(client, Op.GET_DATA, path, true);
        case GET_CHILDREN -> b.read(client, Op.GET_CHILDREN, path, true);
        case GET_CHILDREN2 -> b.read(client, Op.GET_CHILDREN2, path, true);
        case PERSISTENT -> b.addWatch(client, path, 0);
        case RECURSIVE -> b.addWatch(client, path, 1);
      }
    }
  }

  private WatchScripts() {}

  static List<Script> all() {
    List<Script> all = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      all.add(triggers(kind));
      all.add(removal(kind));
    }
    all.add(combined());
    all.add(filtered());
    all.add(catchUp());
    all.add(order());
    return all;
  }

  /** One watch, on a znode that is there or not, and everything that can happen near it. */
  private static Script triggers(Kind kind) {
    String root = "/w" + kind.ordinal();
    ScriptBuilder b = new ScriptBuilder("triggers of " + kind, 3).create(0, root);
    List<Runnable> triggers =
        List.of(
            () -> b.create(0, root + "/n"),
            () -> b.setData(0, root + "/n", text("d"), -1),
            () -> b.setAcl(0, root + "/n", AclEntry.OPEN, -1),
            () -> b.create(0, root + "/n/k"),
            () -> b.create(0, root + "/n/k/g"),
            () -> b.setData(0, root + "/n/k", text("d"), -1),
            () -> b.delete(0, root + "/n/k/g", -1),
            () -> b.delete(0, root + "/n/k", -1),
            () -> b.create(2, root + "/n/e", 1, AclEntry.OPEN),
            () -> b.close(2).connect(2, Handshake.fresh()),
            () ->
                b.multi(
                    0,
                    Op.SET_DATA,
                    Bodies.setData(root + "/n", text("m"), -1),
                    Op.CREATE,
                    Bodies.create(root + "/n/m", null, AclEntry.OPEN, 0),
                    Op.DELETE,
                    Bodies.pathVersion(root + "/n/m", -1),
                    Op.DELETE,
                    Bodies.pathVersion(root + "/n", -1),
                    Op.CREATE,
                    Bodies.create(root + "/n", null, AclEntry.OPEN, 0)),
            () -> b.setData(0, root + "/n", text("x"), 99),
            () -> b.delete(0, root + "/n", -1),
            () -> b.create(1, root + "/n", 1, AclEntry.OPEN),
            () -> b.setData(1, root + "/n", text("own"), -1));
    for (Runnable trigger : triggers) {
      kind.set(b, 1, root + "/n");
      kind.set(b, 1, root);
      trigger.run();
    }
    return b.close(1).read(0, Op.GET_CHILDREN2, root, false).script();
  }

  /** Which removals and checks find which watch. */
  private static Script removal(Kind kind) {
    String root = "/r" + kind.ordinal();
    ScriptBuilder b =
        new ScriptBuilder("removal of " + kind, 2).create(0, root).create(0, root + "/n");
    for (int type = 0; type <= 6; type++) {
      kind.set(b, 1, root + "/n");
      b.checkWatches(1, root + "/n", type).checkWatches(0, root + "/n", type);
      b.removeWatches(1, root + "/n", type).removeWatches(1, root + "/n", type);
      b.setData(0, root + "/n", text("t"), -1)
          .create(0, root + "/n/k")
          .delete(0, root + "/n/k", -1);
      b.checkWatches(1, root + "/n", 3).removeWatches(1, root + "/n", 3);
    }
    return b.script();
  }

  /** Several modes on one path give one event; removal of one leaves the others. */
  private static Script combined() {
    ScriptBuilder b = new ScriptBuilder("combined modes", 2).create(0, "/comb");
    for (int type = 1; type <= 5; type++) {
      for (Kind kind : Kind.values()) {
        kind.set(b, 1, "/comb");
      }
      b.removeWatches(1, "/comb", type).setData(0, "/comb", text("d"), -1);
      b.create(0, "/comb/k").setData(0, "/comb/k", text("d"), -1).delete(0, "/comb/k", -1);
      b.checkWatches(1, "/comb", 1).checkWatches(1, "/comb", 2).checkWatches(1, "/comb", 3);
      b.checkWatches(1, "/comb", 4).checkWatches(1, "/comb", 5);
    }
    return b.read(1, Op.GET_CHILDREN, "/comb", true)
        .read(1, Op.GET_DATA, "/comb", true)
        .delete(0, "/comb", -1)
        .script();
  }

  /** Events are for those who may read. */
  private static Script filtered() {
    ScriptBuilder b = new ScriptBuilder("filtered events", 3).create(0, "/fil");
    List<AclEntry> u1 = List.of(new AclEntry(31, "digest", Vocabulary.U1));
    b.auth(0, "digest", "u1:p1").auth(2, "digest", "u1:p1");
    for (int client = 1; client <= 2; client++) {
      b.addWatch(client, "/fil", 1).addWatch(client, "/fil", 0).addWatch(client, "/fil/s", 0);
      b.read(client, Op.EXISTS, "/fil/s", true).read(client, Op.GET_CHILDREN, "/fil", true);
    }
    b.create(0, "/fil/s", 0, u1).setData(0, "/fil/s", text("secret"), -1).create(0, "/fil/s/k");
    b.read(1, Op.EXISTS, "/fil/s", true).read(1, Op.GET_DATA, "/fil/s", true);
    b.setAcl(0, "/fil", u1, -1).create(0, "/fil/t").delete(0, "/fil/s/k", -1);
    b.delete(0, "/fil/s", -1).delete(0, "/fil/t", -1);
    b.setAcl(0, "/fil", AclEntry.OPEN, -1).create(0, "/fil/u");
    // The identity counts at the time of the event, not when the watch was set.
    b.addWatch(1, "/fil/late", 0).auth(1, "digest", "u1:p1").create(0, "/fil/late", 0, u1);
    return b.script();
  }

  /** setWatches: what the table of WAT-9 says, for znodes that changed, went, came or stayed. */
  private static Script catchUp() {
    ScriptBuilder b = new ScriptBuilder("catch-up", 2).create(0, "/cu");
    List<String> names =
        List.of("/cu/stay", "/cu/data", "/cu/kids", "/cu/gone", "/cu/new", "/cu/re");
    for (String n : List.of("/cu/stay", "/cu/data", "/cu/kids", "/cu/gone", "/cu/re")) {
      b.create(0, n);
    }
    b.ping(1).drop(1);
    b.setData(0, "/cu/data", text("d"), -1).create(0, "/cu/kids/k").delete(0, "/cu/gone", -1);
    b.create(0, "/cu/new").delete(0, "/cu/re", -1).create(0, "/cu/re");
    b.connect(1, Handshake.again(1));
    // The ping of the hand-over showed the client everything: 9 zxids back is before the changes.
    for (int back : new int[] {6, 3, 0, 1_000_000}) {
      b.setWatches(1, back, List.of(names, List.of(), List.of()));
      b.setWatches(1, back, List.of(List.of(), names, List.of()));
      b.setWatches(1, back, List.of(List.of(), List.of(), names));
      b.setWatches(1, back, List.of(names, names, names, names, names));
      b.setWatches(1, back, List.of(List.of(), List.of(), List.of(), List.of(), List.of("/cu")));
      for (String n : names) {
        b.setData(0, n, text("after"), -1).create(0, n + "/more" + back);
      }
      b.drop(1).connect(1, Handshake.again(1));
    }
    b.send(
        1,
        Request.of(
            Op.XID_SET_WATCHES,
            Op.SET_WATCHES,
            "null lists",
            new io.quorate.compat.wire.JuteOut().int64(0).int32(-1).int32(-1).int32(-1).toBytes()));
    return b.setWatches(1, 0, List.of(List.of(""), List.of("/"), List.of("bad//path"))).script();
  }

  /** The event stands before the reply that shows the change, also in one write. */
  private static Script order() {
    ScriptBuilder b = new ScriptBuilder("order", 2).create(0, "/ord");
    b.together(
        0,
        () -> {
          b.read(0, Op.GET_DATA, "/ord", true).setData(0, "/ord", text("1"), -1);
          b.read(0, Op.GET_DATA, "/ord", true).read(0, Op.GET_CHILDREN, "/ord", true);
          b.create(0, "/ord/a").setData(0, "/ord", text("2"), -1).delete(0, "/ord/a", -1);
          b.read(0, Op.EXISTS, "/ord/b", true).addWatch(0, "/ord", 1).create(0, "/ord/b");
          b.setData(0, "/ord/b", null, 7).setData(0, "/ord/b", null, 0).delete(0, "/ord/b", 1);
        });
    return b.script();
  }
}
