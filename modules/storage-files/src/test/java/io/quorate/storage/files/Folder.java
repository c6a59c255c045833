package io.quorate.storage.files;

import io.quorate.api.EphemeralOwner;
import io.quorate.api.TreeStore;
import io.quorate.api.TreeView;
import io.quorate.spi.storage.Storage;
import io.quorate.spi.storage.StorageConfiguration;
import io.quorate.tree.HeapTreeStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A data directory and the settings to open it with. */
final class Folder {
  static final int MAX_RECORD_BYTES = 4 << 20;

  final Path path;
  Path logPath;
  Disk disk = new SystemDisk(false);
  long preallocateBytes = 64 << 20;
  long logSizeLimitBytes;
  String compression = "";
  boolean trustEmptySnapshot;
  boolean autoCreate = true;
  int maxRecordBytes = MAX_RECORD_BYTES;

  Folder(Path path) {
    this.path = path;
    this.logPath = path;
  }

  Storage open() throws IOException {
    return FilesStorage.open(settings(), disk);
  }

  StorageConfiguration settings() {
    return new StorageConfiguration(
        path,
        logPath,
        new PlainCodec(),
        maxRecordBytes,
        preallocateBytes,
        true,
        logSizeLimitBytes,
        compression,
        trustEmptySnapshot,
        autoCreate,
        Map.of());
  }

  /** Opens, replays everything from {@code from} on, closes; the zxids in the order given. */
  List<Long> zxids(long from) throws IOException {
    try (Storage storage = open()) {
      return replay(storage, from);
    }
  }

  /** Replays and checks that each record is what {@link PlainCodec#record} makes. */
  static List<Long> replay(Storage storage, long from) throws IOException {
    List<Long> zxids = new ArrayList<>();
    long last =
        storage
            .log()
            .replay(
                from,
                (zxid, array, offset, length) -> {
                  byte[] expected = PlainCodec.record(zxid, length);
                  if (!java.util.Arrays.equals(
                      expected, 0, length, array, offset, offset + length)) {
                    throw new AssertionError("Record " + zxid + " came back changed");
                  }
                  zxids.add(zxid);
                });
    if (!zxids.isEmpty() && zxids.getLast() != last) {
      throw new AssertionError("The last is " + zxids.getLast() + ", not " + last);
    }
    return zxids;
  }

  /** Appends records of this length with consecutive zxids and forces once. */
  static void append(Storage storage, long first, long last, int length) throws IOException {
    for (long zxid = first; zxid <= last; zxid++) {
      storage.log().append(zxid, PlainCodec.record(zxid, length));
    }
    storage.log().force();
  }

  /** A state at {@code zxid} with one session, whose id is the zxid. */
  static TreeView state(long zxid) {
    TreeStore store = new HeapTreeStore(1, EphemeralOwner.Encoding.PLAIN, false);
    store.putSession(zxid, 1000);
    return store.seal(zxid);
  }

  static TreeStore emptyStore() {
    return new HeapTreeStore(1, EphemeralOwner.Encoding.PLAIN, false);
  }

  Path file(String name) {
    return path.resolve("version-2").resolve(name);
  }

  /** The names of logs and snapshots, sorted. */
  List<String> names() {
    try (Stream<Path> files = Files.list(path.resolve("version-2"))) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path p : all.toList()) {
        Path target = to.resolve(from.relativize(p).toString());
        if (Files.isDirectory(p)) {
          Files.createDirectories(target);
        } else {
          Files.copy(p, target);
        }
      }
    }
  }
}
