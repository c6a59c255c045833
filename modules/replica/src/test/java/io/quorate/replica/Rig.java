package io.quorate.replica;

import io.quorate.acl.AclPolicy;
import io.quorate.acl.Scheme;
import io.quorate.api.EphemeralOwner;
import io.quorate.api.Identity;
import io.quorate.api.Reply;
import io.quorate.api.TreeView;
import io.quorate.api.WatchEvent;
import io.quorate.api.Zxid;
import io.quorate.sessions.SessionPasswords;
import io.quorate.tree.HeapTreeStore;
import io.quorate.tree.TreeRules;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A replica, its clients by name, and everything it asked for, as lines. */
final class Rig implements Effects {
  /** Ids match if they are equal; digest ids are user:hash. */
  private record Plain(boolean isAuthenticated) implements Scheme {
    @Override
    public boolean isValid(String id) {
      return !isAuthenticated || id.contains(":");
    }

    @Override
    public boolean matches(String connectionId, String aclId) {
      return connectionId.equals(aclId);
    }

    @Override
    public String userName(String id) {
      return id.split(":", 2)[0];
    }
  }

  /** A connection that has a name. */
  static final class Client extends ClientLink {
    final String name;
    List<Identity> ids = List.of();
    int nextXid = 1;

    Client(long id, String name) {
      super(id);
      this.name = name;
    }
  }

  static final AclPolicy POLICY =
      new AclPolicy(Map.of("digest", new Plain(true), "ip", new Plain(false)), false);

  final HeapTreeStore store = new HeapTreeStore(77, EphemeralOwner.Encoding.EXTENDED, true);
  final Replica replica;
  final Map<String, Client> clients = new LinkedHashMap<>();

  /** What was asked for since somebody emptied it. */
  final List<String> lines = new ArrayList<>();

  /** All of it, and what was reported durable in between. */
  final List<String> trace = new ArrayList<>();

  final SessionPasswords passwords = SessionPasswords.apache();
  long monotonicMs;
  long wallMs = 1_000_000;
  long lastAppended;

  Rig(Map<String, String> settings) {
    replica =
        new Replica(
            settings(settings),
            store,
            POLICY,
            r -> Texts.record(r).getBytes(StandardCharsets.UTF_8),
            passwords,
            Recovered.whole(0),
            new Input.Clock(0, 0));
    step(new Input.Clock(wallMs, monotonicMs));
  }

  static ReplicaSettings settings(Map<String, String> given) {
    Map<String, String> left = new TreeMap<>(given);
    ReplicaSettings s =
        new ReplicaSettings(
            1,
            number(left, "tick", 1000),
            number(left, "minTimeout", 2000),
            number(left, "maxTimeout", 20_000),
            new TreeRules(
                EphemeralOwner.Encoding.EXTENDED, true, left.remove("enforceQuota") != null),
            left.remove("digests") != null,
            left.remove("reconfig") != null,
            left.remove("local") != null,
            left.remove("upgrade") != null,
            number(left, "snapCount", 1_000_000),
            number(left, "snapSize", 0),
            number(left, "sweepInterval", 60_000),
            number(left, "sweepMax", 10_000),
            number(left, "maxNeverUsed", 0),
            number(left, "maxWatches", 1000),
            number(left, "maxWatchBytes", 0),
            number(left, "maxRecord", 2_000_000),
            number(left, "grace", 0),
            5);
    if (!left.isEmpty()) {
      throw new IllegalArgumentException("no such settings: " + left.keySet());
    }
    return s;
  }

  private static int number(Map<String, String> settings, String key, int otherwise) {
    String value = settings.remove(key);
    return value == null ? otherwise : Integer.parseInt(value);
  }

  Client client(String name) {
    return clients.computeIfAbsent(name, n -> new Client(clients.size() + 1L, n));
  }

  void step(Input input) {
    if (input instanceof Input.Durable d) {
      trace.add("durable " + Zxid.toHex(d.zxid()));
    }
    replica.step(input, this);
  }

  private void note(String line) {
    lines.add(line);
    trace.add(line);
  }

  static String name(ClientLink link) {
    return ((Client) link).name;
  }

  @Override
  public void append(long zxid, byte[] record) {
    lastAppended = zxid;
    note("append " + Zxid.toHex(zxid) + " " + new String(record, StandardCharsets.UTF_8));
  }

  @Override
  public void published(TreeView view) {
    if (store.reader().latest() != view) {
      throw new AssertionError("told of a view that is not published");
    }
    note("published " + Zxid.toHex(view.zxid()));
  }

  @Override
  public void event(ClientLink link, WatchEvent e) {
    note(
        "event "
            + name(link)
            + " "
            + e.type()
            + " "
            + e.path()
            + " @"
            + (e.zxid() < 0 ? "-" : Zxid.toHex(e.zxid())));
  }

  @Override
  public void reply(ClientLink link, int xid, long zxid, Reply reply) {
    note("reply " + name(link) + " #" + xid + " @" + Zxid.toHex(zxid) + " " + Texts.reply(reply));
  }

  @Override
  public void opened(ClientLink link, long sessionId, int timeoutMs, byte[] password) {
    boolean right = passwords.matches(sessionId, password);
    note(
        "opened "
            + name(link)
            + " "
            + Texts.session(sessionId)
            + " "
            + timeoutMs
            + (right ? "" : " wrong password"));
  }

  @Override
  public void rejected(ClientLink link) {
    note("rejected " + name(link));
  }

  @Override
  public void close(ClientLink link, CloseReason reason) {
    note("close " + name(link) + " " + reason);
  }

  @Override
  public void snapshot(TreeView view) {
    note("snapshot " + Zxid.toHex(view.zxid()));
  }
}
