package io.quorate.tree;

import io.quorate.api.Acl;
import io.quorate.api.ChildList;
import io.quorate.api.Znode;
import org.jspecify.annotations.Nullable;

/**
 * A znode on the heap: 64 bytes and one array with name and data. What few znodes have lives
 * elsewhere: children and what counts them in {@link Family}, owner and ACL version in {@link
 * Owned}. A znode without a family has never had a child, so its pzxid is its czxid.
 *
 * <p>Immutable, but for {@link #family}, which is set before the znode is reachable.
 */
class HeapZnode extends Trie.Keyed implements Znode {
  private static final int NULL_DATA = 1 << 31;

  private final byte[] blob; // name, then data
  private final int name; // length of the name; the top bit marks null data
  private final int version;
  private final Acl acl;
  final @Nullable Family family;
  private final long czxid;
  private final long mzxid;
  private final long ctime;
  private final long mtime;

  private HeapZnode(
      byte[] blob,
      int name,
      int version,
      Acl acl,
      @Nullable Family family,
      long czxid,
      long mzxid,
      long ctime,
      long mtime) {
    this.blob = blob;
    this.name = name;
    this.version = version;
    this.acl = acl;
    this.family = family;
    this.czxid = czxid;
    this.mzxid = mzxid;
    this.ctime = ctime;
    this.mtime = mtime;
  }

  /** A znode that has an owner or an ACL version. */
  private static final class Owned extends HeapZnode {
    private final long owner;
    private final int aversion;

    Owned(HeapZnode base, @Nullable Family family, Acl acl, long owner, int aversion) {
      super(
          base.blob,
          base.name,
          base.version,
          acl,
          family,
          base.czxid,
          base.mzxid,
          base.ctime,
          base.mtime);
      this.owner = owner;
      this.aversion = aversion;
    }

    @Override
    public long ephemeralOwner() {
      return owner;
    }

    @Override
    public int aversion() {
      return aversion;
    }
  }

  static HeapZnode of(
      byte[] path,
      int nameAt,
      byte @Nullable [] data,
      Acl acl,
      long owner,
      int version,
      int aversion,
      long czxid,
      long mzxid,
      long ctime,
      long mtime) {
    int length = path.length - nameAt;
    int name = data == null ? length | NULL_DATA : length;
    HeapZnode plain =
        new HeapZnode(
            blob(path, nameAt, length, data), name, version, acl, null, czxid, mzxid, ctime, mtime);
    return plain.owned(null, acl, owner, aversion);
  }

  private static byte[] blob(byte[] from, int nameAt, int length, byte @Nullable [] data) {
    byte[] blob = new byte[length + (data == null ? 0 : data.length)];
    System.arraycopy(from, nameAt, blob, 0, length);
    if (data != null) {
      System.arraycopy(data, 0, blob, length, data.length);
    }
    return blob;
  }

  private HeapZnode owned(@Nullable Family family, Acl acl, long owner, int aversion) {
    if (owner != 0 || aversion != 0) {
      return new Owned(this, family, acl, owner, aversion);
    }
    if (family == this.family && acl == this.acl && !(this instanceof Owned)) {
      return this;
    }
    return new HeapZnode(blob, name, version, acl, family, czxid, mzxid, ctime, mtime);
  }

  HeapZnode withFamily(@Nullable Family family) {
    return owned(family, acl, ephemeralOwner(), aversion());
  }

  HeapZnode withAcl(Acl acl, int aversion) {
    return owned(family, acl, ephemeralOwner(), aversion);
  }

  HeapZnode withData(byte @Nullable [] data, int version, long mzxid, long mtime) {
    int length = keyLength();
    HeapZnode plain =
        new HeapZnode(
            blob(blob, 0, length, data),
            data == null ? length | NULL_DATA : length,
            version,
            acl,
            family,
            czxid,
            mzxid,
            ctime,
            mtime);
    return plain.owned(family, acl, ephemeralOwner(), aversion());
  }

  @Override
  byte[] key() {
    return blob;
  }

  @Override
  int keyLength() {
    return name & ~NULL_DATA;
  }

  @Override
  public long czxid() {
    return czxid;
  }

  @Override
  public long mzxid() {
    return mzxid;
  }

  @Override
  public long pzxid() {
    Family f = family;
    return f == null ? czxid : f.pzxid;
  }

  @Override
  public long ctime() {
    return ctime;
  }

  @Override
  public long mtime() {
    return mtime;
  }

  @Override
  public int version() {
    return version;
  }

  @Override
  public int createdChildren() {
    Family f = family;
    return f == null ? 0 : f.created;
  }

  @Override
  public int aversion() {
    return 0;
  }

  @Override
  public long ephemeralOwner() {
    return 0;
  }

  @Override
  public int childCount() {
    Family f = family;
    return f == null ? 0 : f.count;
  }

  @Override
  public int dataLength() {
    return name < 0 ? -1 : blob.length - name;
  }

  @Override
  public byte[] dataArray() {
    return blob;
  }

  @Override
  public int dataOffset() {
    return keyLength();
  }

  @Override
  public Acl acl() {
    return acl;
  }

  @Override
  public ChildList children() {
    Family f = family;
    return f == null ? Family.NONE : f;
  }
}
