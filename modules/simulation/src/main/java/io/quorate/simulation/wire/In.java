package io.quorate.simulation.wire;

import io.quorate.simulation.history.AclEntry;
import io.quorate.simulation.history.StatData;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what {@link Out} writes. */
public final class In {
  private final ByteBuffer in;

  /** Reads all of {@code bytes}. */
  public In(byte[] bytes) {
    in = ByteBuffer.wrap(bytes);
  }

  /** One byte that must be 0 or 1. */
  public boolean bool() {
    byte b = need(1).get();
    if (b != 0 && b != 1) {
      throw new WireException("a boolean is " + b);
    }
    return b == 1;
  }

  /** Four bytes. */
  public int int32() {
    return need(4).getInt();
  }

  /** Eight bytes. */
  public long int64() {
    return need(8).getLong();
  }

  /** Length and bytes, null for -1. */
  public byte @Nullable [] buffer() {
    int n = int32();
    if (n == -1) {
      return null;
    }
    if (n < 0) {
      throw new WireException("a length is " + n);
    }
    need(n);
    byte[] b = new byte[n];
    in.get(b);
    return b;
  }

  /** Length and UTF-8 bytes, null for -1. */
  public @Nullable String nullableString() {
    byte[] b = buffer();
    return b == null ? null : new String(b, StandardCharsets.UTF_8);
  }

  /** A string that may not be null. */
  public String string() {
    String s = nullableString();
    if (s == null) {
      throw new WireException("a string is null");
    }
    return s;
  }

  /** Count and strings. */
  public List<String> strings() {
    int n = count(4);
    List<String> list = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      list.add(string());
    }
    return list;
  }

  /** Count and ACL entries. */
  public List<AclEntry> acl() {
    int n = count(12);
    List<AclEntry> list = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      list.add(new AclEntry(int32(), nullableString(), nullableString()));
    }
    return list;
  }

  /** 68 bytes. */
  public StatData stat() {
    return new StatData(
        int64(), int64(), int64(), int64(), int32(), int32(), int32(), int64(), int32(), int32(),
        int64());
  }

  /** How many bytes are left. */
  public int remaining() {
    return in.remaining();
  }

  /** Nothing may be left. */
  public void end() {
    if (in.hasRemaining()) {
      throw new WireException(in.remaining() + " bytes too many");
    }
  }

  private int count(int elementBytes) {
    int n = int32();
    if (n < 0 || n > in.remaining() / elementBytes) {
      throw new WireException("a count is " + n);
    }
    return n;
  }

  private ByteBuffer need(int n) {
    if (in.remaining() < n) {
      throw new WireException(
          "wanted " + n + " bytes, have " + in.remaining(), new BufferUnderflowException());
    }
    return in;
  }
}
