package io.quorate.spi.storage.tck;

import io.quorate.api.Stability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Damages one file of a directory, as a disk might, depending on a seed. */
@Stability.Evolving
public final class DirectoryDamage {
  private static final int SECTOR_BYTES = 512;

  /** What was done. */
  public enum Kind {
    /** One bit is another. */
    FLIPPED_BIT,
    /** An aligned piece of 512 bytes is zeros. */
    ZEROED_SECTOR,
    /** The end is missing. */
    SHORTENED,
    /** There is something behind the end. */
    LENGTHENED
  }

  private final Random random;
  private final Kind kind;

  /** A damage of this kind; the same seed does the same to the same files. */
  public DirectoryDamage(Kind kind, long seed) {
    this.kind = kind;
    this.random = new Random(seed);
  }

  /**
   * Damages one of the files below {@code directory} that are not empty.
   *
   * @return which one, or null if all are empty
   */
  public @org.jspecify.annotations.Nullable Path apply(Path directory) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(directory)) {
      files =
          all.filter(Files::isRegularFile).filter(f -> f.toFile().length() > 0).sorted().toList();
    }
    if (files.isEmpty()) {
      return null;
    }
    Path file = files.get(random.nextInt(files.size()));
    Files.write(file, damaged(Files.readAllBytes(file)));
    return file;
  }

  private byte[] damaged(byte[] bytes) {
    int at = random.nextInt(bytes.length);
    switch (kind) {
      case FLIPPED_BIT:
        bytes[at] ^= (byte) (1 << random.nextInt(8));
        return bytes;
      case ZEROED_SECTOR:
        int start = at / SECTOR_BYTES * SECTOR_BYTES;
        Arrays.fill(bytes, start, Math.min(bytes.length, start + SECTOR_BYTES), (byte) 0);
        return bytes;
      case SHORTENED:
        return Arrays.copyOf(bytes, at);
      default:
        byte[] longer = Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(SECTOR_BYTES));
        for (int i = bytes.length; i < longer.length; i++) {
          longer[i] = (byte) random.nextInt();
        }
        return longer;
    }
  }
}
