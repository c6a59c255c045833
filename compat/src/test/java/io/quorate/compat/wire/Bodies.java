package io.quorate.compat.wire;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Request bodies, in field order (reference section 1.6). */
public final class Bodies {
  public static final byte[] NONE = {};

  private Bodies() {}

  public static byte[] create(String path, byte[] data, List<AclEntry> acl, int flags) {
    return new JuteOut().string(path).buffer(data).acls(acl).int32(flags).toBytes();
  }

  public static byte[] createTtl(
      String path, byte[] data, List<AclEntry> acl, int flags, long ttl) {
    return new JuteOut().raw(create(path, data, acl, flags)).int64(ttl).toBytes();
  }

  /** delete, and check inside a multi. */
  public static byte[] pathVersion(String path, int version) {
    return new JuteOut().string(path).int32(version).toBytes();
  }

  /** exists, getData, getChildren and getChildren2. */
  public static byte[] pathWatch(String path, boolean watch) {
    return new JuteOut().string(path).bool(watch).toBytes();
  }

  /** sync, getACL, getEphemerals, getAllChildrenNumber, deleteContainer. */
  public static byte[] path(String path) {
    return new JuteOut().string(path).toBytes();
  }

  public static byte[] setData(String path, byte[] data, int version) {
    return new JuteOut().string(path).buffer(data).int32(version).toBytes();
  }

  public static byte[] setAcl(String path, List<AclEntry> acl, int version) {
    return new JuteOut().string(path).acls(acl).int32(version).toBytes();
  }

  /** addWatch (mode), removeWatches and checkWatches (watcher type). */
  public static byte[] pathInt(String path, int value) {
    return new JuteOut().string(path).int32(value).toBytes();
  }

  public static byte[] auth(String scheme, String text) {
    return new JuteOut()
        .int32(0)
        .string(scheme)
        .buffer(text == null ? null : text.getBytes(StandardCharsets.UTF_8))
        .toBytes();
  }

  public static byte[] reconfig(String joining, String leaving, String members, long version) {
    return new JuteOut().string(joining).string(leaving).string(members).int64(version).toBytes();
  }

  /** One operation of a multi: header, then body. */
  public static byte[] multiOp(int type, byte[] body) {
    return new JuteOut().int32(type).bool(false).int32(-1).raw(body).toBytes();
  }

  public static byte[] multi(List<byte[]> operations) {
    JuteOut out = new JuteOut();
    operations.forEach(out::raw);
    return out.int32(-1).bool(true).int32(-1).toBytes();
  }

  /** setWatches: three lists; setWatches2: five. */
  public static byte[] setWatches(long relativeZxid, List<List<String>> lists) {
    JuteOut out = new JuteOut().int64(relativeZxid);
    lists.forEach(out::strings);
    return out.toBytes();
  }

  /** A ConnectRequest; a null {@code readOnly} leaves the byte out. */
  public static byte[] connect(
      long lastZxidSeen, int timeoutMs, long sessionId, byte[] password, Boolean readOnly) {
    JuteOut out =
        new JuteOut()
            .int32(0)
            .int64(lastZxidSeen)
            .int32(timeoutMs)
            .int64(sessionId)
            .buffer(password);
    return readOnly == null ? out.toBytes() : out.bool(readOnly).toBytes();
  }
}
