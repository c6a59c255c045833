package io.quorate.storage.lmdb;

import io.quorate.jute.JuteCodecProvider;
import io.quorate.spi.codec.CodecConfiguration;
import io.quorate.spi.storage.StorageConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/** How the tests open data directories. */
final class Directories {
  private static final int MAX_RECORD_BYTES = 1 << 20;

  private Directories() {}

  static StorageConfiguration configuration(Path directory) {
    return configuration(directory, Map.of());
  }

  /** The files as they are now, as after the process is killed. */
  static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path path : all.sorted().toList()) {
        Path target = to.resolve(from.relativize(path).toString());
        if (Files.isDirectory(path)) {
          Files.createDirectories(target);
        } else {
          Files.copy(path, target);
        }
      }
    }
  }

  static StorageConfiguration configuration(Path directory, Map<String, String> properties) {
    return new StorageConfiguration(
        directory,
        directory,
        new JuteCodecProvider().open(new CodecConfiguration(MAX_RECORD_BYTES, true, true)),
        MAX_RECORD_BYTES,
        0,
        true,
        0,
        "",
        false,
        true,
        properties);
  }
}
