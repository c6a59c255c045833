package io.quorate.compat.differential;

import io.quorate.compat.wire.AclEntry;
import io.quorate.compat.wire.Op;
import java.util.List;

/** Scripts in which the servers act by themselves; ticks and sweeps are short there. */
final class TimedScripts {
  private static final long PATIENCE_MS = 20_000;

  private TimedScripts() {}

  static List<Script> all() {
    return List.of(expiry(), expiryOfASilentClient(), container(), ttl());
  }

  /** A session whose socket is gone: its ephemerals go, in one transaction. */
  private static Script expiry() {
    ScriptBuilder b = new ScriptBuilder("expiry", 2).create(0, "/exp").addWatch(0, "/exp", 1);
    b.connect(1, Handshake.fresh().timeout(1_000));
    b.create(1, "/exp/e1", 1, AclEntry.OPEN).create(1, "/exp/e-", 3, AclEntry.OPEN);
    b.create(1, "/exp/stays").drop(1).step(new Step.AwaitEvents(0, 2, PATIENCE_MS));
    b.read(0, Op.GET_CHILDREN2, "/exp", false).connect(1, Handshake.again(1));
    return b.script();
  }

  /** A session that says nothing over a socket that stands: the server closes it. */
  private static Script expiryOfASilentClient() {
    ScriptBuilder b = new ScriptBuilder("expiry of a silent client", 2).create(0, "/sil");
    b.connect(1, Handshake.fresh().timeout(1_000)).create(1, "/sil/e", 1, AclEntry.OPEN);
    b.step(new Step.AwaitClose(1, PATIENCE_MS)).read(0, Op.GET_CHILDREN2, "/sil", false);
    return b.connect(1, Handshake.again(1)).script();
  }

  private static Script container() {
    ScriptBuilder b = new ScriptBuilder("container", 1).create(0, "/con").addWatch(0, "/con", 1);
    b.container(0, "/con/box").container(0, "/con/never").create(0, "/con/box/in");
    b.delete(0, "/con/box/in", -1).step(new Step.AwaitEvents(0, 1, PATIENCE_MS));
    return b.read(0, Op.GET_CHILDREN2, "/con", false).script();
  }

  private static Script ttl() {
    ScriptBuilder b = new ScriptBuilder("ttl", 1).create(0, "/ttl").addWatch(0, "/ttl", 1);
    b.ttl(0, "/ttl/t", 5, 300).step(new Step.AwaitEvents(0, 1, PATIENCE_MS));
    b.ttl(0, "/ttl/long", 5, 3_000_000).ttl(0, "/ttl/kids", 5, 800).create(0, "/ttl/kids/k");
    b.ttl(0, "/ttl/later", 6, 1_200).step(new Step.AwaitEvents(0, 1, PATIENCE_MS));
    b.delete(0, "/ttl/kids/k", -1).step(new Step.AwaitEvents(0, 1, PATIENCE_MS));
    return b.read(0, Op.GET_CHILDREN2, "/ttl", false).script();
  }
}
