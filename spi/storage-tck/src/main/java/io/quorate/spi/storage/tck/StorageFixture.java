package io.quorate.spi.storage.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.spi.codec.Codec;
import io.quorate.spi.codec.CodecConfiguration;
import io.quorate.spi.codec.CodecProvider;
import io.quorate.spi.storage.Storage;
import io.quorate.spi.storage.StorageConfiguration;
import io.quorate.spi.storage.StorageProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Opens, fills and starts the storage under test. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class StorageFixture {
  static final int MAX_RECORD_BYTES = 1 << 20;

  @TempDir @Nullable Path temp;

  /** The provider under test. Asked for once or more in each test. */
  protected abstract StorageProvider provider();

  /** How to make its disk fail; without it the tests of rule 2 are skipped. */
  protected @Nullable DiskFaults faults() {
    return null;
  }

  /**
   * The codec that its records and states are written with. One of these tests' own unless a test
   * overrides it; every storage works with every codec.
   */
  protected CodecProvider codec() {
    return TckCodec.PROVIDER;
  }

  /**
   * Damages what is in a directory; a double without files overrides it.
   *
   * @return what was damaged, for messages
   */
  protected String damage(DirectoryDamage damage, Path directory) throws IOException {
    return String.valueOf(damage.apply(directory));
  }

  private Codec openedCodec() {
    return codec().open(new CodecConfiguration(MAX_RECORD_BYTES, true, true));
  }

  final LogRecords records() {
    return new LogRecords(openedCodec());
  }

  /** What it is opened with; a provider that needs properties of its own overrides it. */
  protected StorageConfiguration configuration(Path directory) {
    return new StorageConfiguration(
        directory,
        directory,
        openedCodec(),
        MAX_RECORD_BYTES,
        64 << 20,
        true,
        0,
        "",
        false,
        true,
        Map.of());
  }

  final Path directory(String name) {
    Path t = temp;
    if (t == null) {
      throw new IllegalStateException("JUnit sets it");
    }
    return t.resolve(name);
  }

  final Storage open(Path directory) throws IOException {
    return provider().open(configuration(directory));
  }

  /** What was found at a start. */
  static final class Found {
    long state;
    long last;
    final List<Long> zxids = new ArrayList<>();
  }

  /** Starts as a server does, and checks every record that comes. */
  final Found start(Storage storage) throws IOException {
    Found found = new Found();
    found.state = TckStates.load(storage);
    long logged = replay(storage, Math.max(0, found.state) + 1, found.zxids);
    found.last = Math.max(found.state, logged);
    return found;
  }

  final long replay(Storage storage, long from, List<Long> zxids) throws IOException {
    LogRecords records = records();
    return storage
        .log()
        .replay(
            from,
            (zxid, array, offset, length) -> {
              assertTrue(
                  records.isRecord(zxid, array, offset, length),
                  () -> "record " + zxid + " came back changed");
              zxids.add(zxid);
            });
  }

  /** A new directory with a first state, replayed and ready. */
  final Storage fresh(Path directory) throws IOException {
    Storage storage = open(directory);
    assertEquals(-1, TckStates.load(storage));
    TckStates.write(storage, 0);
    assertEquals(-1, storage.log().replay(1, (zxid, array, offset, length) -> {}));
    return storage;
  }

  final void append(Storage storage, long first, long last) throws IOException {
    LogRecords records = records();
    for (long zxid = first; zxid <= last; zxid++) {
      storage.log().append(zxid, records.of(zxid, 20 + (int) (zxid * 97 % 700)));
    }
    storage.log().force();
  }

  static List<Long> range(long first, long last) {
    List<Long> zxids = new ArrayList<>();
    LongStream.rangeClosed(first, last).forEach(zxids::add);
    return zxids;
  }

  /**
   * Puts into {@code to} what is in {@code from} now, as after the process is killed. Copies files;
   * a double without any overrides it.
   */
  protected void copy(Path from, Path to) throws IOException {
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
}
