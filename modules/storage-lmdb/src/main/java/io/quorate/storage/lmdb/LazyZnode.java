package io.quorate.storage.lmdb;

import io.quorate.api.Acl;
import io.quorate.api.ChildList;
import io.quorate.api.Znode;
import io.quorate.api.ZnodePath;
import org.jspecify.annotations.Nullable;

/**
 * A child in a list, looked up when something of it is asked: most who list children want their
 * names. One thread at a time.
 */
final class LazyZnode implements Znode {
  private final State view;
  private final ZnodePath parent;
  private final byte[] array;
  private final int offset;
  private final int length;
  private @Nullable Znode found;

  LazyZnode(State view, ZnodePath parent, byte[] array, int offset, int length) {
    this.view = view;
    this.parent = parent;
    this.array = array;
    this.offset = offset;
    this.length = length;
  }

  private Znode znode() {
    Znode z = found;
    if (z == null) {
      ZnodePath path = parent.child(array, offset, length);
      z = view.find(path);
      if (z == null) {
        throw new IllegalStateException("listed and not found: " + path);
      }
      found = z;
    }
    return z;
  }

  @Override
  public long czxid() {
    return znode().czxid();
  }

  @Override
  public long mzxid() {
    return znode().mzxid();
  }

  @Override
  public long pzxid() {
    return znode().pzxid();
  }

  @Override
  public long ctime() {
    return znode().ctime();
  }

  @Override
  public long mtime() {
    return znode().mtime();
  }

  @Override
  public int version() {
    return znode().version();
  }

  @Override
  public int createdChildren() {
    return znode().createdChildren();
  }

  @Override
  public int aversion() {
    return znode().aversion();
  }

  @Override
  public long ephemeralOwner() {
    return znode().ephemeralOwner();
  }

  @Override
  public int childCount() {
    return znode().childCount();
  }

  @Override
  public int dataLength() {
    return znode().dataLength();
  }

  @Override
  public byte[] dataArray() {
    return znode().dataArray();
  }

  @Override
  public int dataOffset() {
    return znode().dataOffset();
  }

  @Override
  public Acl acl() {
    return znode().acl();
  }

  @Override
  public ChildList children() {
    return znode().children();
  }
}
