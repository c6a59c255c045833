package io.quorate.spi.storage.tck;

import io.quorate.api.Acl;
import io.quorate.api.LoadedZnode;
import io.quorate.api.TreeStore;
import io.quorate.api.TreeView;
import io.quorate.api.ZnodePath;
import io.quorate.spi.codec.tck.TckTree;
import io.quorate.spi.storage.Storage;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * The states of these tests: one session whose id is the zxid. For a storage that keeps no znodes
 * itself they have only a root beside it.
 */
final class TckStates {
  private static final int TIMEOUT_MS = 1000;

  private TckStates() {}

  /** Writes the state of this zxid. Returns its size. */
  static long write(Storage storage, long zxid) throws IOException {
    TreeStore own = storage.treeStore().orElse(null);
    if (own == null) {
      return storage.snapshots().write(view(zxid));
    }
    own.putSession(zxid, TIMEOUT_MS);
    TreeView view = own.seal(zxid);
    own.publish(view);
    return storage.snapshots().write(view);
  }

  /**
   * Loads the newest state and checks that it is whole: that its session is there.
   *
   * @return its zxid, or -1 if there is none
   */
  static long load(Storage storage) throws IOException {
    TreeStore own = storage.treeStore().orElse(null);
    TreeStore store = own == null ? new TckTree(-1) : own;
    long zxid = storage.snapshots().load(store).zxid();
    Map<Long, Integer> sessions = new TreeMap<>();
    store.head().sessions(sessions::put);
    if (zxid >= 0 && !Integer.valueOf(TIMEOUT_MS).equals(sessions.get(zxid))) {
      throw new AssertionError("The state of " + zxid + " was loaded with " + sessions);
    }
    if (own == null && sessions.size() != (zxid < 0 ? 0 : 1)) {
      throw new AssertionError("Parts of other states were left in the store: " + sessions);
    }
    return zxid;
  }

  private static TckTree view(long zxid) {
    TckTree tree = new TckTree(zxid);
    tree.load(new LoadedZnode(ZnodePath.ROOT, new byte[0], Acl.NONE, 0, 0, 0, 0, 0, 0, 0, 0, 0));
    tree.putSession(zxid, TIMEOUT_MS);
    return tree;
  }
}
