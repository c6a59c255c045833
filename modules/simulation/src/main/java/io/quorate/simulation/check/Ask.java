package io.quorate.simulation.check;

import io.quorate.simulation.history.Event;
import io.quorate.simulation.history.IdEntry;
import io.quorate.simulation.history.LogEntry;
import io.quorate.simulation.history.Op;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One request: when it was sent, by whom, what came of it. */
final class Ask {
  /** Index of the event that sent it. */
  final int sentAt;

  final Link link;
  final int xid;
  final Op op;

  /** Who the connection was for this request. */
  final List<IdEntry> ids;

  Event.@Nullable Reply reply;

  /** Index of the reply's event. */
  int repliedAt = Integer.MAX_VALUE;

  /** Index of the event by which the client had the reply. */
  int receivedAt = Integer.MAX_VALUE;

  @Nullable LogEntry entry;

  Ask(int sentAt, Link link, int xid, Op op, List<IdEntry> ids) {
    this.sentAt = sentAt;
    this.link = link;
    this.xid = xid;
    this.op = op;
    this.ids = ids;
  }

  /** Whether it was an authentication that failed, after which the connection ends. */
  boolean refusedAuth() {
    return (op instanceof Op.Auth || op instanceof Op.Sasl) && reply != null && reply.err() != 0;
  }

  @Override
  public String toString() {
    return "connection " + link.id + " xid " + xid + " " + Texts.of(op);
  }
}
