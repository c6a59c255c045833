package io.quorate.tree;

import io.quorate.api.ZnodePath;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * How many requests were refused because of a quota, by the first name of the quota's path. Belongs
 * to the tree's thread. There are no more names than ever had a quota.
 */
public final class QuotaRefusals {
  private final Map<String, Long> counts = new TreeMap<>();
  private long total;

  QuotaRefusals() {}

  void add(ZnodePath quota) {
    String path = quota.toString();
    int end = path.indexOf('/', 1);
    counts.merge(path.substring(1, end < 0 ? path.length() : end), 1L, Long::sum);
    total++;
  }

  /** All together. */
  public long total() {
    return total;
  }

  /** A copy of the counts. */
  public Map<String, Long> byNamespace() {
    return Collections.unmodifiableMap(new TreeMap<>(counts));
  }
}
