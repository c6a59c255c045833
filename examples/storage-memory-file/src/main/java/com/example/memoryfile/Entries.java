package com.example.memoryfile;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * What one write to the file holds: entries, each a kind, a number and bytes. They are on disk
 * together or not at all.
 */
final class Entries {
  /** What an entry says. The order is the format's. */
  enum Kind {
    /** The codec's name. */
    CODEC,
    /** A record of the log, with its zxid. */
    RECORD,
    /** A whole state, with its zxid. */
    STATE,
    /** Records after this zxid are gone. */
    TRUNCATED,
    /** The accepted epoch. */
    ACCEPTED_EPOCH,
    /** The current epoch. */
    CURRENT_EPOCH
  }

  /** Takes entries that are read. */
  @FunctionalInterface
  interface Visitor {
    void entry(Kind kind, long number, byte[] bytes) throws IOException;
  }

  private static final byte[] NOTHING = {};

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final DataOutputStream out = new DataOutputStream(bytes);

  Entries add(Kind kind, long number, byte[] content) {
    try {
      out.writeByte(kind.ordinal());
      out.writeLong(number);
      out.writeInt(content.length);
      out.write(content);
      return this;
    } catch (IOException e) {
      throw new IllegalStateException("memory does not fail", e);
    }
  }

  Entries add(Kind kind, long number) {
    return add(kind, number, NOTHING);
  }

  boolean isEmpty() {
    return bytes.size() == 0;
  }

  byte[] toBytes() {
    return bytes.toByteArray();
  }

  /** Reads what {@link #toBytes} gave; a checksum has vouched for it. */
  static void read(DataInputStream in, int length, Visitor visitor) throws IOException {
    Kind[] kinds = Kind.values();
    int left = length;
    while (left > 0) {
      int kind = in.readUnsignedByte();
      long number = in.readLong();
      int size = in.readInt();
      left -= 1 + Long.BYTES + Integer.BYTES;
      if (kind >= kinds.length || size < 0 || size > left) {
        throw new IOException("an entry of kind " + kind + " with " + size + " bytes");
      }
      visitor.entry(kinds[kind], number, in.readNBytes(size));
      left -= size;
    }
  }
}
