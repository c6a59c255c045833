package io.quorate.storage.lmdb;

import io.quorate.api.ZnodePath;
import org.jspecify.annotations.Nullable;

/**
 * What the owner of a store has looked up last, and what there is now: a write looks its znode and
 * the parent up when it is prepared and again when it is applied, and each look-up that ends in the
 * map costs more than all the rest. One thread.
 */
final class Recent {
  private static final int PLACES = 32;
  private static final int PARENTS = 1024;
  private static final int LARGEST_DATA = 1024;

  private final @Nullable ZnodePath[] paths = new @Nullable ZnodePath[PLACES];
  private final @Nullable Node[] nodes = new @Nullable Node[PLACES];
  private final @Nullable ZnodePath[] parentPaths = new @Nullable ZnodePath[PARENTS];
  private final @Nullable Node[] parents = new @Nullable Node[PARENTS];

  /** What is stored of a znode in the head, or null. */
  @Nullable Node node(State head, int hash, ZnodePath path) {
    int place = hash & PLACES - 1;
    ZnodePath known = paths[place];
    if (known != null && known.equals(path)) {
      return nodes[place];
    }
    int parent = hash & PARENTS - 1;
    known = parentPaths[parent];
    if (known != null && known.equals(path)) {
      return parents[parent];
    }
    Node node = head.search(hash, path);
    put(hash, path, node);
    return node;
  }

  /** This is what is stored of the znode from now on. */
  void put(int hash, ZnodePath path, @Nullable Node node) {
    int place = hash & PLACES - 1;
    boolean large = isLarge(node);
    paths[place] = large ? null : path;
    nodes[place] = large ? null : node;
    int parent = hash & PARENTS - 1;
    ZnodePath known = parentPaths[parent];
    if (known != null && known.equals(path)) {
      parentPaths[parent] = null;
      parents[parent] = null;
    }
  }

  /**
   * The same for a znode that has just got or lost a child, and is likely to get the next one as
   * well: the children that are made meanwhile do not take its place.
   */
  void putParent(int hash, ZnodePath path, Node node) {
    int place = hash & PLACES - 1;
    ZnodePath known = paths[place];
    if (known != null && known.equals(path)) {
      paths[place] = null;
      nodes[place] = null;
    }
    int parent = hash & PARENTS - 1;
    boolean large = isLarge(node);
    parentPaths[parent] = large ? null : path;
    parents[parent] = large ? null : node;
  }

  private static boolean isLarge(@Nullable Node node) {
    return node != null && node.array().length > LARGEST_DATA;
  }

  /** The head is another. */
  void clear() {
    java.util.Arrays.fill(paths, null);
    java.util.Arrays.fill(nodes, null);
    java.util.Arrays.fill(parentPaths, null);
    java.util.Arrays.fill(parents, null);
  }
}
