package io.quorate.simulation.check;

import io.quorate.simulation.history.Answer;
import io.quorate.simulation.history.Event;
import io.quorate.simulation.history.History;
import io.quorate.simulation.history.IdEntry;
import io.quorate.simulation.history.LogEntry;
import io.quorate.simulation.history.LoggedTxn;
import io.quorate.simulation.history.Op;
import io.quorate.simulation.model.Access;
import io.quorate.simulation.model.Change;
import io.quorate.simulation.model.Outcome;
import io.quorate.simulation.model.Reads;
import io.quorate.simulation.model.Settings;
import io.quorate.simulation.model.Tree;
import io.quorate.simulation.model.WatchTable;
import io.quorate.simulation.model.Writes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A server without faults made of the model itself: answers each request at once and records a
 * history that is right. Tests of the checker then spoil it.
 */
final class FakeServer {
  static final long FIRST_SESSION = 0x100000L;

  final History history = new History();
  final Settings settings;
  private final Tree tree = new Tree();
  private final TreeMap<Integer, Client> clients = new TreeMap<>();
  private final Map<Long, long[]> heard = new HashMap<>();
  private long zxid;
  private long now = 1000;
  private int conns;
  private int handles;
  private long sessions = FIRST_SESSION;

  /** One connection and the handle it belongs to. */
  static final class Client {
    int conn;
    int handle;
    long session;
    byte[] password = new byte[16];
    int timeout = 10_000;
    int xid;
    int frames;
    long seen;
    boolean open;
    List<IdEntry> ids = new ArrayList<>();
    WatchTable watches = new WatchTable();
  }

  FakeServer(Settings settings) {
    this.settings = settings;
    history.add(now, new Event.Boot(1, 0));
  }

  long zxid() {
    return zxid;
  }

  long now() {
    return now;
  }

  void add(Event event) {
    history.add(now, event);
  }

  /** A new handle with a session. */
  Client open() {
    Client c = new Client();
    c.handle = ++handles;
    attach(c);
    return c;
  }

  /** A new connection for the handle's session, which moves if it is attached elsewhere. */
  void attach(Client c) {
    int old = c.open ? c.conn : 0;
    clients.remove(c.conn);
    c.open = false;
    c.conn = ++conns;
    c.frames = 0;
    c.ids = new ArrayList<>(List.of(new IdEntry("ip", "10.0.0.1")));
    c.watches = new WatchTable();
    add(
        new Event.ConnectSent(
            c.conn, c.handle, "10.0.0.1", c.seen, c.timeout, c.session, c.password, true));
    add(new Event.Arrived(c.conn));
    if (c.session == 0) {
      c.session = sessions++;
      c.password = ("password" + c.session).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
      c.password = java.util.Arrays.copyOf(c.password, 16);
      LoggedTxn txn = new LoggedTxn.CreateSession(c.timeout);
      tree.openSession(c.session, c.timeout);
      log(c.session, 0, -10, txn);
    } else if (!tree.hasSession(c.session)) {
      add(new Event.ConnectReply(c.conn, 0, 0, new byte[16], true));
      received(c);
      add(new Event.ServerClosed(c.conn));
      return;
    } else if (old != 0) {
      add(new Event.ServerClosed(old));
    }
    add(new Event.ConnectReply(c.conn, c.timeout, c.session, c.password, true));
    received(c);
    c.open = true;
    clients.put(c.conn, c);
    touch(c);
  }

  private void touch(Client c) {
    heard.put(c.session, new long[] {now, c.timeout});
  }

  private void received(Client c) {
    c.frames++;
    add(new Event.Received(c.conn, c.frames));
  }

  private LogEntry log(long session, int cxid, int type, LoggedTxn txn) {
    zxid++;
    LogEntry e = new LogEntry(zxid, session, cxid, now, type, txn, true, tree.digest());
    history.log().add(e);
    add(new Event.Appended(zxid));
    add(new Event.Durable(zxid));
    return e;
  }

  /** Sends a request and takes what comes back. */
  Event.Reply send(Client c, Op op) {
    int xid =
        switch (op) {
          case Op.Ping p -> -2;
          case Op.Auth a -> -4;
          case Op.SetWatches s -> -8;
          default -> ++c.xid;
        };
    add(new Event.Sent(c.conn, xid, op));
    add(new Event.Arrived(c.conn));
    touch(c);
    return op.isWrite() ? write(c, xid, op) : local(c, xid, op);
  }

  /** Sends a request whose reply is lost with the connection. */
  void sendAndLose(Client c, Op op) {
    int xid = ++c.xid;
    add(new Event.Sent(c.conn, xid, op));
    add(new Event.Arrived(c.conn));
    touch(c);
    Outcome o = new Writes(tree, settings, c.session, c.ids, zxid + 1, now).execute(op);
    log(c.session, xid, o.type(), o.txn());
    add(new Event.ClientClosed(c.conn));
    add(new Event.ServerLost(c.conn));
    c.open = false;
    fire();
  }

  private Event.Reply write(Client c, int xid, Op op) {
    Outcome o = new Writes(tree, settings, c.session, c.ids, zxid + 1, now).execute(op);
    log(c.session, xid, o.type(), o.txn());
    fire();
    Event.Reply r = reply(c, xid, zxid, o.err(), o.answer());
    if (op instanceof Op.CloseSession) {
      close(c);
    }
    return r;
  }

  private void close(Client c) {
    add(new Event.ServerClosed(c.conn));
    c.open = false;
  }

  private void fire() {
    for (Change change : tree.takeChanges()) {
      for (Client c : clients.values()) {
        for (WatchTable.Due due : c.open ? c.watches.fire(change) : List.<WatchTable.Due>of()) {
          if (due.visibleTo(settings, c.ids)) {
            notice(c, zxid, due.type(), due.path());
          }
        }
      }
    }
  }

  private void notice(Client c, long at, int type, String path) {
    add(new Event.Notice(c.conn, at, type, 3, path));
    received(c);
  }

  private Event.Reply reply(Client c, int xid, long at, int err, Answer answer) {
    Event.Reply r = new Event.Reply(c.conn, xid, at, err, answer);
    add(r);
    received(c);
    c.seen = Math.max(c.seen, at);
    return r;
  }

  private Event.Reply local(Client c, int xid, Op op) {
    return switch (op) {
      case Op.Auth a -> {
        List<IdEntry> gained =
            Access.authenticate(settings, "10.0.0.1", a.scheme(), a.credentials());
        if (gained != null) {
          gained.stream().filter(i -> !c.ids.contains(i)).forEach(c.ids::add);
        }
        Event.Reply r = reply(c, xid, 0, gained == null ? -115 : 0, Answer.None.INSTANCE);
        if (gained == null) {
          close(c);
        }
        yield r;
      }
      case Op.Forbidden f -> {
        Event.Reply r = reply(c, xid, -1, -6, Answer.None.INSTANCE);
        close(c);
        yield r;
      }
      case Op.AddWatch a -> {
        int err = c.watches.addWatch(a);
        yield reply(c, xid, zxid, err, err == 0 ? new Answer.Code(0) : Answer.None.INSTANCE);
      }
      case Op.RemoveWatches r ->
          reply(c, xid, zxid, c.watches.removeWatches(r), Answer.None.INSTANCE);
      case Op.CheckWatches k ->
          reply(c, xid, zxid, c.watches.checkWatches(k), Answer.None.INSTANCE);
      case Op.SetWatches s -> {
        for (WatchTable.Due due : c.watches.setWatches(tree, s)) {
          if (due.visibleTo(settings, c.ids)) {
            notice(c, -1, due.type(), due.path());
          }
        }
        yield reply(c, xid, zxid, 0, Answer.None.INSTANCE);
      }
      default -> {
        Reads.Result r = new Reads(tree, settings, c.session, c.ids).answer(op);
        c.watches.afterRead(op, r.err());
        yield reply(c, xid, zxid, r.err(), r.answer());
      }
    };
  }

  /** The client's side of the connection goes. */
  void disconnect(Client c) {
    add(new Event.ClientClosed(c.conn));
    add(new Event.ServerLost(c.conn));
    c.open = false;
  }

  /** A handshake for the handle's session that is heard, and whose answer nobody gets. */
  void attachAndLose(Client c, int timeoutMs) {
    int conn = ++conns;
    add(
        new Event.ConnectSent(
            conn, c.handle, "10.0.0.1", c.seen, timeoutMs, c.session, c.password, true));
    add(new Event.Arrived(conn));
    add(new Event.ClientClosed(conn));
    add(new Event.ServerLost(conn));
    heard.put(c.session, new long[] {now, timeoutMs});
  }

  /** Time passes; what is silent for too long expires. */
  void pass(long ms) {
    long end = now + ms;
    while (now < end) {
      now = Math.min(end, now + settings.tickMs());
      for (long session : List.copyOf(tree.sessions().keySet())) {
        long[] last = heard.get(session);
        if (last != null && now > last[0] + last[1]) {
          expire(session);
        }
      }
    }
  }

  private void expire(long session) {
    List<String> paths = tree.ephemerals(session);
    tree.closeSession(session, zxid + 1);
    log(session, 0, -11, new LoggedTxn.CloseSession(paths));
    for (Client c : clients.values()) {
      if (c.open && c.session == session) {
        close(c);
      }
    }
    fire();
  }

  /** The server removes a container or an expired TTL znode. */
  void reap(String path) {
    Outcome o = new Writes(tree, settings, 0, List.of(), zxid + 1, now).reap(path);
    log(0, 0, o.type(), o.txn());
    fire();
  }

  /** Power goes and comes back. */
  void restart() {
    add(new Event.Crash(false));
    clients.values().forEach(c -> c.open = false);
    now += 50;
    add(new Event.Boot(2, zxid));
    heard.values().forEach(h -> h[0] = now);
  }

  /** Everybody pings, and the run is over. */
  History end() {
    int watches = 0;
    for (Client c : clients.values()) {
      if (c.open) {
        send(c, new Op.Ping());
        watches += c.watches.size();
      }
    }
    add(new Event.WatchCount(watches));
    now += settings.slackMs() + 1; // what is not answered by now is late
    add(new Event.Quiet());
    return history;
  }
}
