package io.quorate.simulation.check;

import io.quorate.simulation.history.Event;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One connection and everything that went over it. */
final class Link {
  final int id;
  final Event.ConnectSent hello;
  final int helloAt;
  final List<Ask> asks = new ArrayList<>();

  /** What the server sent: replies, notices; each with the index of its event. */
  final List<Frame> frames = new ArrayList<>();

  /** Indices of arrivals at the server. */
  final List<Integer> arrivals = new ArrayList<>();

  Event.@Nullable ConnectReply welcome;
  int welcomeAt = Integer.MAX_VALUE;
  int serverClosedAt = Integer.MAX_VALUE;
  int clientClosedAt = Integer.MAX_VALUE;

  int serverLostAt = Integer.MAX_VALUE;

  /** Index of the crash that ended it. */
  int crashedAt = Integer.MAX_VALUE;

  /** The last zxid that the client had seen when it connected. */
  long seenBefore;

  Link(int id, Event.ConnectSent hello, int helloAt) {
    this.id = id;
    this.hello = hello;
    this.helloAt = helloAt;
  }

  /** A frame, the index of its event, and its request if it is a reply. */
  static final class Frame {
    final int at;
    final Event.OfConnection event;
    @Nullable Ask ask;

    Frame(int at, Event.OfConnection event) {
      this.at = at;
      this.event = event;
    }
  }

  /** The session it serves; 0 if it serves none. */
  long session() {
    return welcome != null && welcome.timeout() > 0 ? welcome.session() : 0;
  }

  int endedAt() {
    return Math.min(serverClosedAt, Math.min(clientClosedAt, crashedAt));
  }

  /** Whether the server still serves it at the end, as far as it knows. */
  boolean served() {
    return Math.min(serverLostAt, Math.min(serverClosedAt, crashedAt)) == Integer.MAX_VALUE;
  }

  boolean open() {
    return endedAt() == Integer.MAX_VALUE;
  }
}
