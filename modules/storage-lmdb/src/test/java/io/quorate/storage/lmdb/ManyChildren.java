package io.quorate.storage.lmdb;

import io.quorate.api.Acl;
import io.quorate.api.EphemeralOwner;
import io.quorate.api.TreeStore;
import io.quorate.api.TreeView;
import io.quorate.api.Znode;
import io.quorate.api.ZnodePath;
import java.io.IOException;
import java.nio.file.Path;

/** A process with a small heap that makes a parent of many and lists its children. */
final class ManyChildren {
  private static final ZnodePath PARENT = ZnodePath.of("/parent");

  private ManyChildren() {}

  /** Arguments: a directory, how many children, how much memory for changes in MB. */
  public static void main(String[] args) throws IOException {
    int count = Integer.parseInt(args[1]);
    TreeSettings settings =
        new TreeSettings(
            1,
            EphemeralOwner.Encoding.PLAIN,
            false,
            Long.parseLong(args[2]) << 20,
            64 << 20,
            false);
    try (LmdbStorage storage =
        LmdbStorage.open(Directories.configuration(Path.of(args[0])), settings)) {
      TreeStore store = storage.treeStore().orElseThrow();
      store.create(PARENT, null, Acl.OPEN, 0, 1, 1, 1);
      byte[] data = new byte[100];
      for (int i = 0; i < count; i++) {
        ZnodePath path = PARENT.child("child-with-a-number-" + i);
        store.create(path, data, Acl.OPEN, 0, i + 2L, 1, i + 1);
        if (i % 100 == 99) {
          TreeView view = store.seal(i + 2L);
          store.publish(view);
        }
      }
      Znode parent = store.head().find(PARENT);
      long[] sums = new long[2];
      parent
          .children()
          .forEach(
              (name, offset, length, child) -> {
                sums[0]++;
                sums[1] += length;
              });
      System.out.println("children " + sums[0] + " checkpoints " + storage.checkpoints().written());
      System.out.println("waits " + storage.checkpoints().waits());
    }
  }
}
