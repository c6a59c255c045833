package io.quorate.spi.codec.tck;

import io.quorate.api.Acl;
import io.quorate.api.EphemeralOwner;
import io.quorate.api.LoadedZnode;
import io.quorate.api.ZnodePath;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** States to write and read. */
final class TckTrees {
  static final long ZXID = (2L << 32) + 9;
  private static final long SESSION = 0x1_0123_4567_89abL;

  private TckTrees() {}

  private static void add(TckTree tree, String path, byte @Nullable [] data, Acl acl, long owner) {
    long n = tree.nodeCount();
    tree.load(
        new LoadedZnode(
            ZnodePath.of(path),
            data,
            acl,
            n,
            n + 3,
            n + 5,
            1_700_000_000_000L + n,
            1_700_000_000_500L,
            (int) n,
            3,
            2,
            owner));
  }

  /** Only a root. */
  static TckTree empty(long zxid) {
    TckTree tree = new TckTree(zxid);
    tree.load(new LoadedZnode(ZnodePath.ROOT, new byte[0], Acl.NONE, 0, 0, 0, 0, 0, 0, 0, 0, 0));
    return tree;
  }

  /** Something of everything, few bytes. */
  static TckTree small() {
    TckTree tree = empty(ZXID);
    tree.putSession(SESSION, 4000);
    tree.putSession(-5, 30_000);
    add(tree, "/a", new byte[] {1, 2, 3}, TckRecords.ACL, 0);
    add(tree, "/a/e", null, Acl.OPEN, SESSION);
    add(tree, "/c", new byte[0], Acl.NONE, EphemeralOwner.CONTAINER);
    add(
        tree,
        "/t",
        new byte[] {-1},
        new Acl(List.of()),
        EphemeralOwner.ofTtl(5000, EphemeralOwner.Encoding.EXTENDED));
    return tree;
  }

  /** Values at their edges in each field. */
  static TckTree edges() {
    TckTree tree = small();
    long[] longs = {0, 1, -1, 1L << 31, -1L << 32, Long.MAX_VALUE, Long.MIN_VALUE, 255, 1 << 20};
    int[] ints = {0, 1, -1, 127, 128, Integer.MAX_VALUE, Integer.MIN_VALUE, 300, -77};
    int n = longs.length;
    for (int i = 0; i < n * n; i++) {
      tree.load(
          new LoadedZnode(
              ZnodePath.of("/a/edge" + i),
              new byte[i],
              i % 2 == 0 ? Acl.OPEN : TckRecords.ACL,
              longs[i % n],
              longs[i / n],
              longs[(i + 1) % n],
              longs[(i * 7 + i / n) % n],
              longs[(i + 2) % n],
              ints[i % n],
              ints[i / n],
              ints[(i + 3) % n],
              longs[(i * 5 + i / n) % n]));
    }
    for (int i = 0; i < n; i++) {
      tree.putSession(longs[i], ints[i]);
    }
    return tree;
  }

  /** Longer than any buffer: wide, deep, with many lists and one long value. */
  static TckTree large() {
    TckTree tree = small();
    for (int i = 0; i < 4000; i++) {
      Acl acl = new Acl(List.of(new Acl.Entry(i & 31, "digest", "user-" + i % 500)));
      add(tree, "/a/child-" + i, new byte[i % 120], acl, 0);
      tree.putSession(1000 + i, i);
    }
    StringBuilder path = new StringBuilder("/c");
    for (int i = 0; i < 600; i++) {
      path.append("/d");
      add(tree, path.toString(), new byte[] {(byte) i}, Acl.OPEN, 0);
      add(tree, path + "side", null, Acl.OPEN, 0);
    }
    tree = withLongData(tree, 300_000);
    return tree;
  }

  /** Adds a znode with this many bytes. */
  static TckTree withLongData(TckTree tree, int bytes) {
    byte[] data = new byte[bytes];
    Arrays.fill(data, (byte) 7);
    add(tree, "/long-" + bytes, data, Acl.OPEN, 0);
    return tree;
  }
}
