package io.quorate.admin;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * How many files this process has open and may open; -1 where the system does not tell. Read from
 * /proc, which costs less than the management beans: these are a good part of the start and of the
 * image.
 */
final class FileDescriptors {
  private FileDescriptors() {}

  static long open() {
    long open = 0;
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
      for (Path entry : entries) {
        open += entry.getNameCount() > 0 ? 1 : 0;
      }
      return open - 1; // the one that lists them
    } catch (IOException e) {
      return -1;
    }
  }

  static long max() {
    try {
      List<String> limits = Files.readAllLines(Path.of("/proc/self/limits"));
      for (String line : limits) {
        if (line.startsWith("Max open files")) {
          String soft = line.substring("Max open files".length()).trim().split("\\s+")[0];
          return soft.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(soft);
        }
      }
      return -1;
    } catch (IOException | NumberFormatException e) {
      return -1;
    }
  }
}
