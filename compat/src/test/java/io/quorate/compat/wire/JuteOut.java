package io.quorate.compat.wire;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes Jute values (reference section 1.1); shares nothing with Quorate's codec. */
public final class JuteOut {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final DataOutputStream out = new DataOutputStream(bytes);

  private interface Write {
    void run() throws IOException;
  }

  private JuteOut write(Write write) {
    try {
      write.run();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public JuteOut bool(boolean value) {
    return write(() -> out.writeBoolean(value));
  }

  public JuteOut int32(int value) {
    return write(() -> out.writeInt(value));
  }

  public JuteOut int64(long value) {
    return write(() -> out.writeLong(value));
  }

  /** A string; null is written with length -1. */
  public JuteOut string(String value) {
    return buffer(value == null ? null : value.getBytes(StandardCharsets.UTF_8));
  }

  /** A buffer; null is written with length -1. */
  public JuteOut buffer(byte[] value) {
    return write(
        () -> {
          out.writeInt(value == null ? -1 : value.length);
          if (value != null) {
            out.write(value);
          }
        });
  }

  /** A vector of strings; null is written with count -1. */
  public JuteOut strings(List<String> values) {
    int32(values == null ? -1 : values.size());
    if (values != null) {
      values.forEach(this::string);
    }
    return this;
  }

  /** A vector of ACL entries; null is written with count -1. */
  public JuteOut acls(List<AclEntry> acl) {
    int32(acl == null ? -1 : acl.size());
    if (acl != null) {
      acl.forEach(e -> int32(e.permissions()).string(e.scheme()).string(e.id()));
    }
    return this;
  }

  /** Bytes as they are. */
  public JuteOut raw(byte[] value) {
    return write(() -> out.write(value));
  }

  public byte[] toBytes() {
    return bytes.toByteArray();
  }
}
