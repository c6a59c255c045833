package io.quorate.compat.crash;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.stream.Stream;

/** Damage to transaction logs. */
final class LogFiles {
  private LogFiles() {}

  /** Zeroes the last {@code bytes} that were written to the newest log, as if never written. */
  static void cutLastTransactions(Path versionDirectory, int bytes) throws IOException {
    Path newest;
    try (Stream<Path> files = Files.list(versionDirectory)) {
      newest =
          files
              .filter(p -> p.getFileName().toString().startsWith("log."))
              .max(Comparator.comparing(LogFiles::firstZxid))
              .orElseThrow();
    }
    byte[] all = Files.readAllBytes(newest);
    int end = all.length;
    while (end > 0 && all[end - 1] == 0) {
      end--;
    }
    int from = Math.max(16, end - bytes);
    try (FileChannel file = FileChannel.open(newest, StandardOpenOption.WRITE)) {
      file.write(ByteBuffer.wrap(new byte[end - from]), from);
    }
  }

  private static Long firstZxid(Path log) {
    String name = log.getFileName().toString();
    return Long.parseUnsignedLong(name.substring(name.indexOf('.') + 1), 16);
  }
}
