package io.quorate.simulation.model;

import io.quorate.simulation.history.AclEntry;
import io.quorate.simulation.history.StatData;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** Znodes and sessions at one zxid. */
public final class Tree {
  final TreeMap<String, Node> nodes = new TreeMap<>();
  final TreeMap<Long, Integer> sessions = new TreeMap<>();
  private final List<Change> changes = new ArrayList<>();

  /** An empty server's state (NODE-1, NODE-8). */
  public Tree() {
    for (String path : List.of("/", "/zookeeper", "/zookeeper/quota", "/zookeeper/config")) {
      Node n = new Node();
      nodes.put(path, n);
      if (!path.equals("/")) {
        require(Paths.parent(path)).children.add(Paths.name(path));
      }
    }
    Node config = require("/zookeeper/config");
    config.acl = List.of(new AclEntry(Access.READ, "world", "anyone"));
    config.aversion = -1;
  }

  /** A copy that changes on its own. */
  public Tree copy() {
    Tree t = new Tree();
    t.nodes.clear();
    nodes.forEach((path, n) -> t.nodes.put(path, n.copy()));
    t.sessions.putAll(sessions);
    t.changes.addAll(changes);
    return t;
  }

  /** Takes over what another tree holds. */
  void become(Tree other) {
    nodes.clear();
    nodes.putAll(other.nodes);
    sessions.clear();
    sessions.putAll(other.sessions);
    changes.clear();
    changes.addAll(other.changes);
  }

  /** The znode, or null; "" is the root too. */
  @Nullable Node find(String path) {
    return nodes.get(path.isEmpty() ? "/" : path);
  }

  Node require(String path) {
    Node n = find(path);
    if (n == null) {
      throw new Refusal(Codes.NO_NODE);
    }
    return n;
  }

  /** What watches are to see of what was done since the last call. */
  public List<Change> takeChanges() {
    List<Change> taken = List.copyOf(changes);
    changes.clear();
    return taken;
  }

  /** Adds a session. */
  public void openSession(long id, int timeout) {
    sessions.put(id, timeout);
  }

  /** Whether the session is there. */
  public boolean hasSession(long id) {
    return sessions.containsKey(id);
  }

  /** The timeouts of all sessions, ms, by id. */
  public Map<Long, Integer> sessions() {
    return sessions;
  }

  /** Removes a session and its ephemerals (E2). */
  public void closeSession(long id, long zxid) {
    ephemerals(id).forEach(p -> delete(p, zxid));
    sessions.remove(id);
  }

  /** The paths of a session's ephemerals, sorted. */
  public List<String> ephemerals(long session) {
    List<String> paths = new ArrayList<>();
    nodes.forEach(
        (path, n) -> {
          if (n.kind == Node.Kind.EPHEMERAL && n.session == session) {
            paths.add(path);
          }
        });
    return paths;
  }

  /** E1, E3: what is wrong with ephemerals, or null. */
  public @Nullable String ephemeralFault() {
    for (Map.Entry<String, Node> e : nodes.entrySet()) {
      Node n = e.getValue();
      if (n.kind == Node.Kind.EPHEMERAL && !sessions.containsKey(n.session)) {
        return e.getKey()
            + " belongs to session 0x"
            + Long.toHexString(n.session)
            + ", which is gone";
      }
      if (n.kind == Node.Kind.EPHEMERAL && !n.children.isEmpty()) {
        return e.getKey() + " is ephemeral and has children";
      }
    }
    return null;
  }

  /** Adds a znode; returns its Stat before quotas count it. */
  StatData create(String path, Node n, long zxid, long time) {
    n.czxid = n.mzxid = n.pzxid = zxid;
    n.ctime = n.mtime = time;
    Node parent = require(Paths.parent(path));
    parent.children.add(Paths.name(path));
    parent.creations++;
    parent.pzxid = zxid;
    nodes.put(path, n);
    changes.add(new Change(Change.Kind.CREATED, path, n.acl, parent.acl));
    StatData stat = n.stat();
    Quotas.created(this, path);
    return stat;
  }

  void delete(String path, long zxid) {
    Node n = require(path);
    Node parent = require(Paths.parent(path));
    nodes.remove(path);
    parent.children.remove(Paths.name(path));
    parent.pzxid = zxid;
    changes.add(new Change(Change.Kind.DELETED, path, n.acl, parent.acl));
    Quotas.changed(this, path);
  }

  void setData(String path, byte @Nullable [] data, long zxid, long time) {
    Node n = require(path);
    n.data = data;
    n.version++;
    n.mzxid = zxid;
    n.mtime = time;
    changes.add(new Change(Change.Kind.DATA, path, n.acl, require(Paths.parent(path)).acl));
    Quotas.changed(this, path);
  }

  /** The digest, from scratch (reference section 4.4). */
  public long digest() {
    long sum = 0;
    for (Map.Entry<String, Node> e : nodes.entrySet()) {
      if (!e.getKey().startsWith("/zookeeper/")) {
        sum += digest(e.getKey().equals("/") ? "" : e.getKey(), e.getValue());
      }
    }
    return sum;
  }

  private static long digest(String path, Node n) {
    CRC32 crc = new CRC32();
    crc.update(path.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    if (n.data != null) {
      crc.update(n.data);
    }
    crc.update(
        java.nio.ByteBuffer.allocate(60)
            .putLong(n.czxid)
            .putLong(n.mzxid)
            .putLong(n.pzxid)
            .putLong(n.ctime)
            .putLong(n.mtime)
            .putInt(n.version)
            .putInt(n.creations)
            .putInt(n.aversion)
            .putLong(n.persistedOwner())
            .flip());
    return crc.getValue();
  }
}
