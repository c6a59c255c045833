package io.quorate.storage.files;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Where in a log file the last batch is: what was or was to be made durable by one fsync. It lies
 * at the end of the zeros behind the records, in a block of its own, and is written with each
 * batch.
 *
 * <p>After a power cut, sectors of the last batch may be missing while later ones are there.
 * Without the mark that could not be told from damage to records that were acknowledged, and the
 * server would have to refuse to start (ZooKeeper bugs 2560 and 4744). Apache stops reading at the
 * first zeros and never sees it; when a file is ended it goes with the zeros.
 *
 * <p>Since each fsync that succeeded has its mark, a mark that is found is that of the last batch
 * that is durable, or of the one that was being written.
 *
 * @param start offset in the file where the batch starts: everything before is durable
 * @param end offset behind the batch
 */
record BatchMark(long start, long end) {
  /** Magic, start, end, where in the file it is, and CRC-32C of these. */
  static final int BYTES = 40;

  /** A mark ends at a multiple of this, so that no other sector is written with it. */
  static final int BLOCK_BYTES = 4096;

  private static final long MAGIC = 0x51524d41524b_0001L; // 0 and not 0: no record starts like this

  /** Fills {@code buffer} with the mark that is to be at {@code position} of the file. */
  static void write(ByteBuffer buffer, long start, long end, long position) {
    buffer.clear().putLong(MAGIC).putLong(start).putLong(end).putLong(position).flip();
    CRC32C crc = new CRC32C();
    crc.update(buffer);
    buffer.limit(BYTES).putLong(crc.getValue()).flip();
  }

  /** The mark in {@code array} at {@code index}, which is {@code position} in the file, or null. */
  static @Nullable BatchMark read(byte[] array, int index, long position) {
    if (LogFormat.longAt(array, index) != MAGIC
        || LogFormat.longAt(array, index + 24) != position) {
      return null;
    }
    CRC32C crc = new CRC32C();
    crc.update(array, index, BYTES - Long.BYTES);
    return LogFormat.longAt(array, index + 32) == crc.getValue()
        ? new BatchMark(LogFormat.longAt(array, index + 8), LogFormat.longAt(array, index + 16))
        : null;
  }
}
