package io.quorate.storage.lmdb;

import io.quorate.api.Acl;
import io.quorate.api.ChildList;
import io.quorate.api.Znode;
import io.quorate.api.ZnodePath;
import org.jspecify.annotations.Nullable;

/** A znode with the view it came from. */
class ViewZnode implements Znode {
  private final @Nullable State view;
  final ZnodePath path;
  private final Node node;

  /**
   * A znode of a view.
   *
   * @param view null for a mutator's answer, whose children can only be counted
   */
  ViewZnode(@Nullable State view, ZnodePath path, Node node) {
    this.view = view;
    this.path = path;
    this.node = node;
  }

  @Override
  public long czxid() {
    return node.czxid();
  }

  @Override
  public long mzxid() {
    return node.mzxid();
  }

  @Override
  public long pzxid() {
    return node.pzxid();
  }

  @Override
  public long ctime() {
    return node.ctime();
  }

  @Override
  public long mtime() {
    return node.mtime();
  }

  @Override
  public int version() {
    return node.version();
  }

  @Override
  public int createdChildren() {
    return node.createdChildren();
  }

  @Override
  public int aversion() {
    return node.aversion();
  }

  @Override
  public long ephemeralOwner() {
    return node.owner();
  }

  @Override
  public int childCount() {
    return node.childCount();
  }

  @Override
  public int dataLength() {
    return node.length();
  }

  @Override
  public byte[] dataArray() {
    return node.array();
  }

  @Override
  public int dataOffset() {
    return node.offset();
  }

  @Override
  public Acl acl() {
    return node.acl();
  }

  @Override
  public ChildList children() {
    return new Children(view, path, node.childCount());
  }
}
