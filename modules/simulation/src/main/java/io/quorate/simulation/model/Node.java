package io.quorate.simulation.model;

import io.quorate.simulation.history.AclEntry;
import io.quorate.simulation.history.StatData;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One znode of the model. */
final class Node {
  /** What becomes of a znode. */
  enum Kind {
    PERSISTENT,
    EPHEMERAL,
    CONTAINER,
    TTL
  }

  byte @Nullable [] data = new byte[0];
  List<AclEntry> acl = Access.OPEN;
  Kind kind = Kind.PERSISTENT;
  long session;
  long ttl;
  long czxid;
  long mzxid;
  long pzxid;
  long ctime;
  long mtime;
  int version;
  int aversion;

  /** Child creations so far: the cversion that is persisted (NODE-2). */
  int creations;

  TreeSet<String> children = new TreeSet<>();

  Node copy() {
    Node n = new Node();
    n.data = data;
    n.acl = acl;
    n.kind = kind;
    n.session = session;
    n.ttl = ttl;
    n.czxid = czxid;
    n.mzxid = mzxid;
    n.pzxid = pzxid;
    n.ctime = ctime;
    n.mtime = mtime;
    n.version = version;
    n.aversion = aversion;
    n.creations = creations;
    n.children = new TreeSet<>(children);
    return n;
  }

  int length() {
    return data == null ? 0 : data.length;
  }

  /** The Stat that clients see. */
  StatData stat() {
    return new StatData(
        czxid,
        mzxid,
        ctime,
        mtime,
        version,
        2 * creations - children.size(),
        aversion,
        kind == Kind.EPHEMERAL ? session : 0,
        length(),
        children.size(),
        pzxid);
  }

  /** The owner field as it is persisted (NODE-9). */
  long persistedOwner() {
    return switch (kind) {
      case PERSISTENT -> 0;
      case EPHEMERAL -> session;
      case CONTAINER -> 1L << 63;
      case TTL -> 0xff00000000000000L + ttl;
    };
  }
}
