package io.quorate.codec.kryo;

import io.quorate.api.Acl;
import io.quorate.api.LoadedZnode;
import io.quorate.api.TreeStore;
import io.quorate.api.Znode;
import io.quorate.api.ZnodePath;
import org.jspecify.annotations.Nullable;

/** A znode of a state. There is one for all znodes, filled again and again. */
final class ZnodeEntry {
  private static final byte[] NOTHING = {};

  /** The path is the first {@link #pathLength} bytes; the root's is empty. */
  byte[] path = NOTHING;

  int pathLength;

  byte[] data = NOTHING;
  int dataOffset;

  /** -1 for null. */
  int dataLength;

  Acl acl = Acl.NONE;
  long czxid;
  long mzxid;
  long pzxid;
  long ctime;
  long mtime;
  int version;
  int createdChildren;
  int aversion;
  long owner;

  /** Takes the values of a znode; the arrays are not copied. */
  void fill(byte[] znodePath, int length, Znode znode) {
    path = znodePath;
    pathLength = length;
    dataLength = znode.dataLength();
    data = dataLength < 0 ? NOTHING : znode.dataArray();
    dataOffset = dataLength < 0 ? 0 : znode.dataOffset();
    acl = znode.acl();
    czxid = znode.czxid();
    mzxid = znode.mzxid();
    pzxid = znode.pzxid();
    ctime = znode.ctime();
    mtime = znode.mtime();
    version = znode.version();
    createdChildren = znode.createdChildren();
    aversion = znode.aversion();
    owner = znode.ephemeralOwner();
  }

  /** Loads it; gives its arrays away. */
  void loadInto(TreeStore store, ZnodePath as) {
    byte @Nullable [] bytes = dataLength < 0 ? null : data;
    store.load(
        new LoadedZnode(
            as,
            bytes,
            acl,
            czxid,
            mzxid,
            pzxid,
            ctime,
            mtime,
            version,
            createdChildren,
            aversion,
            owner));
  }
}
