package io.quorate.storage.files;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A log or snapshot by its name: prefix, zxid in hex, perhaps the suffix of a compression.
 *
 * @param zxid of the first record of a log; where replay continues after a snapshot
 * @param suffix what follows the zxid, without the dot; "" if nothing does
 */
record StoredFile(Path path, long zxid, String suffix) {
  static final String LOG_PREFIX = "log.";
  static final String SNAPSHOT_PREFIX = "snapshot.";

  /** Files with this prefix and a zxid, ordered by the number that the zxid is. */
  static List<StoredFile> list(Path directory, String prefix) throws IOException {
    List<StoredFile> found = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, prefix + "*")) {
      for (Path path : files) {
        StoredFile file = parse(path, prefix);
        if (file != null) {
          found.add(file);
        }
      }
    } catch (java.nio.file.DirectoryIteratorException e) {
      throw e.getCause();
    }
    found.sort(StoredFile::compare);
    return found;
  }

  private static int compare(StoredFile a, StoredFile b) {
    int order = Long.compare(a.zxid, b.zxid);
    return order != 0 ? order : a.suffix.compareTo(b.suffix);
  }

  private static @org.jspecify.annotations.Nullable StoredFile parse(Path path, String prefix) {
    String rest = path.getFileName().toString().substring(prefix.length());
    int dot = rest.indexOf('.');
    String hex = dot < 0 ? rest : rest.substring(0, dot);
    if (hex.isEmpty() || hex.length() > 16 || !hex.chars().allMatch(StoredFile::isHexDigit)) {
      return null;
    }
    long zxid = Long.parseUnsignedLong(hex, 16);
    // Negative zxids can not come to be: the epoch would have had to pass 2^31.
    return zxid < 0 ? null : new StoredFile(path, zxid, dot < 0 ? "" : rest.substring(dot + 1));
  }

  private static boolean isHexDigit(int c) {
    return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F';
  }
}
