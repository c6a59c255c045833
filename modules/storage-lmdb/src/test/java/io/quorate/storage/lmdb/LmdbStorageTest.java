package io.quorate.storage.lmdb;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.api.Acl;
import io.quorate.api.EphemeralOwner;
import io.quorate.api.EphemeralOwner.Encoding;
import io.quorate.api.TreeStore;
import io.quorate.api.TreeView;
import io.quorate.api.ZnodePath;
import io.quorate.spi.storage.CorruptStorageException;
import io.quorate.spi.storage.Snapshots;
import io.quorate.spi.storage.Storage;
import io.quorate.tree.HeapTreeStore;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is particular to the map: starts, growth, damage, and the same trees as on the heap. */
class LmdbStorageTest {
  private static final long MB = 1 << 20;
  private static final long MINUTES_MS = 600_000;

  @TempDir Path temp;
  private Path directory;

  @BeforeEach
  void nameDirectory() {
    directory = temp.resolve("data");
  }

  private LmdbStorage open(Encoding encoding, boolean digests, long layerBytes, long mapBytes)
      throws IOException {
    return LmdbStorage.open(
        Directories.configuration(directory),
        new TreeSettings(7, encoding, digests, layerBytes, mapBytes, true));
  }

  private LmdbStorage open() throws IOException {
    return open(Encoding.EXTENDED, true, MB, 64 * MB);
  }

  private static TreeStore store(LmdbStorage storage) {
    return storage.treeStore().orElseThrow();
  }

  private static ZnodePath path(String text) {
    return ZnodePath.of(text);
  }

  private static void make(TreeStore store, String path, byte[] data, long owner, long zxid) {
    ZnodePath p = path(path);
    int created = store.head().find(p.parent()).createdChildren() + 1;
    store.create(p, data, Acl.OPEN, owner, zxid, zxid, created);
  }

  private static TreeView publish(TreeStore store, long zxid) {
    TreeView view = store.seal(zxid);
    store.publish(view);
    return view;
  }

  /** A directory with a state of zxid 3: /a with data, /a/e an ephemeral of session 5. */
  private void fill() throws IOException {
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

  private Path treeFile() throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve("version-2"))) {
      List<Path> trees = files.filter(f -> f.toString().endsWith(".lmdb")).toList();
      assertEquals(1, trees.size(), trees::toString);
      return trees.getFirst();
    }
  }

  private CorruptStorageException refused() throws IOException {
    try (LmdbStorage storage = open()) {
      CorruptStorageException e =
          assertThrows(
              CorruptStorageException.class, () -> storage.snapshots().load(store(storage)));
      assertTrue(e.toString().contains(directory.toString()), e::toString);
      return e;
    }
  }

  private LmdbStorage openWithPace(long settleMs) throws IOException {
    LmdbStorage storage =
        LmdbStorage.open(
            Directories.configuration(directory),
            new TreeSettings(7, Encoding.EXTENDED, true, MB, 64 * MB, true, settleMs));
    storage.snapshots().load(store(storage));
    return storage;
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < deadline, "it does not come");
      Thread.onSpinWait();
    }
  }

  /** So that a start after a quiet moment has nothing to replay. */
  @Test
  void changesAreWrittenWhenNoOthersFollow() throws IOException {
    fill();
    try (LmdbStorage storage = openWithPace(1)) {
      for (long zxid = 4; zxid < 7; zxid++) {
        long last = zxid;
        make(store(storage), "/n" + zxid, null, 0, zxid);
        publish(store(storage), zxid);
        await(() -> storage.checkpoints().zxid() == last);
      }
    }
    try (LmdbStorage storage = openWithPace(MINUTES_MS)) {
      assertEquals(6, store(storage).head().zxid());
      assertNotNull(store(storage).head().find(path("/n6")));
      make(store(storage), "/n7", null, 0, 7);
      publish(store(storage), 7);
    } // and the end does not wait for that moment
    try (LmdbStorage storage = openWithPace(MINUTES_MS)) {
      assertEquals(6, store(storage).head().zxid());
    }
  }

  /** Where one change follows the other, the first does not wait until they are many. */
  @Test
  void oldChangesAreFrozen() throws IOException {
    fill();
    try (LmdbStorage storage = openWithPace(1)) {
      TreeStore store = store(storage);
      long[] zxid = {3};
      await(
          () -> {
            make(store, "/n" + ++zxid[0], null, 0, zxid[0]);
            store.seal(zxid[0]);
            return ((State) store.head()).frozen != null;
          });
    }
  }

  @Test
  void aStartGoesOnFromTheCheckpoint() throws IOException {
    fill();
    try (LmdbStorage storage = open()) {
      TreeStore store = store(storage);
      Snapshots.Loaded loaded = storage.snapshots().load(store);
      assertEquals(3, loaded.zxid());
      assertEquals(3, loaded.digestZxid());
      TreeView view = store.reader().latest();
      assertEquals(loaded.digest(), view.digest());
      assertEquals(5, view.nodeCount());
      assertEquals(1, view.sessionCount());
      assertEquals(1, view.ephemeralCount());
      assertEquals(5000, view.find(path("/a")).dataLength());
      make(store, "/b", null, 0, 4);
      store.rollback();
      assertNull(store.head().find(path("/b")));
      store.delete(path("/a/e"), 4);
      storage.snapshots().write(publish(store, 4));
    }
    try (LmdbStorage storage = open()) {
      assertEquals(4, storage.snapshots().load(store(storage)).zxid());
      TreeView view = store(storage).head();
      assertEquals(0, view.ephemeralCount());
      view.ephemeralOwners(
          id -> {
            throw new AssertionError("session " + id);
          });
    }
  }

  @Test
  void otherSettingsAreFollowed() throws IOException {
    fill();
    long digest;
    try (LmdbStorage storage = open(Encoding.PLAIN, true, MB, MB)) {
      storage.snapshots().load(store(storage));
      TreeView view = store(storage).head();
      digest = view.digest();
      assertEquals(2, view.ephemeralCount(), "a TTL's owner is a session here");
      view.ttlNodes(
          path -> {
            throw new AssertionError(path.toString());
          });
    }
    try (LmdbStorage storage = open(Encoding.EXTENDED, false, MB, MB)) {
      Snapshots.Loaded loaded = storage.snapshots().load(store(storage));
      assertEquals(-1, loaded.digestZxid());
      assertEquals(0, store(storage).head().digest());
      make(store(storage), "/b", null, 0, 4);
      store(storage).delete(path("/b"), 5);
      store(storage).setData(path("/"), new byte[0], 1, 6, 6);
      storage.snapshots().write(publish(store(storage), 6));
    }
    try (LmdbStorage storage = open()) {
      storage.snapshots().load(store(storage));
      TreeStore heap = new HeapTreeStore(1, Encoding.EXTENDED, true);
      copy(store(storage).head(), ZnodePath.ROOT, heap);
      assertEquals(heap.head().digest(), store(storage).head().digest());
      assertFalse(heap.head().digest() == digest);
    }
  }

  private static void copy(TreeView from, ZnodePath path, TreeStore to) {
    var z = from.find(path);
    to.load(
        path,
        z.data(),
        z.acl(),
        z.czxid(),
        z.mzxid(),
        z.pzxid(),
        z.ctime(),
        z.mtime(),
        z.version(),
        z.createdChildren(),
        z.aversion(),
        z.ephemeralOwner());
    z.children()
        .forEach((name, offset, length, child) -> copy(from, path.child(name, offset, length), to));
  }

  @Test
  void digestsAreThoseOfTheHeap() throws IOException {
    for (long seed = 1; seed <= 3; seed++) {
      directory = temp.resolve("digests-" + seed);
      Random random = new Random(seed);
      TreeStore heap = new HeapTreeStore((int) seed, Encoding.EXTENDED, true);
      try (LmdbStorage storage = open(Encoding.EXTENDED, true, 20_000, MB)) {
        TreeStore map = store(storage);
        for (int i = 1; i <= 3000; i++) {
          String name = "/n" + random.nextInt(40) + (random.nextBoolean() ? "" : "/m");
          int kind = random.nextInt(3);
          byte[] data = new byte[random.nextInt(300)];
          for (TreeStore store : List.of(heap, map)) {
            change(store, path(name), kind, data, i);
          }
          if (i % 10 == 0) {
            assertEquals(publish(heap, i).digest(), publish(map, i).digest(), "seed " + seed);
          }
        }
        assertEquals(heap.head().nodeCount(), map.head().nodeCount());
        assertEquals(heap.head().dataSize(), map.head().dataSize());
        assertTrue(storage.checkpoints().written() > 3, "layers were written");
      }
    }
  }

  private static void change(TreeStore store, ZnodePath path, int kind, byte[] data, long zxid) {
    var znode = store.head().find(path);
    var parent = store.head().find(path.parent());
    if (parent == null) {
      return;
    }
    if (znode == null) {
      store.create(path, data, Acl.OPEN, 0, zxid, zxid, parent.createdChildren() + 1);
    } else if (kind == 0 && znode.childCount() == 0) {
      store.delete(path, zxid);
    } else {
      store.setData(path, data, znode.version() + 1, zxid, zxid);
    }
  }

  @Test
  void theMapGrows() throws IOException {
    byte[] data = new byte[10_000];
    new Random(1).nextBytes(data);
    try (LmdbStorage storage = open(Encoding.EXTENDED, true, 64 * MB, MB)) {
      TreeStore store = store(storage);
      TreeView first = null;
      for (int i = 1; i <= 2000; i++) {
        make(store, "/n" + i, data, 0, i);
        if (i % 500 == 0) {
          TreeView view = publish(store, i);
          first = first == null ? view : first;
          storage.snapshots().write(view);
        }
      }
      assertArrayEquals(data, store.reader().latest().find(path("/n1")).data());
      assertArrayEquals(data, first.find(path("/n500")).data());
      assertNull(first.find(path("/n501")));
      assertEquals(501, first.nodeCount());
    }
    assertTrue(Files.size(treeFile()) > 20 * MB);
    try (LmdbStorage storage = open()) {
      assertEquals(2000, storage.snapshots().load(store(storage)).zxid());
      assertArrayEquals(data, store(storage).head().find(path("/n2000")).data());
    }
  }

  @Test
  void aStateLargerThanTheLayersIsLoaded() throws IOException {
    fill();
    try (LmdbStorage storage = open(Encoding.EXTENDED, true, 50_000, MB)) {
      TreeStore store = store(storage);
      storage.snapshots().load(store);
      TreeView before = store.reader().latest();
      store.clear();
      for (int i = 0; i < 5000; i++) {
        store.load(path("/n" + i), new byte[50], Acl.OPEN, 9, 9, 9, 1, 1, 0, 0, 0, 0);
      }
      assertEquals(5001, store.head().nodeCount());
      assertNotNull(before.find(path("/a/e")), "what readers see stays until the publication");
      TreeView loaded = publish(store, 9);
      storage.snapshots().write(loaded);
      assertNotNull(before.find(path("/a/e")));
      assertNull(loaded.find(path("/a/e")));
    }
    treeFile(); // one
    try (LmdbStorage storage = open()) {
      assertEquals(9, storage.snapshots().load(store(storage)).zxid());
      assertEquals(5001, store(storage).head().nodeCount());
      assertNotNull(store(storage).head().find(path("/n4999")));
    }
  }

  @Test
  void aLoadThatWasNotFinishedIsNotSeen() throws IOException {
    fill();
    Path live = directory;
    try (LmdbStorage storage = open(Encoding.EXTENDED, true, 50_000, MB)) {
      TreeStore store = store(storage);
      storage.snapshots().load(store);
      store.clear();
      for (int i = 0; i < 2000; i++) {
        store.load(path("/n" + i), new byte[50], Acl.OPEN, 9, 9, 9, 1, 1, 0, 0, 0, 0);
      }
      directory = temp.resolve("killed");
      Directories.copy(live, directory);
    }
    try (LmdbStorage storage = open()) {
      assertEquals(3, storage.snapshots().load(store(storage)).zxid());
      assertNotNull(store(storage).head().find(path("/a/e")));
    }
    treeFile();
  }

  @Test
  void foreignFilesAreRefused() throws IOException {
    fill();
    Files.write(
        treeFile(),
        "something else, and long enough".repeat(1000).getBytes(StandardCharsets.US_ASCII));
    assertTrue(refused().toString().contains("no LMDB file"));
  }

  @Test
  void shortenedFilesAreRefused() throws IOException {
    fill();
    Path file = treeFile();
    try (RandomAccessFile f = new RandomAccessFile(file.toFile(), "rw")) {
      f.setLength(f.length() - 4096);
    }
    assertTrue(refused().toString().contains("cut off"));
    Files.write(file, new byte[100]);
    assertTrue(refused().toString().contains("cut off"));
  }

  @Test
  void otherVersionsAreRefused() throws IOException {
    fill();
    Path file = treeFile();
    Checkpoints checkpoints;
    try (LmdbStorage storage = open()) {
      storage.snapshots().load(store(storage));
      checkpoints = storage.checkpoints();
      TreeFile tree = checkpoints.done().base().file;
      byte[] key = Keys.meta();
      Records records = new Records();
      records.bytes(new byte[] {0x51, 0x4c, 0x4d, 0x31, 0, 0, 0, 9}, key, key.length);
      try (var txn = tree.write()) {
        Room room = tree.writeRoom();
        txn.reserve(room.key(key, key.length), records.length());
        Memory.copyIn(records.buffer(), 0, records.length(), room.valueAddress());
        txn.commit();
      }
    }
    assertTrue(Files.exists(file));
    assertTrue(refused().toString().contains("version 9"));
  }

  @Test
  void aDirectoryOfTheOtherStorageIsRefused() throws IOException {
    Files.createDirectories(directory.resolve("version-2"));
    Files.write(directory.resolve("version-2/snapshot.0"), new byte[10]);
    assertTrue(refused().toString().contains("storage files"));
  }

  /** Rule 9, which the contract's test leaves to storages with a tree of their own. */
  @Test
  void logsWithoutATreeAreRefused() throws IOException {
    try (LmdbStorage storage = open()) {
      assertEquals(Snapshots.Loaded.NOTHING, storage.snapshots().load(store(storage)));
      storage.log().replay(1, (zxid, array, offset, length) -> {});
      storage.log().append(1, new byte[40]);
      storage.log().force();
    }
    assertTrue(refused().toString().contains("no tree"));
  }

  @Test
  void logFilesStayShort() throws IOException {
    var configuration = Directories.configuration(directory);
    assertEquals(0, configuration.logSizeLimitBytes());
    assertEquals(16 * MB, LmdbStorageProvider.withLogSizeLimit(configuration).logSizeLimitBytes());
    try (Storage storage = new LmdbStorageProvider().open(configuration)) {
      TreeStore store = storage.treeStore().orElseThrow();
      storage.snapshots().load(store);
      storage.log().replay(1, (zxid, array, offset, length) -> {});
      storage.snapshots().write(publish(store, 0));
      for (int zxid = 1; zxid <= 20; zxid++) {
        storage.log().append(zxid, new byte[900_000]);
        if (zxid % 10 == 0) {
          storage.log().force();
        }
      }
      storage.log().append(21, new byte[10]);
      storage.log().force();
    }
    try (Stream<Path> files = Files.list(directory.resolve("version-2"))) {
      assertTrue(files.filter(f -> f.getFileName().toString().startsWith("log.")).count() > 1);
    }
  }

  @Test
  void propertiesAreChecked() {
    for (String bad : new String[] {"0", "-1", "x", "99999999999", ""}) {
      assertThrows(
          IllegalArgumentException.class,
          () ->
              new LmdbStorageProvider()
                  .open(Directories.configuration(directory, Map.of("overlayMb", bad))));
    }
  }
}
