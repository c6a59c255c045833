package io.quorate.replica;

import io.quorate.acl.AclPolicy;
import io.quorate.api.TreeStore;
import io.quorate.api.TreeView;
import io.quorate.sessions.SessionTable;
import io.quorate.tree.Tree;
import io.quorate.watches.WatchTable;

/** What the parts of a replica share; owned by the core's thread. */
final class Core {
  final ReplicaSettings settings;
  final TreeStore store;
  final Tree tree;
  final AclPolicy acls;
  final Reads reads;
  final SessionTable sessions;
  final WatchTable watches = new WatchTable();
  final DigestLog digests = new DigestLog();

  /** The last published view: what reads through the core see. */
  TreeView committed;

  long wallMs;
  long monotonicMs;

  Core(ReplicaSettings settings, TreeStore store, AclPolicy acls) {
    this.settings = settings;
    this.store = store;
    this.acls = acls;
    this.tree = new Tree(store, settings.tree());
    this.reads = new Reads(acls);
    this.sessions = new SessionTable(settings.tickMs());
    this.committed = store.head();
  }
}
