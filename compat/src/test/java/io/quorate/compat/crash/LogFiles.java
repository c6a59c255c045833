package io.quorate.compat.crash;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Damage to transaction logs (reference section 4.2). */
final class LogFiles {
  private static final int FILE_HEADER = 16;

  /** Checksum and length; an end mark of one byte follows the record. */
  private static final int RECORD_HEADER = 12;

  private LogFiles() {}

  /**
   * Overwrites the last {@code count} records of the newest log with zeros, as if never written.
   *
   * @return how many there were
   */
  static int cutLastTransactions(Path versionDirectory, int count) throws IOException {
    Path newest;
    try (Stream<Path> files = Files.list(versionDirectory)) {
      newest =
          files
              .filter(p -> p.getFileName().toString().startsWith("log."))
              .max(Comparator.comparing(LogFiles::firstZxid))
              .orElseThrow();
    }
    ByteBuffer all = ByteBuffer.wrap(Files.readAllBytes(newest));
    List<Integer> starts = new ArrayList<>();
    int at = FILE_HEADER;
    while (at + RECORD_HEADER < all.limit() && all.getInt(at + 8) > 0) {
      starts.add(at);
      at += RECORD_HEADER + all.getInt(at + 8) + 1;
    }
    int from = starts.get(Math.max(0, starts.size() - count));
    try (FileChannel file = FileChannel.open(newest, StandardOpenOption.WRITE)) {
      file.write(ByteBuffer.wrap(new byte[all.limit() - from]), from);
    }
    return starts.size();
  }

  private static Long firstZxid(Path log) {
    String name = log.getFileName().toString();
    return Long.parseUnsignedLong(name.substring(name.indexOf('.') + 1), 16);
  }
}
