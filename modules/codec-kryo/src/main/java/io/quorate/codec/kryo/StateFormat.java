package io.quorate.codec.kryo;

import io.quorate.spi.codec.FormatMark;

/**
 * What is around the entries of a state: mark, version, blocks. A block is the length of its
 * content, the content, and the CRC-32C of all bytes of the state before the checksum itself, so
 * that a block that is missing, doubled or moved is noticed too. The last one is empty; behind it
 * stand five bytes that Apache expects at the end of a snapshot: it takes the file for one, finds
 * that the beginning is not its own, and refuses to start, where it would otherwise pass over it
 * and start with nothing. All numbers are big-endian.
 */
final class StateFormat {
  static final byte[] MARK = FormatMark.of(KryoCodec.NAME);
  static final int VERSION = 1;

  /** The mark and the version. */
  static final int HEADER_BYTES = FormatMark.BYTES + Integer.BYTES;

  /** How much a block holds at most. */
  static final int BLOCK_BYTES = 1 << 16;

  static final byte[] TRAILER = {0, 0, 0, 1, '/'};

  private StateFormat() {}
}
