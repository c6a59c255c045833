package io.quorate.spi.storage.tck;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.api.Acl;
import io.quorate.api.EphemeralOwner;
import io.quorate.api.TreeView;
import io.quorate.api.Znode;
import io.quorate.api.ZnodePath;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** What a store should hold: plain maps, everything counted by looking at all of it. */
final class TreeModel {
  final EphemeralOwner.Encoding encoding;

  /** The root is "" here. */
  final TreeMap<ZnodePath, Node> nodes = new TreeMap<>();

  final TreeMap<Long, Integer> sessions = new TreeMap<>();
  long zxid;

  /** One znode; never changed, only replaced. */
  record Node(
      byte @Nullable [] data,
      Acl acl,
      long owner,
      long czxid,
      long mzxid,
      long pzxid,
      long ctime,
      long mtime,
      int version,
      int created,
      int aversion) {
    Node data(byte @Nullable [] now, int version, long mzxid, long mtime) {
      return new Node(
          now, acl, owner, czxid, mzxid, pzxid, ctime, mtime, version, created, aversion);
    }

    Node acl(Acl now, int aversion) {
      return new Node(
          data, now, owner, czxid, mzxid, pzxid, ctime, mtime, version, created, aversion);
    }

    Node children(int created, long pzxid) {
      return new Node(
          data, acl, owner, czxid, mzxid, pzxid, ctime, mtime, version, created, aversion);
    }
  }

  TreeModel(EphemeralOwner.Encoding encoding) {
    this.encoding = encoding;
    nodes.put(ZnodePath.of(""), new Node(new byte[0], Acl.NONE, 0, 0, 0, 0, 0, 0, 0, 0, 0));
  }

  TreeModel copy() {
    TreeModel m = new TreeModel(encoding);
    m.nodes.clear();
    m.nodes.putAll(nodes);
    m.sessions.putAll(sessions);
    m.zxid = zxid;
    return m;
  }

  static ZnodePath key(ZnodePath path) {
    return path.isRoot() ? ZnodePath.of("") : path;
  }

  Node get(ZnodePath path) {
    Node node = nodes.get(key(path));
    if (node == null) {
      throw new IllegalArgumentException("the model has no " + path);
    }
    return node;
  }

  void put(ZnodePath path, Node node) {
    nodes.put(key(path), node);
  }

  void create(
      ZnodePath path,
      byte @Nullable [] data,
      Acl acl,
      long owner,
      long zxid,
      long time,
      int created) {
    nodes.put(path, new Node(data, acl, owner, zxid, zxid, zxid, time, time, 0, 0, 0));
    Node parent = get(path.parent());
    if (created - parent.created > 0) {
      put(path.parent(), parent.children(created, zxid));
    }
  }

  void delete(ZnodePath path, long zxid) {
    nodes.remove(path);
    Node parent = get(path.parent());
    put(path.parent(), parent.children(parent.created, Math.max(parent.pzxid, zxid)));
  }

  Set<ZnodePath> children(ZnodePath path) {
    Set<ZnodePath> found = new TreeSet<>();
    for (ZnodePath p : nodes.keySet()) {
      if (!p.isRoot() && key(p.parent()).equals(key(path))) {
        found.add(p);
      }
    }
    return found;
  }

  private Set<ZnodePath> ofKind(EphemeralOwner.Kind kind) {
    Set<ZnodePath> found = new TreeSet<>();
    nodes.forEach(
        (p, n) -> {
          if (EphemeralOwner.kind(n.owner, encoding) == kind) {
            found.add(p);
          }
        });
    return found;
  }

  /** Reference section 4.4, apart from the product's own code for it. */
  long digest() {
    long sum = 0;
    for (Map.Entry<ZnodePath, Node> e : nodes.entrySet()) {
      if (!e.getKey().toString().startsWith("/zookeeper/")) {
        Node n = e.getValue();
        CRC32 crc = new CRC32();
        crc.update(e.getKey().bytes());
        if (n.data != null) {
          crc.update(n.data);
        }
        ByteBuffer b = ByteBuffer.allocate(60);
        b.putLong(n.czxid).putLong(n.mzxid).putLong(n.pzxid).putLong(n.ctime).putLong(n.mtime);
        b.putInt(n.version).putInt(n.created).putInt(n.aversion).putLong(n.owner);
        crc.update(b.array());
        sum += crc.getValue();
      }
    }
    return sum;
  }

  /** Compares everything that a view tells. */
  void assertSame(TreeView view, boolean withZxid) {
    if (withZxid) {
      assertEquals(zxid, view.zxid());
    }
    long size = 0;
    Map<ZnodePath, Integer> childCounts = new TreeMap<>();
    for (ZnodePath p : nodes.keySet()) {
      if (!p.isRoot()) {
        childCounts.merge(key(p.parent()), 1, Integer::sum);
      }
    }
    for (Map.Entry<ZnodePath, Node> e : nodes.entrySet()) {
      ZnodePath path = e.getKey();
      Node n = e.getValue();
      Znode z = view.find(path);
      assertNotNull(z, path::toString);
      assertSame(n, z, path, childCounts.getOrDefault(path, 0));
      size += path.length() + (n.data == null ? 0 : n.data.length);
    }
    assertEquals(nodes.size(), view.nodeCount());
    assertEquals(size, view.dataSize());
    assertEquals(digest(), view.digest());
    assertEquals(walk(view), nodes.keySet(), "by walking down the children");
    assertIndexes(view);
    assertNull(view.find(ZnodePath.of("/no/such")));
  }

  static void assertSame(Node n, Znode z, ZnodePath path, int childCount) {
    String at = path.toString();
    assertArrayEquals(n.data, z.data(), at);
    assertEquals(n.data == null ? -1 : n.data.length, z.dataLength(), at);
    assertEquals(n.acl, z.acl(), at);
    assertEquals(n.owner, z.ephemeralOwner(), at);
    assertEquals(n.czxid, z.czxid(), at);
    assertEquals(n.mzxid, z.mzxid(), at);
    assertEquals(n.pzxid, z.pzxid(), at);
    assertEquals(n.ctime, z.ctime(), at);
    assertEquals(n.mtime, z.mtime(), at);
    assertEquals(n.version, z.version(), at);
    assertEquals(n.created, z.createdChildren(), at);
    assertEquals(n.aversion, z.aversion(), at);
    assertEquals(childCount, z.childCount(), at);
    assertEquals(childCount, z.children().size(), at);
  }

  private static Set<ZnodePath> walk(TreeView view) {
    Set<ZnodePath> seen = new TreeSet<>();
    walk(ZnodePath.of(""), view.find(ZnodePath.ROOT), seen);
    return seen;
  }

  private static void walk(ZnodePath path, @Nullable Znode znode, Set<ZnodePath> seen) {
    assertNotNull(znode);
    assertEquals(true, seen.add(path), () -> "twice: " + path);
    znode
        .children()
        .forEach((name, from, length, child) -> walk(path.child(name, from, length), child, seen));
  }

  private void assertIndexes(TreeView view) {
    Set<Acl> acls = new HashSet<>();
    if (view.acls(acl -> assertTrue(acls.add(acl), "twice"))) {
      nodes.forEach((path, n) -> assertTrue(n.acl == Acl.NONE || acls.contains(n.acl), "" + path));
    } else {
      assertEquals(Set.of(), acls, "told, and denied");
    }
    Set<ZnodePath> containers = new TreeSet<>();
    view.containers(containers::add);
    assertEquals(ofKind(EphemeralOwner.Kind.CONTAINER), containers);
    Set<ZnodePath> ttls = new TreeSet<>();
    view.ttlNodes(ttls::add);
    assertEquals(ofKind(EphemeralOwner.Kind.TTL), ttls);
    Map<Long, Set<ZnodePath>> owned = new TreeMap<>();
    for (ZnodePath p : ofKind(EphemeralOwner.Kind.EPHEMERAL)) {
      owned.computeIfAbsent(get(p).owner, o -> new TreeSet<>()).add(p);
    }
    assertEquals(owned.values().stream().mapToInt(Set::size).sum(), view.ephemeralCount());
    Map<Long, Set<ZnodePath>> told = new TreeMap<>();
    view.ephemeralOwners(
        id -> {
          Set<ZnodePath> of = new TreeSet<>();
          view.ephemerals(id, p -> assertEquals(true, of.add(p), "twice"));
          told.put(id, of);
        });
    assertEquals(owned, told);
    Map<Long, Integer> known = new TreeMap<>();
    view.sessions((id, timeoutMs) -> known.put(id, timeoutMs));
    assertEquals(sessions, known);
    assertEquals(sessions.size(), view.sessionCount());
  }

  static byte[] bytes(int length, int fill) {
    byte[] b = new byte[length];
    Arrays.fill(b, (byte) fill);
    return b;
  }
}
