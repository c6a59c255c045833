package io.quorate.simulation.check;

import io.quorate.simulation.history.Answer;
import io.quorate.simulation.history.Event;
import io.quorate.simulation.history.History;
import io.quorate.simulation.history.LogEntry;
import io.quorate.simulation.history.LoggedTxn;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Changes of a history. */
final class Edit {
  final History h;

  Edit(History h) {
    this.h = h;
  }

  /** Index of the n-th event, from 0, that is like this. */
  <E extends Event> int at(Class<E> type, int n, Predicate<E> like) {
    for (int i = 0; i < h.events().size(); i++) {
      Event e = h.events().get(i);
      if (type.isInstance(e) && like.test(type.cast(e)) && n-- == 0) {
        return i;
      }
    }
    throw new AssertionError("no such event");
  }

  int reply(int conn, int xid) {
    return at(Event.Reply.class, 0, r -> r.conn() == conn && r.xid() == xid);
  }

  int notice(int n) {
    return at(Event.Notice.class, n, e -> true);
  }

  int notice(int type, String path) {
    return at(Event.Notice.class, 0, e -> e.type() == type && e.path().equals(path));
  }

  void remove(int i) {
    h.events().remove(i);
    h.times().remove(i);
  }

  /** Removes a frame with the receipt behind it. */
  void drop(int i) {
    remove(i);
    int conn = ((Event.OfConnection) h.events().get(i)).conn();
    remove(i);
    renumber(conn, i);
  }

  private void renumber(int conn, int from) {
    for (int i = from; i < h.events().size(); i++) {
      if (h.events().get(i) instanceof Event.Received r && r.conn() == conn) {
        h.events().set(i, new Event.Received(conn, r.frames() - 1));
      }
    }
  }

  void insert(int i, Event e) {
    h.events().add(i, e);
    h.times().add(i, h.times().get(i));
  }

  void append(Event e) {
    insert(h.events().size() - 1, e);
  }

  /** Swaps two frames. */
  void swap(int i, int j) {
    Event e = h.events().get(i);
    h.events().set(i, h.events().get(j));
    h.events().set(j, e);
  }

  void answer(int i, Answer a) {
    Event.Reply r = (Event.Reply) h.events().get(i);
    h.events().set(i, new Event.Reply(r.conn(), r.xid(), r.zxid(), r.err(), a));
  }

  void error(int i, int err) {
    Event.Reply r = (Event.Reply) h.events().get(i);
    h.events().set(i, new Event.Reply(r.conn(), r.xid(), r.zxid(), err, Answer.None.INSTANCE));
  }

  void zxid(int i, long zxid) {
    Event e = h.events().get(i);
    h.events()
        .set(
            i,
            e instanceof Event.Reply r
                ? new Event.Reply(r.conn(), r.xid(), zxid, r.err(), r.answer())
                : notice((Event.Notice) e, zxid));
  }

  private static Event notice(Event.Notice n, long zxid) {
    return new Event.Notice(n.conn(), zxid, n.type(), n.state(), n.path());
  }

  Event.Reply replyAt(int i) {
    return (Event.Reply) h.events().get(i);
  }

  void time(int i, long ms) {
    h.times().set(i, ms);
  }

  void logged(int i, LoggedTxn txn) {
    LogEntry e = h.log().get(i);
    h.log()
        .set(
            i,
            new LogEntry(
                e.zxid(),
                e.session(),
                e.cxid(),
                e.time(),
                e.type(),
                txn,
                e.digested(),
                e.digest()));
  }

  void digest(int i, long digest) {
    LogEntry e = h.log().get(i);
    h.log()
        .set(
            i,
            new LogEntry(
                e.zxid(), e.session(), e.cxid(), e.time(), e.type(), e.txn(), true, digest));
  }

  int entry(Predicate<LogEntry> like) {
    for (int i = 0; i < h.log().size(); i++) {
      if (like.test(h.log().get(i))) {
        return i;
      }
    }
    throw new AssertionError("no such record");
  }

  /** Puts a record behind the log, appended and durable just before the end. */
  void addRecord(long session, int cxid, int type, LoggedTxn txn) {
    long zxid = h.log().getLast().zxid() + 1;
    append(new Event.Appended(zxid));
    append(new Event.Durable(zxid));
    h.log().add(new LogEntry(zxid, session, cxid, h.times().getLast(), type, txn, false, 0));
  }

  /** Replaces the handshake with this number by what is made of it. */
  void handshake(int number, UnaryOperator<Event.ConnectSent> change) {
    int i = at(Event.ConnectSent.class, number, sent -> true);
    h.events().set(i, change.apply((Event.ConnectSent) h.events().get(i)));
  }
}
