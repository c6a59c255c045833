package io.quorate.server;

import io.quorate.replica.ClientLink;

/** A client link that knows its connection; made on the connection's loop. */
final class ServerLink extends ClientLink {
  private final ClientConnection connection;

  ServerLink(long id, ClientConnection connection) {
    super(id);
    this.connection = connection;
  }

  ClientConnection connection() {
    return connection;
  }
}
