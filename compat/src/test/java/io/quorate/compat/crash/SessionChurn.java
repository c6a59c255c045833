package io.quorate.compat.crash;

import io.quorate.compat.server.ServerProcess;
import io.quorate.compat.wire.AclEntry;
import io.quorate.compat.wire.Bodies;
import io.quorate.compat.wire.Op;
import io.quorate.compat.wire.WireSession;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Opens sessions, gives each an ephemeral and closes it, one after the other. After a crash a
 * session whose close was acknowledged is gone with its ephemeral, and one that was granted and not
 * closed is there.
 */
final class SessionChurn {
  private static final int TIMEOUT_MS = 60_000;

  private static final class Life {
    final int number;
    final long id;
    final byte[] password;
    boolean ephemeralAcked;
    boolean closeSent;
    boolean closeAcked;

    Life(int number, long id, byte[] password) {
      this.number = number;
      this.id = id;
      this.password = password;
    }
  }

  private final String folder;
  private final AtomicLong acknowledged;
  private final List<Life> lives = new ArrayList<>();
  private int next;
  private IOException endedBy;

  SessionChurn(String folder, AtomicLong acknowledged) {
    this.folder = folder;
    this.acknowledged = acknowledged;
  }

  /** Until the server is gone. */
  void load(ServerProcess server) {
    try {
      while (true) {
        one(server);
      }
    } catch (IOException serverGone) {
      endedBy = serverGone;
    }
  }

  private void one(ServerProcess server) throws IOException {
    try (WireSession session = WireSession.open(server.address(), TIMEOUT_MS)) {
      Life life = new Life(next++, session.id(), session.password());
      lives.add(life);
      session.must(Op.CREATE, Bodies.create(path(life), new byte[0], AclEntry.OPEN, 1));
      life.ephemeralAcked = true;
      acknowledged.incrementAndGet();
      if (life.number % 4 == 3) {
        // This one stays open over the crash.
        return;
      }
      life.closeSent = true;
      session.call(Op.CLOSE_SESSION, Bodies.NONE);
      life.closeAcked = true;
      acknowledged.incrementAndGet();
    }
  }

  private String path(Life life) {
    return folder + "/s" + life.number;
  }

  /** Compares what the server knows of all sessions so far, and ends those that live. */
  void check(ServerProcess server, WireSession reader) throws IOException {
    List<String> there = reader.children(folder);
    for (Life life : lives) {
      boolean node = there.remove("s" + life.number);
      WireSession again =
          WireSession.attach(server.address(), TIMEOUT_MS, life.id, life.password, 0);
      String what = path(life) + " of session 0x" + Long.toHexString(life.id);
      if (life.closeAcked && (node || again != null)) {
        throw new AssertionError(what + " is back after its close was acknowledged");
      }
      if (!life.closeSent && (again == null || (life.ephemeralAcked && !node))) {
        throw new AssertionError(what + " is lost");
      }
      if (life.closeSent && (again != null) != node) {
        throw new AssertionError(what + " half closed: znode " + node);
      }
      if (again != null) {
        again.closeSession();
      }
    }
    if (!there.isEmpty()) {
      throw new AssertionError("znodes of nobody in " + folder + ": " + there);
    }
    if (!reader.children(folder).isEmpty()) {
      throw new AssertionError("ephemerals outlive their sessions in " + folder);
    }
    lives.clear();
  }

  /** Why the last {@link #load} ended. */
  IOException endedBy() {
    return endedBy;
  }
}
