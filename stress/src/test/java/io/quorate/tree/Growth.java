package io.quorate.tree;

import io.quorate.api.Acl;
import io.quorate.api.EphemeralOwner;
import io.quorate.api.TreeView;
import io.quorate.api.Znode;
import io.quorate.api.ZnodePath;

/**
 * A store that takes transactions of which each touches everything: data, versions, a new ephemeral
 * child in place of the last one, counts and digest. So a view that mixes two of them is told.
 */
final class Growth {
  /** The zxid of the state that it begins with. */
  static final int FIRST = 10;

  private static final int LAST = FIRST + 3;
  private static final long SESSION = 7;
  private static final ZnodePath TOP = ZnodePath.of("/top");
  private static final ZnodePath[] CHILD = new ZnodePath[LAST + 1];
  private static final byte[][] DATA = new byte[LAST + 1][];

  /** The digest after each transaction, from one thread. */
  private static final long[] DIGEST = new long[LAST + 1];

  static {
    for (int z = FIRST; z <= LAST; z++) {
      CHILD[z] = ZnodePath.of("/top/n" + z);
      DATA[z] = ("data of " + z).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    }
    HeapTreeStore alone = begin();
    DIGEST[FIRST] = alone.head().digest();
    for (int z = FIRST + 1; z <= LAST; z++) {
      grow(alone, z);
      DIGEST[z] = alone.head().digest();
    }
  }

  private Growth() {}

  /** A store with the first state published. */
  static HeapTreeStore begin() {
    HeapTreeStore store = new HeapTreeStore(1, EphemeralOwner.Encoding.PLAIN, true);
    store.create(TOP, DATA[FIRST], Acl.OPEN, 0, FIRST, FIRST, 1);
    store.create(CHILD[FIRST], DATA[FIRST], Acl.OPEN, SESSION, FIRST, FIRST, 1);
    store.publish(store.seal(FIRST));
    return store;
  }

  /** Does the next transaction to the head. */
  static void grow(HeapTreeStore store, int zxid) {
    store.setData(TOP, DATA[zxid], zxid - FIRST, zxid, zxid);
    store.create(
        CHILD[zxid], DATA[zxid], Acl.OPEN, SESSION, zxid, zxid, 1 + zxid - FIRST); // count of both
    store.delete(CHILD[zxid - 1], zxid);
  }

  /** The zxid of a whole view; -1 for one that is not. */
  static int judge(TreeView view) {
    int z = (int) view.zxid();
    Znode top = view.find(TOP);
    Znode child = z < FIRST || z > LAST ? null : view.find(CHILD[z]);
    if (top == null || child == null) {
      return -1;
    }
    int[] ephemerals = {0};
    view.ephemerals(SESSION, path -> ephemerals[0] += path.equals(CHILD[z]) ? 1 : 100);
    boolean whole =
        java.util.Arrays.equals(top.data(), DATA[z])
            && top.version() == z - FIRST
            && top.mzxid() == z
            && top.pzxid() == z
            && top.mtime() == z
            && top.childCount() == 1
            && top.createdChildren() == 1 + z - FIRST
            && child.czxid() == z
            && (z == FIRST || view.find(CHILD[z - 1]) == null)
            && ephemerals[0] == 1
            && view.ephemeralCount() == 1
            && view.digest() == DIGEST[z];
    return whole ? z : -1;
  }
}
