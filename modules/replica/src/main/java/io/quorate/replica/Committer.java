package io.quorate.replica;

import io.quorate.api.TreeView;
import java.util.ArrayDeque;
import java.util.Iterator;

/**
 * The commit stage: holds what waits for a quorum, batch by batch, and lets it take effect in zxid
 * order: session changes and events, then the view, then the replies.
 */
final class Committer {
  private final Core core;
  private final WatchDesk watches;
  private final ArrayDeque<Pending> pending = new ArrayDeque<>();
  private final ArrayDeque<TreeView> sealed = new ArrayDeque<>();
  private long sealedUpTo;

  Committer(Core core, WatchDesk watches, long lastZxid) {
    this.core = core;
    this.watches = watches;
    this.sealedUpTo = lastZxid;
  }

  void add(Pending p) {
    pending.addLast(p);
  }

  int size() {
    return pending.size();
  }

  /** Ends a batch: everything proposed so far becomes visible together. */
  void seal(long lastProposed) {
    if (lastProposed != sealedUpTo) {
      sealed.addLast(core.store.seal(lastProposed));
      sealedUpTo = lastProposed;
    }
  }

  /** Lets every whole batch up to this zxid take effect. Returns how many transactions. */
  int commit(long zxid, SessionDesk sessions, Effects effects) {
    int count = 0;
    while (!sealed.isEmpty() && sealed.getFirst().zxid() <= zxid) {
      count += batch(sealed.removeFirst(), sessions, effects);
    }
    return count;
  }

  private int batch(TreeView view, SessionDesk sessions, Effects effects) {
    long upTo = view.zxid();
    Iterator<Pending> all = pending.iterator();
    while (all.hasNext()) {
      Pending p = all.next();
      if (p.zxid() > upTo) {
        break;
      }
      for (Change change : p.changes()) {
        watches.fire(change, p.zxid(), effects);
      }
    }
    core.store.publish(view);
    core.committed = view;
    effects.published(view);
    int count = 0;
    while (!pending.isEmpty() && pending.getFirst().zxid() <= upTo) {
      Pending p = pending.removeFirst();
      finish(p, sessions, effects);
      if (p.kind() != Pending.Kind.SYNC && p.kind() != Pending.Kind.CLOSE_LOCAL) {
        count++;
      }
    }
    return count;
  }

  private static void finish(Pending p, SessionDesk sessions, Effects effects) {
    ClientLink link = p.link();
    switch (p.kind()) {
      case WRITE, SYNC -> {
        if (link != null && !link.closed && p.reply() != null) {
          effects.reply(link, p.xid(), p.zxid(), p.reply());
        }
      }
      case OPEN_SESSION -> sessions.opened(p.session(), link, effects);
      case UPGRADE_SESSION -> {}
      case CLOSE_SESSION, CLOSE_LOCAL -> sessions.closed(p, effects);
    }
  }
}
