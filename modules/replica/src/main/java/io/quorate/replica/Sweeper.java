package io.quorate.replica;

import io.quorate.api.EphemeralOwner;
import io.quorate.api.TreeView;
import io.quorate.api.Znode;
import io.quorate.api.ZnodePath;
import java.util.ArrayDeque;

/**
 * Finds containers and TTL nodes that are due and proposes their deletion, evenly (NODE-13 to 15).
 */
final class Sweeper {
  private final Core core;
  private final Proposer proposer;
  private final ArrayDeque<ZnodePath> due = new ArrayDeque<>();
  private long nextSweepMs;
  private long nextDeleteMs;

  Sweeper(Core core, Proposer proposer) {
    this.core = core;
    this.proposer = proposer;
    this.nextSweepMs = core.monotonicMs + core.settings.sweepIntervalMs();
  }

  void tick() {
    long now = core.monotonicMs;
    if (due.isEmpty() && now >= nextSweepMs) {
      find(core.committed);
      nextSweepMs = now + core.settings.sweepIntervalMs();
      nextDeleteMs = now;
    }
    double pauseMs = 60_000.0 / Math.max(1, core.settings.sweepMaxPerMinute());
    int allowed = due.isEmpty() ? 0 : (int) Math.min(1000, (now - nextDeleteMs) / pauseMs + 1);
    for (int i = 0; i < allowed; i++) {
      ZnodePath path = due.poll();
      if (path == null) {
        break;
      }
      Znode znode = core.store.head().find(path);
      if (znode != null && isDue(znode)) { // may have changed since it was found (E6)
        proposer.deleteContainer(path);
      }
    }
    if (allowed > 0) {
      nextDeleteMs = now + (long) Math.max(1, pauseMs);
    }
  }

  private void find(TreeView view) {
    view.containers(
        path -> {
          Znode znode = view.find(path);
          if (znode != null && isDue(znode)) {
            due.add(path);
          }
        });
    view.ttlNodes(
        path -> {
          Znode znode = view.find(path);
          if (znode != null && isDue(znode)) {
            due.add(path);
          }
        });
  }

  private boolean isDue(Znode znode) {
    if (znode.childCount() > 0) {
      return false;
    }
    return switch (EphemeralOwner.kind(znode.ephemeralOwner(), core.settings.tree().encoding())) {
      case CONTAINER -> containerIsDue(znode);
      case TTL -> ttlIsOver(znode);
      case PERSISTENT, EPHEMERAL -> false;
    };
  }

  private boolean containerIsDue(Znode znode) {
    if (znode.createdChildren() > 0) {
      return true;
    }
    long max = core.settings.maxNeverUsedMs();
    return max > 0 && core.wallMs - znode.mtime() > max;
  }

  private boolean ttlIsOver(Znode znode) {
    long ttlMs = EphemeralOwner.ttlMs(znode.ephemeralOwner(), core.settings.tree().encoding());
    return core.wallMs - znode.mtime() > ttlMs;
  }

  /** When the next thing is to be done, monotonic ms. */
  long nextMs() {
    return due.isEmpty() ? nextSweepMs : nextDeleteMs;
  }
}
