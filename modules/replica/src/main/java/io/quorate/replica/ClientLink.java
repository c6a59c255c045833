package io.quorate.replica;

import io.quorate.api.Identity;
import io.quorate.sessions.Session;
import io.quorate.watches.Watcher;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One client connection as the core knows it. Made by the connection's I/O side, which hands it in
 * with each input; all state below is the core's.
 */
public class ClientLink extends Watcher {
  private final long id;
  @Nullable Session session;
  boolean closed;
  List<Identity> identities = List.of();

  /** With a number that no other connection of this server has. */
  public ClientLink(long id) {
    this.id = id;
  }

  /** The number given at creation. */
  public final long id() {
    return id;
  }

  /** The session's id, 0 before one is attached; for reports made on the core's thread. */
  public final long sessionId() {
    Session s = session;
    return s == null ? 0 : s.id();
  }
}
