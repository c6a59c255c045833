package io.quorate.server;

import io.quorate.api.TreeView;
import io.quorate.api.Znode;
import io.quorate.api.ZnodePath;
import io.quorate.tree.QuotaText;
import io.quorate.tree.SystemPaths;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.TreeMap;

/** The quotas of a view and their usage, by the first name of the path. */
final class QuotaReport {
  private QuotaReport() {}

  static Map<String, ServerStatus.Quota> of(TreeView view) {
    Map<String, ServerStatus.Quota> report = new TreeMap<>();
    Znode top = view.find(SystemPaths.QUOTA);
    if (top == null || top.childCount() == 0) {
      return report;
    }
    ArrayDeque<ZnodePath> open = new ArrayDeque<>();
    open.add(SystemPaths.QUOTA);
    while (!open.isEmpty()) {
      ZnodePath at = open.poll();
      Znode znode = view.find(at);
      if (znode == null) {
        continue;
      }
      Znode limits = view.find(at.child(SystemPaths.LIMITS));
      Znode stats = view.find(at.child(SystemPaths.STATS));
      if (limits != null && stats != null) {
        report.put(namespace(at), quota(limits, stats));
      }
      znode
          .children()
          .forEach(
              (name, offset, length, child) -> {
                if (child.childCount() > 0) {
                  open.add(at.child(name, offset, length));
                }
              });
    }
    return report;
  }

  private static String namespace(ZnodePath quotaPath) {
    String below = quotaPath.toString().substring(SystemPaths.QUOTA.length());
    String[] names = below.split("/");
    return names.length > 1 ? names[1] : "";
  }

  private static ServerStatus.Quota quota(Znode limits, Znode stats) {
    QuotaText limit = QuotaText.parse(limits.data());
    QuotaText used = QuotaText.parse(stats.data());
    long count = limit.countHardLimit() > -1 ? limit.countHardLimit() : limit.count();
    long bytes = limit.byteHardLimit() > -1 ? limit.byteHardLimit() : limit.bytes();
    return new ServerStatus.Quota(count, bytes, used.count(), used.bytes());
  }
}
