package io.quorate.jute;

import io.quorate.api.Acl;
import io.quorate.api.NodeDigest;
import io.quorate.api.OpCode;
import io.quorate.api.Txn;
import io.quorate.api.TxnHeader;
import io.quorate.api.TxnRecord;
import io.quorate.api.ZnodePath;
import io.quorate.spi.codec.CodecException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Transactions as Apache's log holds them: header, record, and a digest if there is one (reference
 * section 4.2). The type in the header, not the class of the record, tells the form of the bytes.
 */
final class TxnWire {
  private static final int HEADER_BYTES = 32;
  private static final int DIGEST_BYTES = 12;

  private TxnWire() {}

  /** The bytes of a record, in an array that they fill. */
  static byte[] encode(TxnRecord record) {
    TxnHeader header = record.header();
    int size =
        HEADER_BYTES + size(header.type(), record.txn()) + (record.digested() ? DIGEST_BYTES : 0);
    WireWriter out = WireWriter.ofSize(size);
    out.putLong(header.sessionId());
    out.putInt(header.cxid());
    out.putLong(header.zxid());
    out.putLong(header.time());
    out.putInt(header.type());
    write(out, header.type(), record.txn());
    if (record.digested()) {
      out.putInt(NodeDigest.VERSION);
      out.putLong(record.digest());
    }
    if (out.position() != size) {
      throw new IllegalStateException(size + " bytes foreseen, written " + out.position());
    }
    return out.array();
  }

  /** The record in these bytes, none of which may be left over. */
  static TxnRecord decode(byte[] bytes, int offset, int length) throws CodecException {
    WireReader in = new WireReader(bytes, offset, length);
    TxnHeader header =
        new TxnHeader(in.readLong(), in.readInt(), in.readLong(), in.readLong(), in.readInt());
    Txn txn = in.failed() ? null : read(header.type(), in);
    // A digest of another version can not be compared with ours, so it counts as none.
    boolean digested = false;
    long digest = 0;
    if (in.remaining() == DIGEST_BYTES) {
      digested = in.readInt() == NodeDigest.VERSION;
      digest = in.readLong();
    }
    if (in.remaining() > 0) {
      in.fail(in.remaining() + " bytes too many");
    }
    if (txn == null || in.failed()) {
      throw new CodecException("not a transaction: " + in.problem());
    }
    return new TxnRecord(header, txn, digested, digested ? digest : 0);
  }

  // Sizes

  private static int size(int type, Txn txn) {
    if (txn instanceof Txn.Create t) {
      return size(t.path()) + size(t.data()) + AclWire.size(listOrNull(t.acl())) + 5;
    } else if (txn instanceof Txn.SetData t) {
      return size(t.path()) + size(t.data()) + 4;
    } else if (txn instanceof Txn.Delete t) {
      return size(t.path());
    } else if (txn instanceof Txn.CreateTtl t) {
      return size(t.path()) + size(t.data()) + AclWire.size(listOrNull(t.acl())) + 12;
    } else if (txn instanceof Txn.CreateContainer t) {
      return size(t.path()) + size(t.data()) + AclWire.size(listOrNull(t.acl())) + 4;
    } else if (txn instanceof Txn.SetAcl t) {
      return size(t.path()) + AclWire.size(listOrNull(t.acl())) + 4;
    } else if (txn instanceof Txn.Check t) {
      return size(t.path()) + 4;
    } else if (txn instanceof Txn.CreateSession || txn instanceof Txn.Error) {
      return 4;
    } else if (txn instanceof Txn.CloseSession t) {
      return sizeOfPaths(t.paths());
    } else if (txn instanceof Txn.Multi t) {
      return sizeOfParts(t.parts());
    }
    throw new IllegalArgumentException("no encoding for " + txn.getClass() + " of type " + type);
  }

  private static int size(ZnodePath path) {
    return 4 + path.length();
  }

  private static int size(byte @Nullable [] data) {
    return data == null ? 4 : 4 + data.length;
  }

  private static int sizeOfPaths(@Nullable List<ZnodePath> paths) {
    if (paths == null) {
      return 0;
    }
    int size = 4;
    for (ZnodePath path : paths) {
      size = Math.addExact(size, size(path));
    }
    return size;
  }

  private static int sizeOfParts(List<Txn.Part> parts) {
    int size = 4;
    for (Txn.Part part : parts) {
      size = Math.addExact(size, 8 + size(part.type(), part.txn()));
    }
    return size;
  }

  // Writing

  private static void write(WireWriter out, int type, Txn txn) {
    switch (type) {
      case OpCode.CREATE, OpCode.CREATE2 -> {
        Txn.Create t = as(Txn.Create.class, type, txn);
        node(out, t.path(), t.data(), t.acl());
        out.putBoolean(t.ephemeral());
        out.putInt(t.parentCreated());
      }
      case OpCode.CREATE_TTL -> {
        Txn.CreateTtl t = as(Txn.CreateTtl.class, type, txn);
        node(out, t.path(), t.data(), t.acl());
        out.putInt(t.parentCreated());
        out.putLong(t.ttlMs());
      }
      case OpCode.CREATE_CONTAINER -> {
        Txn.CreateContainer t = as(Txn.CreateContainer.class, type, txn);
        node(out, t.path(), t.data(), t.acl());
        out.putInt(t.parentCreated());
      }
      case OpCode.DELETE, OpCode.DELETE_CONTAINER ->
          out.putPath(as(Txn.Delete.class, type, txn).path());
      case OpCode.SET_DATA, OpCode.RECONFIG -> {
        Txn.SetData t = as(Txn.SetData.class, type, txn);
        out.putPath(t.path());
        out.putBuffer(t.data());
        out.putInt(t.version());
      }
      case OpCode.SET_ACL -> {
        Txn.SetAcl t = as(Txn.SetAcl.class, type, txn);
        out.putPath(t.path());
        AclWire.write(out, listOrNull(t.acl()));
        out.putInt(t.version());
      }
      case OpCode.CHECK -> {
        Txn.Check t = as(Txn.Check.class, type, txn);
        out.putPath(t.path());
        out.putInt(t.version());
      }
      case OpCode.CREATE_SESSION -> out.putInt(as(Txn.CreateSession.class, type, txn).timeoutMs());
      case OpCode.CLOSE_SESSION -> {
        List<ZnodePath> paths = as(Txn.CloseSession.class, type, txn).paths();
        if (paths != null) {
          ReplyEncoder.paths(out, paths);
        }
      }
      case OpCode.ERROR -> out.putInt(as(Txn.Error.class, type, txn).code());
      case OpCode.MULTI -> parts(out, as(Txn.Multi.class, type, txn).parts());
      default -> throw new IllegalArgumentException("no transaction has the type " + type);
    }
  }

  /** A record that does not fit its type must never be logged: nobody could apply it. */
  private static <T extends Txn> T as(Class<T> wanted, int type, Txn txn) {
    if (!wanted.isInstance(txn)) {
      throw new IllegalArgumentException("type " + type + " does not go with " + txn.getClass());
    }
    return wanted.cast(txn);
  }

  private static void node(WireWriter out, ZnodePath path, byte @Nullable [] data, Acl acl) {
    out.putPath(path);
    out.putBuffer(data);
    AclWire.write(out, listOrNull(acl));
  }

  private static void parts(WireWriter out, List<Txn.Part> parts) {
    out.putInt(parts.size());
    for (Txn.Part part : parts) {
      if (!isPart(part.type())) {
        throw new IllegalArgumentException("type " + part.type() + " within a multi");
      }
      out.putInt(part.type());
      int buffer = out.beginFrame();
      write(out, part.type(), part.txn());
      out.endFrame(buffer);
    }
  }

  private static boolean isPart(int type) {
    return switch (type) {
      case OpCode.CREATE,
          OpCode.CREATE2,
          OpCode.CREATE_CONTAINER,
          OpCode.CREATE_TTL,
          OpCode.DELETE,
          OpCode.DELETE_CONTAINER,
          OpCode.SET_DATA,
          OpCode.CHECK,
          OpCode.ERROR ->
          true;
      default -> false;
    };
  }

  /** "No list" is a null vector, which Apache takes for the key -1. */
  @SuppressWarnings("ReferenceEquality") // as Acl.NONE says
  private static @Nullable Acl listOrNull(Acl acl) {
    return acl == Acl.NONE ? null : acl;
  }

  // Reading

  private static @Nullable Txn read(int type, WireReader in) {
    return switch (type) {
      case OpCode.CREATE, OpCode.CREATE2 -> readCreate(in);
      case OpCode.CREATE_TTL ->
          new Txn.CreateTtl(
              in.readPath(), in.readBuffer(), readAcl(in), in.readInt(), in.readLong());
      case OpCode.CREATE_CONTAINER ->
          new Txn.CreateContainer(in.readPath(), in.readBuffer(), readAcl(in), in.readInt());
      case OpCode.DELETE, OpCode.DELETE_CONTAINER -> new Txn.Delete(in.readPath());
      case OpCode.SET_DATA, OpCode.RECONFIG ->
          new Txn.SetData(in.readPath(), in.readBuffer(), in.readInt());
      case OpCode.SET_ACL -> new Txn.SetAcl(in.readPath(), readAcl(in), in.readInt());
      case OpCode.CHECK -> new Txn.Check(in.readPath(), in.readInt());
      case OpCode.CREATE_SESSION -> new Txn.CreateSession(in.readInt());
      case OpCode.CLOSE_SESSION -> readCloseSession(in);
      case OpCode.ERROR -> new Txn.Error(in.readInt());
      case OpCode.MULTI -> readMulti(in);
      default -> {
        in.fail("no transaction has the type " + type);
        yield null;
      }
    };
  }

  private static Acl readAcl(WireReader in) {
    Acl acl = AclWire.read(in);
    return acl == null ? Acl.NONE : acl;
  }

  /** Without the parent's count it is the form that servers before 3.4 wrote. */
  private static Txn readCreate(WireReader in) {
    ZnodePath path = in.readPath();
    byte[] data = in.readBuffer();
    Acl acl = readAcl(in);
    boolean ephemeral = in.readBoolean();
    int parentCreated = in.remaining() == 0 ? -1 : in.readInt();
    return new Txn.Create(path, data, acl, ephemeral, parentCreated);
  }

  /**
   * Servers before 3.6, and newer ones told so, log no paths. Then a digest may follow at once: as
   * a list of paths it would be two empty ones, which no ephemeral has.
   */
  private static Txn readCloseSession(WireReader in) {
    boolean digestOnly = in.remaining() == DIGEST_BYTES && in.peekInt() == NodeDigest.VERSION;
    return new Txn.CloseSession(in.remaining() == 0 || digestOnly ? null : in.readPaths());
  }

  /**
   * When Apache applies a failed multi it makes every part an error and leaves the part's bytes as
   * they were; a learner that is synchronised afterwards logs that. So behind an error's code,
   * which is of no use then, there may be more.
   */
  private static @Nullable Txn readMulti(WireReader in) {
    int n = in.readCount(8, Integer.MAX_VALUE);
    if (n < 0) {
      in.fail("a multi without a list");
      return null;
    }
    List<Txn.Part> parts = new ArrayList<>(n);
    for (int i = 0; i < n && !in.failed(); i++) {
      int type = in.readInt();
      if (!isPart(type)) {
        in.fail("type " + type + " within a multi");
        return null;
      }
      int end = in.beginBuffer();
      Txn txn = in.failed() ? null : read(type, in);
      if (type == OpCode.ERROR && !in.failed()) {
        in.skipRest();
      }
      in.endBuffer(end);
      if (txn == null) {
        return null;
      }
      parts.add(new Txn.Part(type, txn));
    }
    return new Txn.Multi(parts);
  }
}
