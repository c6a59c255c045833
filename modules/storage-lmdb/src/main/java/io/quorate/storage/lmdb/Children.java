package io.quorate.storage.lmdb;

import io.quorate.api.ChildList;
import io.quorate.api.ZnodePath;
import org.jspecify.annotations.Nullable;

/** The children of a znode of a view. */
final class Children implements ChildList {
  private final @Nullable State view;
  private final ZnodePath parent;
  private final int size;

  Children(@Nullable State view, ZnodePath parent, int size) {
    this.view = view;
    this.parent = parent;
    this.size = size;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public void forEach(Visitor visitor) {
    State v = view;
    if (v == null) {
      throw new IllegalStateException("a view is to be asked for the children of " + parent);
    }
    if (size > 0) {
      Group.children(v, parent)
          .forEach(
              (array, offset, length, number) ->
                  visitor.child(
                      array, offset, length, new LazyZnode(v, parent, array, offset, length)));
    }
  }
}
