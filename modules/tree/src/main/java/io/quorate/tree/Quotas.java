package io.quorate.tree;

import io.quorate.api.TreeStore;
import io.quorate.api.TreeView;
import io.quorate.api.Znode;
import io.quorate.api.ZnodePath;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which paths have a quota, and their usage, which each server keeps in the stats znodes by itself
 * without transactions (QUO-2). Follows the store's head.
 */
final class Quotas {
  private final TreeStore store;
  private final Set<ZnodePath> limited = new HashSet<>();
  private final QuotaRefusals refusals = new QuotaRefusals();

  Quotas(TreeStore store) {
    this.store = store;
  }

  /** Finds all quotas anew and counts their usage. */
  void rebuild() {
    forgetAndFind();
    for (ZnodePath path : limited) {
      recount(path);
    }
  }

  /** Finds all quotas anew; their usage is in the store. */
  void forgetAndFind() {
    limited.clear();
    ArrayDeque<ZnodePath> open = new ArrayDeque<>();
    open.add(SystemPaths.QUOTA);
    for (ZnodePath at = open.poll(); at != null; at = open.poll()) {
      ZnodePath above = at;
      Znode znode = store.head().find(above);
      if (znode == null) {
        continue;
      }
      znode
          .children()
          .forEach(
              (name, offset, length, child) -> {
                ZnodePath path = above.child(name, offset, length);
                if (SystemPaths.isLimits(path)) {
                  limited.add(SystemPaths.quotaOf(path));
                } else if (child.childCount() > 0) {
                  open.add(path);
                }
              });
    }
  }

  boolean isEmpty() {
    return limited.isEmpty();
  }

  /** The nearest path at or above with a quota; the root can have none. */
  @Nullable ZnodePath nearest(ZnodePath path) {
    if (limited.isEmpty()) {
      return null;
    }
    for (ZnodePath at = path; !at.isRoot(); at = at.parent()) {
      if (limited.contains(at)) {
        return at;
      }
    }
    return null;
  }

  QuotaRefusals refusals() {
    return refusals;
  }

  /** Refuses, and counts, a change that goes over a hard limit by what is not 0 (QUO-5). */
  boolean refuses(ZnodePath path, long bytes, long count) {
    ZnodePath quota = nearest(path);
    if (quota == null) {
      return false;
    }
    TreeView head = store.head();
    Znode limits = head.find(SystemPaths.limitsOf(quota));
    Znode stats = head.find(SystemPaths.statsOf(quota));
    if (limits == null || stats == null) {
      return false;
    }
    QuotaText limit = QuotaText.parse(limits.data());
    QuotaText used = QuotaText.parse(stats.data());
    boolean over =
        over(used.count(), count, limit.countHardLimit())
            || over(used.bytes(), bytes, limit.byteHardLimit());
    if (over) {
      refusals.add(quota);
    }
    return over;
  }

  /** What does not change is not refused, also where the limit was set below the usage. */
  private static boolean over(long used, long change, long limit) {
    return limit > -1 && change != 0 && used + change > limit;
  }

  void created(ZnodePath path, int bytes) {
    if (SystemPaths.isLimits(path)) {
      limited.add(SystemPaths.quotaOf(path));
    } else if (SystemPaths.isStats(path)) {
      recount(SystemPaths.quotaOf(path));
    }
    changed(path, bytes, 1);
  }

  void deleted(ZnodePath path, int bytes) {
    if (SystemPaths.isLimits(path)) {
      limited.remove(SystemPaths.quotaOf(path));
    }
    changed(path, -bytes, -1);
  }

  void changed(ZnodePath path, long bytes, long count) {
    ZnodePath quota = nearest(path);
    if (quota == null) {
      return;
    }
    ZnodePath at = SystemPaths.statsOf(quota);
    Znode stats = store.head().find(at);
    if (stats == null) {
      return;
    }
    QuotaText used = QuotaText.parse(stats.data());
    store.overwriteData(
        at,
        new QuotaText(
                used.count() + count,
                used.bytes() + bytes,
                used.byteHardLimit(),
                used.countHardLimit())
            .encode());
  }

  private void recount(ZnodePath path) {
    ZnodePath at = SystemPaths.statsOf(path);
    Znode root = store.head().find(path);
    if (store.head().find(at) == null) {
      return;
    }
    long[] sums = new long[2];
    if (root != null) {
      sum(root, sums);
    }
    store.overwriteData(at, new QuotaText(sums[0], sums[1], -1, -1).encode());
  }

  private static void sum(Znode root, long[] sums) {
    ArrayDeque<Znode> open = new ArrayDeque<>(); // not recursive: trees may be very deep
    open.push(root);
    while (!open.isEmpty()) {
      Znode znode = open.pop();
      sums[0]++;
      sums[1] += Math.max(0, znode.dataLength());
      znode.children().forEach((name, offset, length, child) -> open.push(child));
    }
  }
}
