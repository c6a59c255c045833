package io.quorate.server;

import io.quorate.api.NodeDigest;
import io.quorate.api.TreeView;
import io.quorate.api.Znode;
import io.quorate.api.ZnodePath;
import io.quorate.spi.codec.TreeWalk;
import java.util.Arrays;
import java.util.Objects;

/**
 * What two equal states have in common, whatever holds them.
 *
 * @param digest the tree digest, computed anew (reference section 4.4)
 * @param rest a sum over what the digest leaves out: lists, znodes of the system, sessions
 */
record StateSummary(long zxid, long znodes, long sessions, long digest, long rest) {
  static StateSummary of(TreeView view) {
    NodeDigest digests = new NodeDigest();
    long[] sums = new long[3];
    TreeWalk.walk(
        Objects.requireNonNull(view.find(ZnodePath.ROOT), "the root"),
        (path, length, znode) -> {
          sums[0]++;
          sums[1] += digests.of(path, length, znode);
          sums[2] += rest(path, length, znode);
        });
    view.sessions((id, timeoutMs) -> sums[2] += mix(31 * id + timeoutMs));
    return new StateSummary(view.zxid(), sums[0], view.sessionCount(), sums[1], sums[2]);
  }

  private static long rest(byte[] path, int length, Znode znode) {
    long hash = ZnodePath.copyOf(path, 0, length).hashCode();
    hash = 31 * hash + Arrays.hashCode(znode.data());
    hash = 31 * hash + znode.acl().hashCode();
    hash = 31 * hash + znode.czxid();
    hash = 31 * hash + znode.createdChildren();
    return mix(hash);
  }

  private static long mix(long hash) {
    long h = (hash ^ hash >>> 32) * 0x9e3779b97f4a7c15L;
    return h ^ h >>> 29;
  }
}
