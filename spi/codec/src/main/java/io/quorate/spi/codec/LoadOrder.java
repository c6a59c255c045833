package io.quorate.spi.codec;

import io.quorate.api.Stability;
import io.quorate.api.TreeStore;
import io.quorate.api.TreeView;
import io.quorate.api.ZnodePath;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * For codecs that read states: tells whether the next path names a child of a znode that is there.
 * A store takes what it is given, so the codec has to be sure. Mostly the last path tells, since
 * states are written depth-first.
 */
@Stability.Evolving
public final class LoadOrder {
  private final TreeView head;

  /** The path before; its parent and itself are known to be in the store. */
  private byte[] last = {};

  /** For a store that holds the root. */
  public LoadOrder(TreeStore into) {
    this.head = into.head();
  }

  /**
   * Says what is wrong with a path, or null if its znode can be loaded; the caller then loads it
   * before it asks for another.
   */
  public @Nullable String problem(ZnodePath path) {
    byte[] p = path.bytes();
    int parent = path.nameOffset() - 1;
    boolean segmentEmpty = parent == p.length - 1 || (parent > 0 && p[parent - 1] == '/');
    if (parent < 0 || p[0] != '/' || segmentEmpty) {
      return "the path \"" + path + "\"";
    }
    boolean childOrSiblingOfLast =
        last.length >= parent
            && Arrays.equals(p, 0, parent, last, 0, parent)
            && (last.length == parent || last[parent] == '/');
    if (!childOrSiblingOfLast && head.find(path.parent()) == null) {
      return "\"" + path + "\" before its parent";
    }
    last = p;
    return null;
  }
}
