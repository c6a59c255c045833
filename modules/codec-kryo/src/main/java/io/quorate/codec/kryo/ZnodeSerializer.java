package io.quorate.codec.kryo;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.KryoException;
import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import io.quorate.api.Acl;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Znodes of one state, in an order: flags; how many bytes the path shares with the one before, and
 * the rest of it; data; the number of the access control list, and the list where it is the first
 * with that number; then the zxids and times as differences, and what else the flags announce.
 * Belongs to one state that is written or read.
 */
final class ZnodeSerializer extends Serializer<ZnodeEntry> {
  private static final int OWNED = 1; // the owner is not 0
  private static final int MODIFIED = 2; // mzxid, mtime or version are not those of a new znode
  private static final int PARENT = 4; // pzxid or the count of created children are not
  private static final int ACL_SET = 8; // the version of the list is not 0
  private static final int ALL_FLAGS = 15;

  /** {@link Acl#NONE}; the others have numbers from 1 on. */
  private static final int NO_LIST = 0;

  private final int maxValueBytes;
  private final ZnodeEntry shared = new ZnodeEntry();
  private final Map<Acl, Integer> numbers = new HashMap<>();
  private final List<Acl> lists = new ArrayList<>();
  private Acl lastAcl = Acl.NONE;
  private int lastNumber = NO_LIST;
  private byte[] lastPath = new byte[256];
  private int lastLength;
  private long lastZxid;
  private long lastTime;

  ZnodeSerializer(int maxValueBytes) {
    this.maxValueBytes = maxValueBytes;
  }

  @Override
  public void write(Kryo kryo, Output out, ZnodeEntry z) {
    int flags = flags(z);
    out.writeByte(flags);
    int common = common(z);
    out.writeVarInt(common, true);
    out.writeVarInt(z.pathLength - common, true);
    out.writeBytes(z.path, common, z.pathLength - common);
    remember(z, common);
    if (z.dataLength < 0) {
      Values.writeData(out, null);
    } else {
      Values.writeData(out, z.data, z.dataOffset, z.dataLength);
    }
    writeAcl(out, z.acl);
    out.writeVarLong(z.czxid - lastZxid, false);
    out.writeVarLong(z.ctime - lastTime, false);
    lastZxid = z.czxid;
    lastTime = z.ctime;
    if ((flags & OWNED) != 0) {
      out.writeLong(z.owner);
    }
    if ((flags & MODIFIED) != 0) {
      out.writeVarLong(z.mzxid - z.czxid, false);
      out.writeVarLong(z.mtime - z.ctime, false);
      out.writeVarInt(z.version, false);
    }
    if ((flags & PARENT) != 0) {
      out.writeVarLong(z.pzxid - z.czxid, false);
      out.writeVarInt(z.createdChildren, false);
    }
    if ((flags & ACL_SET) != 0) {
      out.writeVarInt(z.aversion, false);
    }
  }

  private static int flags(ZnodeEntry z) {
    boolean modified = z.mzxid != z.czxid || z.mtime != z.ctime || z.version != 0;
    boolean parent = z.pzxid != z.czxid || z.createdChildren != 0;
    return (z.owner != 0 ? OWNED : 0)
        | (modified ? MODIFIED : 0)
        | (parent ? PARENT : 0)
        | (z.aversion != 0 ? ACL_SET : 0);
  }

  private int common(ZnodeEntry z) {
    int max = Math.min(lastLength, z.pathLength);
    int different = Arrays.mismatch(lastPath, 0, max, z.path, 0, max);
    return different < 0 ? max : different;
  }

  private void remember(ZnodeEntry z, int from) {
    if (z.pathLength > lastPath.length) {
      lastPath = Arrays.copyOf(lastPath, Math.max(z.pathLength, 2 * lastPath.length));
    }
    System.arraycopy(z.path, from, lastPath, from, z.pathLength - from);
    lastLength = z.pathLength;
  }

  @SuppressWarnings("ReferenceEquality") // as Acl.NONE says; and neighbours often share a list
  private void writeAcl(Output out, Acl acl) {
    if (acl == lastAcl) {
      out.writeVarInt(lastNumber, true);
      return;
    }
    lastAcl = acl;
    if (acl == Acl.NONE) {
      lastNumber = NO_LIST;
      out.writeVarInt(NO_LIST, true);
      return;
    }
    int known = numbers.size();
    lastNumber = numbers.computeIfAbsent(acl, a -> known + 1);
    out.writeVarInt(lastNumber, true);
    if (lastNumber > known) {
      Values.writeAcl(out, acl);
    }
  }

  @Override
  public ZnodeEntry read(Kryo kryo, Input in, Class<? extends ZnodeEntry> type) {
    ZnodeEntry z = shared;
    int flags = in.readByteUnsigned();
    if (flags > ALL_FLAGS) {
      throw new KryoException("flags 0x" + Integer.toHexString(flags) + " of a znode");
    }
    readPath(in, z);
    byte[] data = Values.readData(in, maxValueBytes);
    z.dataOffset = 0;
    z.dataLength = data == null ? -1 : data.length;
    z.data = data == null ? z.data : data;
    z.acl = readAcl(in);
    z.czxid = lastZxid + in.readVarLong(false);
    z.ctime = lastTime + in.readVarLong(false);
    lastZxid = z.czxid;
    lastTime = z.ctime;
    z.owner = (flags & OWNED) == 0 ? 0 : in.readLong();
    boolean modified = (flags & MODIFIED) != 0;
    z.mzxid = modified ? z.czxid + in.readVarLong(false) : z.czxid;
    z.mtime = modified ? z.ctime + in.readVarLong(false) : z.ctime;
    z.version = modified ? in.readVarInt(false) : 0;
    boolean parent = (flags & PARENT) != 0;
    z.pzxid = parent ? z.czxid + in.readVarLong(false) : z.czxid;
    z.createdChildren = parent ? in.readVarInt(false) : 0;
    z.aversion = (flags & ACL_SET) == 0 ? 0 : in.readVarInt(false);
    return z;
  }

  private void readPath(Input in, ZnodeEntry z) {
    int common = in.readVarInt(true);
    if (common < 0 || common > lastLength) {
      throw new KryoException("a path with more in common than there is");
    }
    byte[] rest = Values.readBytes(in, maxValueBytes - common);
    byte[] path = Arrays.copyOf(lastPath, common + rest.length);
    System.arraycopy(rest, 0, path, common, rest.length);
    lastPath = path;
    lastLength = path.length;
    z.path = path;
    z.pathLength = path.length;
  }

  private Acl readAcl(Input in) {
    int number = in.readVarInt(true);
    if (number == NO_LIST) {
      return Acl.NONE;
    }
    int known = lists.size();
    if (number < 0 || number > known + 1) {
      throw new KryoException("an access control list that is not there");
    }
    if (number > known) {
      lists.add(Values.readAcl(in, maxValueBytes));
    }
    return lists.get(number - 1);
  }
}
