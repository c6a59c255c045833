package io.quorate.spi.codec;

import io.quorate.api.Stability;
import io.quorate.api.Znode;
import java.util.ArrayDeque;
import java.util.Arrays;

/**
 * For codecs that write states: visits every znode of a view once, a parent always before its
 * children. It goes depth-first and holds neither lists of children nor paths, only the way down to
 * where it is. Subtrees that begin {@link #MAX_NESTING} levels further down are put off and visited
 * after the others, so that the stack stays short however deep a tree is.
 */
@Stability.Evolving
public final class TreeWalk {
  /** How deep it nests; a level takes a few frames of the stack, the store's own among them. */
  private static final int MAX_NESTING = 100;

  /** Takes one znode; the root's path is empty. */
  @FunctionalInterface
  public interface Visitor {
    /** The path is the first {@code length} bytes, valid during the call. */
    void znode(byte[] path, int length, Znode znode);
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Deferred(byte[] path, Znode znode) {}

  private final Visitor visitor;
  private final ArrayDeque<Deferred> deferred = new ArrayDeque<>();
  private byte[] path = new byte[256];

  private TreeWalk(Visitor visitor) {
    this.visitor = visitor;
  }

  /** Visits {@code root} and everything below it; what the visitor throws ends it. */
  public static void walk(Znode root, Visitor visitor) {
    TreeWalk walk = new TreeWalk(visitor);
    visitor.znode(walk.path, 0, root);
    walk.descend(root, 0, 0);
    Deferred next = walk.deferred.poll();
    while (next != null) {
      walk.reserve(next.path.length);
      System.arraycopy(next.path, 0, walk.path, 0, next.path.length);
      walk.descend(next.znode, next.path.length, 0);
      next = walk.deferred.poll();
    }
  }

  private void descend(Znode parent, int parentLength, int depth) {
    if (parent.childCount() == 0) {
      return;
    }
    if (depth == MAX_NESTING) {
      deferred.push(new Deferred(Arrays.copyOf(path, parentLength), parent));
      return;
    }
    parent
        .children()
        .forEach(
            (name, offset, length, child) -> {
              int childLength = parentLength + 1 + length;
              reserve(childLength);
              path[parentLength] = '/';
              System.arraycopy(name, offset, path, parentLength + 1, length);
              visitor.znode(path, childLength, child);
              descend(child, childLength, depth + 1);
            });
  }

  private void reserve(int length) {
    if (length > path.length) {
      path = Arrays.copyOf(path, Math.max(length, 2 * path.length));
    }
  }
}
