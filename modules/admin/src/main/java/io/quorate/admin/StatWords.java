package io.quorate.admin;

import static io.quorate.admin.Lines.hex;

import io.quorate.server.ConnectionStatus;
import io.quorate.server.ServerStatus;
import io.quorate.server.Version;
import java.io.IOException;

/** srvr, stat and cons. Tools read their lines by position, so the order is part of them. */
final class StatWords {
  private StatWords() {}

  static void srvr(ServerStatus status, Lines out) throws IOException {
    version(status, out);
    numbers(status, out);
  }

  static void stat(ServerStatus status, Lines out) throws IOException {
    version(status, out);
    out.line("Clients:");
    for (ConnectionStatus connection : status.connections()) {
      out.line(brief(connection) + ")");
    }
    out.line("");
    numbers(status, out);
  }

  static void cons(ServerStatus status, Lines out) throws IOException {
    for (ConnectionStatus connection : status.connections()) {
      out.line(full(connection));
    }
    out.line("");
  }

  private static void version(ServerStatus status, Lines out) throws IOException {
    out.line("Zookeeper version: " + Version.text());
    if (status.mode() == ServerStatus.Mode.READ_ONLY) {
      out.line("READ-ONLY mode; serving only read-only clients");
    }
  }

  private static void numbers(ServerStatus status, Lines out) throws IOException {
    out.line(
        "Latency min/avg/max: "
            + status.minLatencyMs()
            + "/"
            + Decimals.text(status.avgLatencyMs())
            + "/"
            + status.maxLatencyMs());
    out.line("Received: " + status.packetsReceived());
    out.line("Sent: " + status.packetsSent());
    out.line("Connections: " + status.connectionCount());
    out.line("Outstanding: " + status.outstandingRequests());
    out.line("Zxid: " + hex(status.lastZxid()));
    out.line("Mode: " + status.mode().text());
    out.line("Node count: " + status.nodeCount());
  }

  private static String brief(ConnectionStatus c) {
    return " "
        + Lines.address(c.remote())
        + "["
        + Integer.toHexString(c.interestOps())
        + "](queued="
        + c.outstanding()
        + ",recved="
        + c.received()
        + ",sent="
        + c.sent();
  }

  private static String full(ConnectionStatus c) {
    if (c.sessionId() == 0) {
      return brief(c) + ")";
    }
    return brief(c)
        + ",sid="
        + hex(c.sessionId())
        + ",lop="
        + c.lastOperation()
        + ",est="
        + c.establishedMs()
        + ",to="
        + c.timeoutMs()
        + (c.lastCxid() >= 0 ? ",lcxid=" + hex(c.lastCxid()) : "")
        + ",lzxid="
        + hex(c.lastZxid())
        + ",lresp="
        + c.lastResponseMs()
        + ",llat="
        + c.lastLatencyMs()
        + ",minlat="
        + c.minLatencyMs()
        + ",avglat="
        + c.avgLatencyMs()
        + ",maxlat="
        + c.maxLatencyMs()
        + ")";
  }
}
