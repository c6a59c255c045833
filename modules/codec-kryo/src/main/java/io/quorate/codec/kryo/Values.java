package io.quorate.codec.kryo;

import com.esotericsoftware.kryo.kryo5.KryoException;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.KryoBufferUnderflowException;
import com.esotericsoftware.kryo.kryo5.io.Output;
import io.quorate.api.Acl;
import io.quorate.api.ZnodePath;
import io.quorate.api.Zxid;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Paths, data, lists and zxids. Kryo's own methods for strings and arrays take memory for whatever
 * length the bytes claim, so these check it first: against a limit, and against what is left of a
 * record. What does not fit throws {@link KryoException}.
 */
final class Values {
  /** A list that is absent, as {@link Acl#NONE} says. */
  private static final int NO_LIST = 0;

  /** {@link Acl#OPEN}, which nearly every create has. */
  private static final int OPEN_LIST = 1;

  private static final int FIRST_COUNT = 2;

  /** Permissions and two lengths. */
  private static final int MIN_ENTRY_BYTES = 3;

  /** Longer values of a stream are read in growing pieces. */
  private static final int FIRST_CHUNK = 1 << 20;

  private static final byte[] NOTHING = {};

  private Values() {}

  /** What was wrong, for people. */
  static String problem(RuntimeException e) {
    return e instanceof KryoBufferUnderflowException
        ? "it ends too early"
        : String.valueOf(e.getMessage());
  }

  static void writeZxid(Output out, long zxid) {
    out.writeVarInt((int) Zxid.epoch(zxid), true);
    out.writeVarInt((int) Zxid.counter(zxid), true);
  }

  static long readZxid(Input in) {
    long epoch = in.readVarInt(true);
    return Zxid.of(epoch, in.readVarInt(true));
  }

  /** How many bytes of a record are left; no limit where it is a stream that is read. */
  private static int left(Input in) {
    return in.getInputStream() == null ? in.limit() - in.position() : Integer.MAX_VALUE;
  }

  /** A number of things that take at least so many bytes each. */
  static int readCount(Input in, int minBytes) {
    return checkedCount(in, in.readVarInt(true), minBytes);
  }

  /** A number of such things that was read already. */
  static int checkedCount(Input in, int n, int minBytes) {
    if (n < 0 || n > left(in) / minBytes) {
      throw new KryoException("a count of " + Integer.toUnsignedString(n) + ", more than is left,");
    }
    return n;
  }

  static void writeBytes(Output out, byte[] bytes) {
    out.writeVarInt(bytes.length, true);
    out.writeBytes(bytes, 0, bytes.length);
  }

  static byte[] readBytes(Input in, int max) {
    return readBytesOf(in, in.readVarInt(true), max);
  }

  private static byte[] readBytesOf(Input in, int n, int max) {
    if (n < 0 || n > max) {
      throw new KryoException(
          "a value of "
              + Integer.toUnsignedString(n)
              + " bytes, where at most "
              + max
              + " are allowed,");
    }
    if (n > left(in)) {
      throw new KryoException("a value of " + n + " bytes, more than are left,");
    }
    if (n == 0) {
      return NOTHING;
    }
    return n <= FIRST_CHUNK ? in.readBytes(n) : readLong(in, n);
  }

  /** Takes memory only as the bytes arrive. */
  private static byte[] readLong(Input in, int n) {
    byte[] bytes = new byte[FIRST_CHUNK];
    int have = 0;
    while (true) {
      in.readBytes(bytes, have, bytes.length - have);
      have = bytes.length;
      if (have == n) {
        return bytes;
      }
      bytes = Arrays.copyOf(bytes, (int) Math.min(n, 2L * have));
    }
  }

  /** Data, which may be null. */
  static void writeData(Output out, byte @Nullable [] data) {
    if (data == null) {
      out.writeVarInt(0, true);
    } else {
      writeData(out, data, 0, data.length);
    }
  }

  /** A part of an array as data. */
  static void writeData(Output out, byte[] array, int offset, int length) {
    out.writeVarInt(length + 1, true);
    out.writeBytes(array, offset, length);
  }

  static byte @Nullable [] readData(Input in, int max) {
    int n = in.readVarInt(true);
    return n == 0 ? null : readBytesOf(in, n - 1, max);
  }

  static void writePath(Output out, ZnodePath path) {
    writeBytes(out, path.bytes());
  }

  static ZnodePath readPath(Input in) {
    return ZnodePath.wrap(readBytes(in, Integer.MAX_VALUE));
  }

  private static void writeText(Output out, String text) {
    writeBytes(out, text.getBytes(StandardCharsets.UTF_8));
  }

  private static String readText(Input in, int max) {
    byte[] utf8 = readBytes(in, max);
    return utf8.length == 0 ? "" : new String(utf8, StandardCharsets.UTF_8);
  }

  /** A list as a transaction or a state holds it. */
  @SuppressWarnings("ReferenceEquality") // as Acl.NONE says
  static void writeAcl(Output out, Acl acl) {
    if (acl == Acl.NONE) {
      out.writeVarInt(NO_LIST, true);
    } else if (acl == Acl.OPEN || acl.equals(Acl.OPEN)) {
      out.writeVarInt(OPEN_LIST, true);
    } else {
      List<Acl.Entry> entries = acl.entries();
      out.writeVarInt(FIRST_COUNT + entries.size(), true);
      for (Acl.Entry entry : entries) {
        out.writeVarInt(entry.perms(), false);
        writeText(out, entry.scheme());
        writeText(out, entry.id());
      }
    }
  }

  static Acl readAcl(Input in, int max) {
    int n = in.readVarInt(true);
    if (n == NO_LIST) {
      return Acl.NONE;
    }
    if (n == OPEN_LIST) {
      return Acl.OPEN;
    }
    int count = checkedCount(in, n - FIRST_COUNT, MIN_ENTRY_BYTES);
    // In a stream the count can not be checked, so memory is taken as entries come.
    List<Acl.Entry> entries = new ArrayList<>(Math.min(count, 1000));
    for (int i = 0; i < count; i++) {
      int perms = in.readVarInt(false);
      String scheme = readText(in, max);
      entries.add(new Acl.Entry(perms, scheme, readText(in, max)));
    }
    Acl acl = new Acl(entries);
    return acl.equals(Acl.OPEN) ? Acl.OPEN : acl;
  }
}
