package io.quorate.simulation.check;

import io.quorate.simulation.history.LogEntry;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A session's life: its transactions and its connections. */
final class Life {
  @Nullable LogEntry opened;
  @Nullable LogEntry closed;

  /** The connections that served it, in the order of their welcomes. */
  final List<Link> served = new ArrayList<>();

  /** The connections that asked for it and never had an answer; the server may have heard them. */
  final List<Link> unanswered = new ArrayList<>();

  /** The password that was given out; null if nobody saw it. */
  byte @Nullable [] password() {
    for (Link l : served) {
      if (l.hello.session() == 0 && l.welcome != null) {
        return l.welcome.password();
      }
    }
    return null;
  }
}
