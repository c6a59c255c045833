package io.quorate.jute;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.jute.BinaryInputArchive;
import org.apache.jute.BinaryOutputArchive;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Id;
import org.apache.zookeeper.data.Stat;
import org.apache.zookeeper.proto.MultiHeader;
import org.apache.zookeeper.proto.ReplyHeader;
import org.apache.zookeeper.proto.RequestHeader;
import org.jspecify.annotations.Nullable;

/** What Apache ZooKeeper's own record classes make of things. */
final class Apache {
  private Apache() {}

  /** The bytes of these records, one behind the other. */
  static byte[] bytes(org.apache.jute.Record... records) {
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      BinaryOutputArchive archive = BinaryOutputArchive.getArchive(out);
      for (org.apache.jute.Record record : records) {
        record.serialize(archive, "");
      }
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A frame of these records. */
  static byte[] frame(org.apache.jute.Record... records) {
    byte[] payload = bytes(records);
    return ByteBuffer.allocate(4 + payload.length).putInt(payload.length).put(payload).array();
  }

  /** The frame of a request. */
  static byte[] request(int xid, int op, org.apache.jute.Record... body) {
    return frame(with(new RequestHeader(xid, op), body));
  }

  /** The frame of a reply. */
  static byte[] reply(int xid, long zxid, int err, org.apache.jute.Record... body) {
    return frame(with(new ReplyHeader(xid, zxid, err), body));
  }

  private static org.apache.jute.Record[] with(
      org.apache.jute.Record header, org.apache.jute.Record... body) {
    List<org.apache.jute.Record> all = new ArrayList<>();
    all.add(header);
    all.addAll(List.of(body));
    return all.toArray(org.apache.jute.Record[]::new);
  }

  /** The header of one operation of a multi. */
  static MultiHeader op(int type, int err) {
    return new MultiHeader(type, false, err);
  }

  /** The end of a multi. */
  static MultiHeader end() {
    return new MultiHeader(-1, true, -1);
  }

  /** Reads a record from a payload, which has to be used up. */
  static <T extends org.apache.jute.Record> T read(T record, byte[] bytes, int offset) {
    int left = readSome(record, bytes, offset);
    if (left > 0) {
      throw new AssertionError(left + " bytes left over");
    }
    return record;
  }

  /** Reads a record from a payload; says how many bytes are left over. */
  static int readSome(org.apache.jute.Record record, byte[] bytes, int offset) {
    try {
      ByteArrayInputStream in = new ByteArrayInputStream(bytes, offset, bytes.length - offset);
      record.deserialize(BinaryInputArchive.getArchive(in), "");
      return in.available();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A list with one entry. */
  static List<ACL> acl(int perms, @Nullable String scheme, @Nullable String id) {
    return new ArrayList<>(List.of(new ACL(perms, new Id(scheme, id))));
  }

  /** Apache's form of ours. */
  static List<ACL> acl(io.quorate.api.Acl acl) {
    List<ACL> list = new ArrayList<>();
    for (io.quorate.api.Acl.Entry e : acl.entries()) {
      list.add(new ACL(e.perms(), new Id(e.scheme(), e.id())));
    }
    return list;
  }

  /** Apache's form of ours. */
  static Stat stat(io.quorate.api.Stat s) {
    return new Stat(
        s.czxid(),
        s.mzxid(),
        s.ctime(),
        s.mtime(),
        s.version(),
        s.cversion(),
        s.aversion(),
        s.ephemeralOwner(),
        s.dataLength(),
        s.numChildren(),
        s.pzxid());
  }
}
