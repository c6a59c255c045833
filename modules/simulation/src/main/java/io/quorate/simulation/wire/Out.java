package io.quorate.simulation.wire;

import io.quorate.simulation.history.AclEntry;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes big-endian values and length-prefixed ones (reference section 1.1). */
public final class Out {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /** One byte, 0 or 1. */
  public Out bool(boolean v) {
    bytes.write(v ? 1 : 0);
    return this;
  }

  /** Four bytes. */
  public Out int32(int v) {
    for (int shift = 24; shift >= 0; shift -= 8) {
      bytes.write(v >>> shift);
    }
    return this;
  }

  /** Eight bytes. */
  public Out int64(long v) {
    int32((int) (v >>> 32));
    return int32((int) v);
  }

  /** Length and bytes; -1 for null. */
  public Out buffer(byte @Nullable [] v) {
    if (v == null) {
      return int32(-1);
    }
    int32(v.length);
    return raw(v);
  }

  /** Length and UTF-8 bytes; -1 for null. */
  public Out string(@Nullable String v) {
    return buffer(v == null ? null : v.getBytes(StandardCharsets.UTF_8));
  }

  /** Count and strings. */
  public Out strings(@Nullable List<String> v) {
    if (v == null) {
      return int32(-1);
    }
    int32(v.size());
    v.forEach(this::string);
    return this;
  }

  /** Count and entries; -1 for null. */
  public Out acl(@Nullable List<AclEntry> v) {
    if (v == null) {
      return int32(-1);
    }
    int32(v.size());
    for (AclEntry e : v) {
      int32(e.perms()).string(e.scheme()).string(e.id());
    }
    return this;
  }

  /** Bytes as they are. */
  public Out raw(byte[] v) {
    bytes.write(v, 0, v.length);
    return this;
  }

  /** What was written. */
  public byte[] bytes() {
    return bytes.toByteArray();
  }

  /** What was written, with its length before it. */
  public byte[] framed() {
    return new Out().buffer(bytes()).bytes();
  }
}
