package io.quorate.compat.differential;

import java.util.HexFormat;
import java.util.List;

/** One move of one client of a script; the next comes when all its consequences are seen. */
public sealed interface Step {
  /** The client that moves. */
  int client();

  /** A new socket and a handshake; requests may follow in the same write. */
  record Connect(int client, Handshake handshake, List<Request> pipelined) implements Step {
    public static Connect fresh(int client) {
      return new Connect(client, Handshake.fresh(), List.of());
    }
  }

  /** Requests in one write. */
  record Send(int client, List<Request> requests) implements Step {
    public static Send of(int client, Request... requests) {
      return new Send(client, List.of(requests));
    }
  }

  /** Bytes that are no frame with a request; what follows is observed until silence or close. */
  record Raw(int client, String what, byte[] bytes) implements Step {
    @Override
    public String toString() {
      return "Raw[client="
          + client
          + ", "
          + what
          + ": "
          + HexFormat.of().formatHex(bytes, 0, Math.min(32, bytes.length))
          + "]";
    }
  }

  /** The client closes its socket without a word. */
  record Drop(int client) implements Step {}

  /** Nothing is sent; the step ends when the client's connection is closed by the server. */
  record AwaitClose(int client, long timeoutMs) implements Step {}

  /** Nothing is sent; the step ends when the client has seen so many events. */
  record AwaitEvents(int client, int count, long timeoutMs) implements Step {}
}
