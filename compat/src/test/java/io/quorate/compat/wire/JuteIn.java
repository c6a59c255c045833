package io.quorate.compat.wire;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads Jute values (reference section 1.1). Throws {@link BufferUnderflowException} where the
 * bytes end early and {@link IllegalArgumentException} for an impossible length.
 */
public final class JuteIn {
  private final ByteBuffer in;

  public JuteIn(byte[] bytes) {
    in = ByteBuffer.wrap(bytes);
  }

  public int remaining() {
    return in.remaining();
  }

  public boolean bool() {
    return in.get() != 0;
  }

  public int int32() {
    return in.getInt();
  }

  public long int64() {
    return in.getLong();
  }

  /** A buffer, or null. */
  public byte[] buffer() {
    int length = in.getInt();
    if (length == -1) {
      return null;
    }
    if (length < 0 || length > in.remaining()) {
      throw new IllegalArgumentException("length " + length + " of " + in.remaining());
    }
    byte[] bytes = new byte[length];
    in.get(bytes);
    return bytes;
  }

  /** A string, or null. */
  public String string() {
    byte[] bytes = buffer();
    return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
  }

  /** A vector of strings, or null. */
  public List<String> strings() {
    int count = in.getInt();
    if (count == -1) {
      return null;
    }
    List<String> list = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      list.add(string());
    }
    return list;
  }

  /** A vector of ACL entries, or null. */
  public List<AclEntry> acls() {
    int count = in.getInt();
    if (count == -1) {
      return null;
    }
    List<AclEntry> list = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      list.add(new AclEntry(int32(), string(), string()));
    }
    return list;
  }

  public WireStat stat() {
    return new WireStat(
        int64(), int64(), int64(), int64(), int32(), int32(), int32(), int64(), int32(), int32(),
        int64());
  }
}
