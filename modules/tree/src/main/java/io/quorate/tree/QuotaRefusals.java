package io.quorate.tree;

import io.quorate.api.ZnodePath;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * How many requests were refused because of a quota, by the first name of the quota's path. Belongs
 * to the tree's thread. Beyond {@value #MAX_NAMES} names only the total is counted.
 */
public final class QuotaRefusals {
  static final int MAX_NAMES = 10_000;

  private final Map<String, Long> counts = new TreeMap<>();
  private long total;

  QuotaRefusals() {}

  void add(ZnodePath quota) {
    String path = quota.toString();
    int end = path.indexOf('/', 1);
    String name = path.substring(1, end < 0 ? path.length() : end);
    if (counts.size() < MAX_NAMES || counts.containsKey(name)) {
      counts.merge(name, 1L, Long::sum);
    }
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
