package io.quorate.jmh;

import io.quorate.api.Acl;
import io.quorate.api.EphemeralOwner;
import io.quorate.api.TxnHeader;
import io.quorate.api.ZnodePath;
import io.quorate.tree.HeapTreeStore;
import io.quorate.tree.Tree;
import io.quorate.tree.TreeRules;

/** Trees to measure on: 256 parents with an even share of the znodes, 100 bytes of data each. */
final class Trees {
  static final int PARENTS = 256;
  static final byte[] DATA = new byte[100];
  static final TreeRules RULES = new TreeRules(EphemeralOwner.Encoding.EXTENDED, true, false);

  private Trees() {}

  static HeapTreeStore filled(int znodes, boolean digests) {
    HeapTreeStore store = new HeapTreeStore(42, EphemeralOwner.Encoding.EXTENDED, digests);
    new Tree(store, RULES).initialise();
    store.create(ZnodePath.of("/bench"), DATA, Acl.OPEN, 0, 1, 1, 1);
    for (int p = 0; p < PARENTS; p++) {
      store.create(parent(p), DATA, Acl.OPEN, 0, 1, 1, p + 1);
    }
    for (int i = 0; i < znodes; i++) {
      store.create(path(i), DATA, Acl.OPEN, 0, 2, 1, i / PARENTS + 1);
    }
    store.publish(store.seal(2));
    return store;
  }

  static ZnodePath parent(int p) {
    return ZnodePath.of("/bench/parent-" + p);
  }

  static ZnodePath path(int i) {
    return parent(i % PARENTS).child(String.format("znode-%09d", i));
  }

  static ZnodePath[] paths(int znodes) {
    ZnodePath[] paths = new ZnodePath[znodes];
    for (int i = 0; i < znodes; i++) {
      paths[i] = path(i);
    }
    return paths;
  }

  static TxnHeader header(long zxid, int type) {
    return new TxnHeader(0x100000000000001L, 1, zxid, 1_700_000_000_000L, type);
  }
}
