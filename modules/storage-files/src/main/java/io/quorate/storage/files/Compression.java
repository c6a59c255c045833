package io.quorate.storage.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** How a snapshot is compressed, told by the end of its name (reference section 4.3). */
enum Compression {
  NONE(""),
  GZIP("gz"),
  SNAPPY("snappy");

  private static final int BUFFER_BYTES = 1 << 16;

  private final String suffix;

  Compression(String suffix) {
    this.suffix = suffix;
  }

  /** What ends the name, without the dot; also its name in the configuration. */
  String suffix() {
    return suffix;
  }

  static boolean isSuffix(String suffix) {
    for (Compression c : values()) {
      if (c.suffix.equals(suffix)) {
        return true;
      }
    }
    return false;
  }

  /** The compression with this suffix. */
  static Compression of(String suffix) {
    for (Compression c : values()) {
      if (c.suffix.equals(suffix)) {
        return c;
      }
    }
    throw new IllegalArgumentException(
        "Unknown snapshot compression \"" + suffix + "\"; known are \"\" (none), gz and snappy");
  }

  /** Compresses into {@code out}; closing it closes {@code out}. */
  OutputStream compress(OutputStream out) throws IOException {
    return switch (this) {
      case NONE -> out;
      case GZIP -> new GZIPOutputStream(out, BUFFER_BYTES);
      case SNAPPY -> new SnappyOutput(out);
    };
  }

  /** Decompresses what {@link #compress} or Apache wrote. */
  InputStream decompress(InputStream in) throws IOException {
    return switch (this) {
      case NONE -> in;
      case GZIP -> new GZIPInputStream(in, BUFFER_BYTES);
      case SNAPPY -> new SnappyInput(in);
    };
  }
}
