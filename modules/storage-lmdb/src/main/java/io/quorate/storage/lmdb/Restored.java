package io.quorate.storage.lmdb;

import io.quorate.api.NodeDigest;
import io.quorate.api.ZnodePath;
import java.util.ArrayDeque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a state of what a file holds, under settings that may be others than it was written with.
 */
final class Restored {
  private static final Logger LOG = LoggerFactory.getLogger(Restored.class);

  private final TreeSettings settings;
  private final Meta meta;
  private final State state;

  Restored(TreeSettings settings, Base base, Meta meta, long lineage) {
    this.settings = settings;
    this.meta = meta;
    state = new State(settings.seed(), settings.encoding());
    state.lineage = lineage;
    state.base = base;
    state.zxid = meta.zxid();
    state.nodes = meta.nodes();
    state.dataSize = meta.dataSize();
    state.longPaths = meta.longPaths();
    state.sessions = meta.sessions();
  }

  State state() {
    state.ephemerals =
        meta.encoding() == settings.encoding() ? meta.ephemerals() : countEphemerals();
    state.digest = !settings.digests() ? 0 : meta.digests() ? meta.digest() : digest();
    return state;
  }

  private int countEphemerals() {
    LOG.info("Counting ephemerals anew: owners are read in another way than before");
    int[] count = new int[1];
    state.ephemeralOwners(owner -> state.ephemerals(owner, path -> count[0]++));
    return count[0];
  }

  private long digest() {
    LOG.info("Computing the digest of {} znodes: it was not kept before", state.nodes);
    NodeDigest digester = new NodeDigest();
    long sum = 0;
    ArrayDeque<ZnodePath> open = new ArrayDeque<>();
    open.add(ZnodePath.ROOT);
    for (ZnodePath path = open.poll(); path != null; path = open.poll()) {
      ViewZnode znode = state.find(path);
      if (znode == null) {
        throw new IllegalStateException("listed and not found: " + path);
      }
      sum += digester.of(path.bytes(), path.length(), znode);
      ZnodePath parent = path;
      znode
          .children()
          .forEach((name, offset, length, child) -> open.add(parent.child(name, offset, length)));
    }
    return sum;
  }
}
