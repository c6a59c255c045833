package io.quorate.tree;

import io.quorate.api.Acl;
import io.quorate.api.ChildList;
import io.quorate.api.Znode;
import org.jspecify.annotations.Nullable;

/**
 * A znode on the heap: its {@link ZnodeRecord}, its list, and its {@link Family} if it ever had a
 * child; without one its pzxid is its czxid. The record alone is kept where it tells all ({@link
 * #entry}), and this is made when it is looked up.
 *
 * <p>Immutable, but for what changes within the family.
 */
final class HeapZnode extends Trie.Keyed implements Znode {
  private final byte[] record;
  private final Acl acl;
  final @Nullable Family family;

  private HeapZnode(byte[] record, Acl acl, @Nullable Family family) {
    this.record = record;
    this.acl = acl;
    this.family = family;
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
    byte[] record =
        ZnodeRecord.of(
            path,
            nameAt,
            path.length - nameAt,
            data,
            0,
            data == null ? -1 : data.length,
            owner,
            version,
            aversion,
            czxid,
            mzxid,
            ctime,
            mtime);
    return new HeapZnode(record, acl, null);
  }

  /** The znode that a trie's entry stands for. */
  static @Nullable HeapZnode ofEntry(@Nullable Object entry) {
    return entry instanceof byte[] record
        ? new HeapZnode(record, Acl.OPEN, null)
        : (HeapZnode) entry;
  }

  /** What a trie keeps of this: the record alone where there is no family and the list is open. */
  Object entry() {
    return family == null && acl == Acl.OPEN ? record : this;
  }

  HeapZnode withFamily(Family family) {
    return new HeapZnode(record, acl, family);
  }

  HeapZnode withAcl(Acl acl, int aversion) {
    byte[] changed =
        ZnodeRecord.of(
            record,
            ZnodeRecord.NAME,
            ZnodeRecord.nameLength(record),
            record,
            ZnodeRecord.dataOffset(record),
            ZnodeRecord.dataLength(record),
            ephemeralOwner(),
            version(),
            aversion,
            czxid(),
            mzxid(),
            ctime(),
            mtime());
    return new HeapZnode(changed, acl, family);
  }

  HeapZnode withData(byte @Nullable [] data, int version, long mzxid, long mtime) {
    byte[] changed =
        ZnodeRecord.of(
            record,
            ZnodeRecord.NAME,
            ZnodeRecord.nameLength(record),
            data,
            0,
            data == null ? -1 : data.length,
            ephemeralOwner(),
            version,
            aversion(),
            czxid(),
            mzxid,
            ctime(),
            mtime);
    return new HeapZnode(changed, acl, family);
  }

  @Override
  byte[] key() {
    return record;
  }

  @Override
  int keyOffset() {
    return ZnodeRecord.NAME;
  }

  @Override
  int keyLength() {
    return ZnodeRecord.nameLength(record);
  }

  @Override
  public long czxid() {
    return ZnodeRecord.czxid(record);
  }

  @Override
  public long mzxid() {
    return ZnodeRecord.mzxid(record);
  }

  @Override
  public long pzxid() {
    Family f = family;
    return f == null ? czxid() : f.pzxid;
  }

  @Override
  public long ctime() {
    return ZnodeRecord.ctime(record);
  }

  @Override
  public long mtime() {
    return ZnodeRecord.mtime(record);
  }

  @Override
  public int version() {
    return ZnodeRecord.version(record);
  }

  @Override
  public int createdChildren() {
    Family f = family;
    return f == null ? 0 : f.created;
  }

  @Override
  public int aversion() {
    return ZnodeRecord.aversion(record);
  }

  @Override
  public long ephemeralOwner() {
    return ZnodeRecord.owner(record);
  }

  @Override
  public int childCount() {
    Family f = family;
    return f == null ? 0 : f.count;
  }

  @Override
  public int dataLength() {
    return ZnodeRecord.dataLength(record);
  }

  @Override
  public byte[] dataArray() {
    return record;
  }

  @Override
  public int dataOffset() {
    return ZnodeRecord.dataOffset(record);
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
