package io.quorate.compat.differential;

import io.quorate.compat.wire.RawConnection;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One script against one server: what has to be remembered, and the names given to its values. */
public final class Run {
  /** A session this run was given. */
  static final class Session {
    final long id;
    final byte[] password;
    final String name;
    boolean closed;

    Session(long id, byte[] password, String name) {
      this.id = id;
      this.password = password;
      this.name = name;
    }
  }

  /** One client: its socket, its session, what it still waits for. */
  static final class Client {
    RawConnection connection;
    Session session;
    boolean handshaken;
    boolean readOnlyByteSent;
    final Deque<Request> pending = new ArrayDeque<>();
    long lastZxid;
    long lastReplyZxid;
  }

  final long baseZxid;
  final long startedMs = System.currentTimeMillis();
  final Client[] clients;
  final List<Session> sessions = new ArrayList<>();
  final Coverage coverage = new Coverage();
  private final Map<Long, Long> timeOfZxid = new HashMap<>();

  Run(long baseZxid, int clientCount) {
    this.baseZxid = baseZxid;
    clients = new Client[clientCount];
    for (int i = 0; i < clientCount; i++) {
      clients[i] = new Client();
    }
  }

  /** The zxid that is {@code delta} after the one the script began with. */
  public long zxid(long delta) {
    return baseZxid + delta;
  }

  /** The highest zxid the client has seen. */
  public long lastZxid(int client) {
    return clients[client].lastZxid;
  }

  /** A zxid as a difference; the special values as they are. */
  String zxidName(long zxid) {
    if (zxid == 0 || zxid == -1) {
      return Long.toString(zxid);
    }
    long delta = zxid - baseZxid;
    return (delta >= 0 ? "+" : "") + delta;
  }

  /** A session id by the order in which this run met it. */
  String sessionName(long id) {
    if (id == 0) {
      return "0";
    }
    for (Session s : sessions) {
      if (s.id == id) {
        return s.name;
      }
    }
    return "foreign";
  }

  /**
   * Whether {@code timeMs} can be the time of the transaction {@code zxid}: one time for each zxid,
   * and for those of this run a time since its start.
   */
  String timeName(long zxid, long timeMs) {
    if (zxid == 0) {
      return timeMs == 0 ? "zero" : "nonzero";
    }
    Long known = timeOfZxid.putIfAbsent(zxid, timeMs);
    if (known != null && known != timeMs) {
      return "two-times-for-one-zxid";
    }
    boolean ours = zxid > baseZxid;
    boolean plausible =
        timeMs <= System.currentTimeMillis() + 1_000 && (!ours || timeMs >= startedMs - 1_000);
    return plausible ? "ok" : "implausible";
  }
}
