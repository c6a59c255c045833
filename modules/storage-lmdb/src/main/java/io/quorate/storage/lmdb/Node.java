package io.quorate.storage.lmdb;

import io.quorate.api.Acl;
import io.quorate.api.LoadedZnode;

/**
 * What is stored of one znode. Immutable.
 *
 * @param array holds the data, among other things
 * @param length of the data, or -1 for null
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Node(
    byte[] array,
    int offset,
    int length,
    Acl acl,
    long owner,
    long czxid,
    long mzxid,
    long pzxid,
    long ctime,
    long mtime,
    int version,
    int aversion,
    int createdChildren,
    int childCount) {
  private static final byte[] NO_DATA = {};

  /** A new znode. */
  static Node of(
      byte @org.jspecify.annotations.Nullable [] data, Acl acl, long owner, long zxid, long time) {
    return new Node(
        data == null ? NO_DATA : data,
        0,
        data == null ? -1 : data.length,
        acl,
        owner,
        zxid,
        zxid,
        zxid,
        time,
        time,
        0,
        0,
        0,
        0);
  }

  /** A znode of a state, with this many children so far. */
  static Node of(LoadedZnode loaded, int childCount) {
    byte[] data = loaded.data();
    return new Node(
        data == null ? NO_DATA : data,
        0,
        data == null ? -1 : data.length,
        loaded.acl(),
        loaded.ephemeralOwner(),
        loaded.czxid(),
        loaded.mzxid(),
        loaded.pzxid(),
        loaded.ctime(),
        loaded.mtime(),
        loaded.version(),
        loaded.aversion(),
        loaded.createdChildren(),
        childCount);
  }

  Node withData(
      byte @org.jspecify.annotations.Nullable [] data, int version, long mzxid, long mtime) {
    return new Node(
        data == null ? NO_DATA : data,
        0,
        data == null ? -1 : data.length,
        acl,
        owner,
        czxid,
        mzxid,
        pzxid,
        ctime,
        mtime,
        version,
        aversion,
        createdChildren,
        childCount);
  }

  Node withAcl(Acl acl, int aversion) {
    return new Node(
        array,
        offset,
        length,
        acl,
        owner,
        czxid,
        mzxid,
        pzxid,
        ctime,
        mtime,
        version,
        aversion,
        createdChildren,
        childCount);
  }

  Node withChildren(int created, long pzxid, int count) {
    return new Node(
        array, offset, length, acl, owner, czxid, mzxid, pzxid, ctime, mtime, version, aversion,
        created, count);
  }

  int dataBytes() {
    return Math.max(0, length);
  }
}
