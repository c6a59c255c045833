package io.quorate.replica;

import io.quorate.api.Acl;
import io.quorate.api.ErrorCode;
import io.quorate.api.EventType;
import io.quorate.api.Reply;
import io.quorate.api.Request;
import io.quorate.api.WatchEvent;
import io.quorate.api.WatchKind;
import io.quorate.api.Znode;
import io.quorate.api.ZnodePath;
import io.quorate.watches.WatchTable;
import org.jspecify.annotations.Nullable;

/** Sets and removes watches of links, and tells them of committed changes. */
final class WatchDesk {
  private static final long SYNTHETIC = -1; // header zxid of catch-up events (WAT-10)

  /** So many connections have room, each for its share, whoever was there before. */
  private static final int MIN_SHARES = 64;

  private final Core core;

  WatchDesk(Core core) {
    this.core = core;
  }

  /** Tells of one committed change, to those who may read the znode (WAT-7). */
  void fire(Change change, long zxid, Effects effects) {
    WatchTable watches = core.watches;
    if (watches.size() == 0) {
      return;
    }
    ZnodePath path = change.path();
    WatchTable.Sink node = sink(change.acl(), zxid, effects);
    switch (change.type()) {
      case NODE_CREATED ->
          watches.created(path, path.parent(), node, sink(change.parentAcl(), zxid, effects));
      case NODE_DELETED ->
          watches.deleted(path, path.parent(), node, sink(change.parentAcl(), zxid, effects));
      case NODE_DATA_CHANGED -> watches.dataChanged(path, node);
      case NODE_CHILDREN_CHANGED ->
          throw new IllegalStateException("children change by creates and deletes");
    }
  }

  private WatchTable.Sink sink(Acl acl, long zxid, Effects effects) {
    WatchEvent[] shared = new WatchEvent[1]; // all who hear of it get the same object
    return (watcher, type, path) -> {
      ClientLink link = (ClientLink) watcher;
      if (!core.acls.permits(acl, Acl.READ, link.identities)) {
        return;
      }
      WatchEvent event = shared[0];
      if (event == null || event.type() != type) {
        event = new WatchEvent(type, path, zxid);
        shared[0] = event;
      }
      effects.event(link, event);
    };
  }

  /** Answers a read; registers its watch where the answer says so (WAT-3). */
  void read(Input.Ask ask, Request.Read read, Effects effects) {
    ClientLink link = ask.link();
    Reply reply = core.reads.answer(core.committed, read, link.sessionId(), ask.identities());
    if (read.setsWatch()) {
      switch (read) {
        case Request.Exists r -> {
          boolean noNode =
              reply instanceof Reply.Refused refused && refused.error() == ErrorCode.NO_NODE;
          if (noNode || reply instanceof Reply.OfStat) {
            add(link, r.path(), WatchKind.DATA, effects);
          }
        }
        case Request.GetData r -> addUnlessRefused(link, r.path(), WatchKind.DATA, reply, effects);
        case Request.GetChildren r ->
            addUnlessRefused(link, r.path(), WatchKind.CHILD, reply, effects);
        default -> throw new IllegalStateException("sets no watch: " + read);
      }
    }
    if (!link.closed) {
      effects.reply(link, ask.xid(), core.committed.zxid(), reply);
    }
  }

  private void addUnlessRefused(
      ClientLink link, ZnodePath path, WatchKind kind, Reply reply, Effects effects) {
    if (!(reply instanceof Reply.Refused)) {
      add(link, path, kind, effects);
    }
  }

  private void add(ClientLink link, ZnodePath path, WatchKind kind, Effects effects) {
    if (link.closed) {
      return; // by the limit, for a watch before this one
    }
    core.watches.add(link, path, kind);
    if (link.watchedPaths() > core.settings.maxWatchesPerLink() || hasTooMuch(link)) {
      drop(link);
      effects.close(link, CloseReason.LIMIT);
    }
  }

  /**
   * Half of the limit is for whoever comes; once it is used up, each connection may have an equal
   * share of the other half. So those that have most go, and others can go on.
   */
  private boolean hasTooMuch(ClientLink link) {
    long half = core.settings.maxWatchBytes() / 2;
    return half > 0
        && core.watches.bytes() > half
        && link.watchedBytes() > half / Math.max(MIN_SHARES, core.watches.watchers());
  }

  /** Forgets a link for good. */
  void drop(ClientLink link) {
    link.closed = true;
    core.watches.removeAll(link);
  }

  /** Answers requests about watches. */
  void local(Input.Ask ask, Request.Local local, Effects effects) {
    ClientLink link = ask.link();
    Reply reply =
        switch (local) {
          case Request.AddWatch r -> {
            add(link, r.path(), r.kind(), effects);
            yield Reply.WatchAdded.INSTANCE;
          }
          case Request.RemoveWatches r -> found(core.watches.remove(link, r.path(), r.type()));
          case Request.CheckWatches r -> found(core.watches.has(link, r.path(), r.type()));
          case Request.SetWatches r -> {
            setWatches(link, r, effects);
            yield Reply.None.INSTANCE;
          }
          case Request.Sync r -> throw new IllegalStateException("sync waits for commits");
          case Request.Auth r -> throw new IllegalStateException("auth is the connection's");
          case Request.Sasl r -> throw new IllegalStateException("sasl is the connection's");
        };
    if (!link.closed) {
      effects.reply(link, ask.xid(), core.committed.zxid(), reply);
    }
  }

  private static Reply found(boolean found) {
    return found ? Reply.None.INSTANCE : new Reply.Refused(ErrorCode.NO_WATCHER);
  }

  /** Re-arms watches after a reconnect, or tells at once what was missed (WAT-9). */
  private void setWatches(ClientLink link, Request.SetWatches r, Effects effects) {
    for (ZnodePath path : r.data()) {
      Znode znode = core.committed.find(path);
      if (znode == null) {
        tell(link, EventType.NODE_DELETED, path, null, effects);
      } else if (znode.mzxid() > r.relativeZxid()) {
        tell(link, EventType.NODE_DATA_CHANGED, path, znode, effects);
      } else {
        add(link, path, WatchKind.DATA, effects);
      }
    }
    for (ZnodePath path : r.exist()) {
      Znode znode = core.committed.find(path);
      if (znode != null) {
        tell(link, EventType.NODE_CREATED, path, znode, effects);
      } else {
        add(link, path, WatchKind.DATA, effects);
      }
    }
    for (ZnodePath path : r.child()) {
      Znode znode = core.committed.find(path);
      if (znode == null) {
        tell(link, EventType.NODE_DELETED, path, null, effects);
      } else if (znode.pzxid() > r.relativeZxid()) {
        tell(link, EventType.NODE_CHILDREN_CHANGED, path, znode, effects);
      } else {
        add(link, path, WatchKind.CHILD, effects);
      }
    }
    for (ZnodePath path : r.persistent()) {
      add(link, path, WatchKind.PERSISTENT, effects);
    }
    for (ZnodePath path : r.recursive()) {
      add(link, path, WatchKind.PERSISTENT_RECURSIVE, effects);
    }
  }

  private void tell(
      ClientLink link, EventType type, ZnodePath path, @Nullable Znode znode, Effects effects) {
    if (znode == null || core.acls.permits(znode.acl(), Acl.READ, link.identities)) {
      effects.event(link, new WatchEvent(type, path, SYNTHETIC));
    }
  }
}
