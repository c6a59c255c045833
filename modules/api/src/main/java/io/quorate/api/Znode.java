package io.quorate.api;

import org.jspecify.annotations.Nullable;

/**
 * One znode at one moment. Belongs to the {@link TreeView} it came from and is valid as long as
 * that view; a view on the heap lives as long as it is referenced.
 */
public interface Znode {
  /** The zxid that created it. */
  long czxid();

  /** The zxid of the last setData, or of the creation. */
  long mzxid();

  /** The zxid of the last creation or deletion of a child. */
  long pzxid();

  /** When it was created, ms. */
  long ctime();

  /** When its data was last set, ms. */
  long mtime();

  /** The data version. */
  int version();

  /** Child creations so far: the persisted cversion, from which sequence numbers come (NODE-2). */
  int createdChildren();

  /** The ACL version. */
  int aversion();

  /** The owner as stored: see {@link EphemeralOwner}. */
  long ephemeralOwner();

  /** How many children it has. */
  int childCount();

  /** Length of the data; -1 if the data is null. */
  int dataLength();

  /**
   * An array that holds the data at {@link #dataOffset}, {@link #dataLength} long. Must not be
   * changed; holds other things around the data. Unspecified where the data is null.
   */
  byte[] dataArray();

  /** Where in {@link #dataArray} the data starts. */
  int dataOffset();

  /** Who may do what. */
  Acl acl();

  /** The children, in no particular order. */
  ChildList children();

  /** A copy of the data, or null. */
  default byte @Nullable [] data() {
    int n = dataLength();
    return n < 0 ? null : java.util.Arrays.copyOfRange(dataArray(), dataOffset(), dataOffset() + n);
  }

  /** The cversion that clients see: creations and deletions of children. */
  default int cversion() {
    return createdChildren() * 2 - childCount();
  }

  /** The metadata as clients see it. */
  default Stat stat(EphemeralOwner.Encoding encoding) {
    return new Stat(
        czxid(),
        mzxid(),
        ctime(),
        mtime(),
        version(),
        cversion(),
        aversion(),
        EphemeralOwner.visible(ephemeralOwner(), encoding),
        Math.max(0, dataLength()),
        childCount(),
        pzxid());
  }
}
