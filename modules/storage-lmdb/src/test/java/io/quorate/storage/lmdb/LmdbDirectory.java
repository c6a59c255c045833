package io.quorate.storage.lmdb;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quorate.api.Acl;
import io.quorate.api.EphemeralOwner;
import io.quorate.api.EphemeralOwner.Encoding;
import io.quorate.api.TreeStore;
import io.quorate.api.TreeView;
import io.quorate.api.ZnodePath;
import io.quorate.spi.storage.Snapshots;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A data directory of the storage, and stores that are opened on it. */
abstract class LmdbDirectory {
  static final long MB = 1 << 20;

  @TempDir Path temp;
  Path directory;

  @BeforeEach
  void nameDirectory() {
    directory = temp.resolve("data");
  }

  LmdbStorage open(Encoding encoding, boolean digests, long layerBytes, long mapBytes)
      throws IOException {
    return LmdbStorage.open(
        Directories.configuration(directory),
        new TreeSettings(7, encoding, digests, layerBytes, mapBytes, true));
  }

  LmdbStorage open() throws IOException {
    return open(Encoding.EXTENDED, true, MB, 64 * MB);
  }

  static TreeStore store(LmdbStorage storage) {
    return storage.treeStore().orElseThrow();
  }

  static ZnodePath path(String text) {
    return ZnodePath.of(text);
  }

  static void make(TreeStore store, String path, byte[] data, long owner, long zxid) {
    ZnodePath p = path(path);
    int created = store.head().find(p.parent()).createdChildren() + 1;
    store.create(p, data, Acl.OPEN, owner, zxid, zxid, created);
  }

  static TreeView publish(TreeStore store, long zxid) {
    TreeView view = store.seal(zxid);
    store.publish(view);
    return view;
  }

  /** A directory with a state of zxid 3: /a with data, /a/e an ephemeral of session 5. */
  void fill() throws IOException {
    try (LmdbStorage storage = open()) {
      assertEquals(Snapshots.Loaded.NOTHING, storage.snapshots().load(store(storage)));
      TreeStore store = store(storage);
      store.putSession(5, 1000);
      make(store, "/a", new byte[5000], 0, 1);
      make(store, "/a/e", new byte[] {1}, 5, 2);
      make(store, "/c", null, EphemeralOwner.CONTAINER, 3);
      make(store, "/t", null, EphemeralOwner.ofTtl(9, Encoding.EXTENDED), 3);
      storage.snapshots().write(publish(store, 3));
    }
  }

  Path treeFile() throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve("version-2"))) {
      List<Path> trees = files.filter(f -> f.toString().endsWith(".lmdb")).toList();
      assertEquals(1, trees.size(), trees::toString);
      return trees.getFirst();
    }
  }
}
