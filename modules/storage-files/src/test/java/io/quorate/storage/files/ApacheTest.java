package io.quorate.storage.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.api.TreeStore;
import io.quorate.api.TreeView;
import io.quorate.api.TxnRecord;
import io.quorate.api.Znode;
import io.quorate.api.ZnodePath;
import io.quorate.jute.JuteCodec;
import io.quorate.spi.codec.CodecConfiguration;
import io.quorate.spi.storage.CorruptStorageException;
import io.quorate.spi.storage.Snapshots.Loaded;
import io.quorate.spi.storage.Storage;
import io.quorate.spi.storage.StorageConfiguration;
import io.quorate.tree.ChangeListener;
import io.quorate.tree.Tree;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Scanner;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.StatPersisted;
import org.apache.zookeeper.server.DataNode;
import org.apache.zookeeper.server.DataTree;
import org.apache.zookeeper.server.Request;
import org.apache.zookeeper.server.TxnLogEntry;
import org.apache.zookeeper.server.persistence.FileTxnLog;
import org.apache.zookeeper.server.persistence.FileTxnSnapLog;
import org.apache.zookeeper.server.persistence.SnapStream;
import org.apache.zookeeper.server.persistence.TxnLogToolkit;
import org.apache.zookeeper.server.util.SerializeUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Directories that Apache ZooKeeper wrote are read, and Apache reads ours: whole trees, all fields.
 */
class ApacheTest {
  private static final int TXNS = 600;
  private static final int MAX_RECORD_BYTES = 1 << 20;

  @TempDir Path temp;
  private final JuteCodec codec =
      new JuteCodec(new CodecConfiguration(MAX_RECORD_BYTES, true, true));
  private Path logs;
  private String compression = "";

  @BeforeAll
  static void extendedTypes() {
    System.setProperty("zookeeper.extendedTypesEnabled", "true");
    FileTxnLog.setPreallocSize(1 << 16);
  }

  @BeforeEach
  void setUp() {
    logs = temp.resolve("data");
  }

  @AfterEach
  void resetCompression() {
    SnapStream.setStreamMode(SnapStream.StreamMode.DEFAULT_MODE);
  }

  private Storage open() throws IOException {
    return new FilesStorageProvider()
        .open(
            new StorageConfiguration(
                temp.resolve("data"),
                logs,
                codec,
                MAX_RECORD_BYTES,
                64 << 20,
                false,
                0,
                compression,
                false,
                true,
                Map.of()));
  }

  private FileTxnSnapLog openTheirs() throws IOException {
    return new FileTxnSnapLog(logs.toFile(), temp.resolve("data").toFile());
  }

  /** What a start makes of the directory. */
  private final class Recovered {
    final TreeStore store = Workload.newStore();
    final List<Long> zxids = new ArrayList<>();
    Loaded loaded = Loaded.NOTHING;

    Recovered() throws IOException {
      try (Storage storage = open()) {
        loaded = storage.snapshots().load(store);
        Tree tree = new Tree(store, Workload.RULES);
        tree.initialise();
        tree.replaying(true);
        storage
            .log()
            .replay(
                loaded.zxid() + 1,
                (zxid, array, offset, length) -> {
                  TxnRecord record = codec.decode(array, offset, length);
                  assertEquals(zxid, record.header().zxid());
                  tree.apply(record.header(), record.txn(), ChangeListener.NONE);
                  zxids.add(zxid);
                  if (record.digested() && zxid > loaded.digestZxid()) {
                    assertEquals(record.digest(), store.head().digest(), "after " + zxid);
                  }
                });
      }
    }
  }

  /** A server of theirs, as far as storage goes. */
  private final class Theirs implements AutoCloseable {
    final FileTxnSnapLog files;
    final DataTree tree = new DataTree();
    final ConcurrentHashMap<Long, Integer> sessions = new ConcurrentHashMap<>();

    Theirs() throws IOException {
      files = openTheirs();
    }

    void restore() throws IOException {
      files.restore(tree, sessions, (header, txn, digest) -> {});
    }

    void write(TxnRecord record) throws Exception {
      TxnLogEntry entry = SerializeUtils.deserializeTxn(codec.encode(record));
      files.processTransaction(entry.getHeader(), tree, sessions, entry.getTxn());
      assertEquals(record.digest(), tree.getTreeDigest());
      Request request =
          new Request(
              entry.getHeader().getClientId(),
              entry.getHeader().getCxid(),
              entry.getHeader().getType(),
              entry.getHeader(),
              entry.getTxn(),
              entry.getHeader().getZxid());
      request.setTxnDigest(entry.getDigest());
      assertTrue(files.append(request));
    }

    @Override
    public void close() throws IOException {
      files.close();
    }
  }

  @ParameterizedTest
  @EnumSource(SnapStream.StreamMode.class)
  void weReadWhatTheyWrote(SnapStream.StreamMode mode) throws Exception {
    SnapStream.setStreamMode(mode);
    Workload workload = new Workload(mode.ordinal());
    try (Theirs theirs = new Theirs()) {
      theirs.files.save(theirs.tree, theirs.sessions, false);
      for (int i = 1; i <= TXNS; i++) {
        theirs.write(workload.next());
        if (i % 7 == 0) {
          theirs.files.commit();
        }
        if (i % 200 == 150) {
          theirs.files.rollLog();
          theirs.files.save(theirs.tree, theirs.sessions, i % 400 == 150);
        }
      }
      theirs.files.commit();
      Recovered ours = new Recovered();
      assertTrue(ours.loaded.zxid() > 0);
      assertEquals(50, ours.zxids.size());
      assertSame(theirs, ours.store.head());
      assertEquals(workload.store.head().digest(), ours.store.head().digest());
    }
  }

  @ParameterizedTest
  @CsvSource({",1", "gz,2", "snappy,3"})
  void theyReadWhatWeWrote(String suffix, long seed) throws Exception {
    compression = suffix == null ? "" : suffix;
    Workload workload = new Workload(seed);
    try (Storage storage = open()) {
      storage.snapshots().write(workload.store.head());
      storage.log().replay(1, (zxid, a, o, n) -> {});
      for (int i = 1; i <= TXNS; i++) {
        TxnRecord record = workload.next();
        storage.log().append(record.header().zxid(), codec.encode(record));
        if (i % 7 == 0) {
          storage.log().force();
        }
        if (i % 200 == 150) {
          storage.log().roll();
          storage.snapshots().write(workload.store.head());
        }
      }
      storage.log().force();
      // While the file still has zeros at its end, as after a crash.
      try (Theirs theirs = new Theirs()) {
        theirs.restore();
        assertSame(theirs, workload.store.head());
        assertEquals(workload.zxid, theirs.tree.lastProcessedZxid);
        assertEquals(workload.zxid, theirs.files.getLastLoggedZxid());
      }
    }
    try (Theirs theirs = new Theirs()) {
      theirs.restore();
      assertSame(theirs, workload.store.head());
      assertEquals(
          compression.isEmpty(),
          !theirs.files.findMostRecentSnapshot().getName().endsWith(suffix()));
    }
  }

  private String suffix() {
    return compression.isEmpty() ? "?" : compression;
  }

  @Test
  void bothTakeTurns() throws Exception {
    logs = temp.resolve("logs");
    Workload workload = new Workload(11);
    try (Storage storage = open()) {
      storage.snapshots().write(workload.store.head());
    }
    for (int turn = 0; turn < 6; turn++) {
      if (turn % 2 == 0) {
        try (Theirs theirs = new Theirs()) {
          theirs.restore();
          assertSame(theirs, workload.store.head());
          for (int i = 0; i < 50; i++) {
            theirs.write(workload.next());
          }
          theirs.files.commit();
          if (turn == 2) {
            theirs.files.save(theirs.tree, theirs.sessions, true);
          }
        }
      } else {
        try (Storage storage = open()) {
          TreeStore store = Workload.newStore();
          storage.log().replay(storage.snapshots().load(store).zxid() + 1, (z, a, o, n) -> {});
          for (int i = 0; i < 50; i++) {
            TxnRecord record = workload.next();
            storage.log().append(record.header().zxid(), codec.encode(record));
          }
          storage.log().force();
        }
      }
    }
    Recovered ours = new Recovered();
    assertEquals(150, ours.zxids.size());
    assertEquals(workload.store.head().digest(), ours.store.head().digest());
  }

  @Test
  void aFuzzySnapshotIsCompletedByReplay() throws Exception {
    Workload workload = new Workload(5);
    try (Theirs theirs = new Theirs()) {
      theirs.files.save(theirs.tree, theirs.sessions, false);
      String name = "";
      for (int i = 1; i <= 300; i++) {
        theirs.write(workload.next());
        if (i == 100) {
          name = "snapshot." + Long.toHexString(workload.zxid);
        }
        if (i == 200) {
          // As if a hundred transactions had been applied while it was written.
          File file = theirs.files.save(theirs.tree, theirs.sessions, false);
          Files.move(file.toPath(), file.toPath().resolveSibling(name));
        }
      }
      theirs.files.commit();
      Recovered ours = new Recovered();
      assertEquals(200, ours.zxids.size());
      assertSame(theirs, ours.store.head());
    }
  }

  @Test
  void aSnapshotUnderALaterNameIsNotLoaded() throws Exception {
    Workload workload = new Workload(6);
    try (Storage storage = open()) {
      storage.log().replay(1, (zxid, a, o, n) -> {});
      for (int i = 0; i < 20; i++) {
        storage.snapshots().write(workload.store.head());
        TxnRecord record = workload.next();
        storage.log().append(record.header().zxid(), codec.encode(record));
      }
      storage.log().force();
    }
    Path version = temp.resolve("data/version-2");
    Files.move(version.resolve("snapshot.1"), version.resolve("snapshot.ffffffffff"));
    Recovered ours = new Recovered();
    assertEquals(1, ours.zxids.size());
    assertEquals(workload.store.head().digest(), ours.store.head().digest());
  }

  @Test
  void purgeChecksWhatTheyWrote() throws Exception {
    Workload workload = new Workload(8);
    try (Theirs theirs = new Theirs()) {
      for (int i = 1; i <= 100; i++) {
        theirs.write(workload.next());
        if (i % 20 == 0) {
          theirs.files.rollLog();
          theirs.files.save(theirs.tree, theirs.sessions, false);
        }
      }
      theirs.files.commit();
      Path newest = theirs.files.findMostRecentSnapshot().toPath();
      byte[] bytes = Files.readAllBytes(newest);
      bytes[bytes.length / 2] ^= 4; // Apache looks at the last bytes only
      Files.write(newest, bytes);
      try (Storage storage = open()) {
        // Left: two whole ones and the damaged one, with two logs each needs and the one in
        // between.
        assertEquals(2 + 2, storage.snapshots().purge(2, 0));
      }
      Recovered ours = new Recovered();
      assertEquals(20, ours.zxids.size());
      assertSame(theirs, ours.store.head());
    }
  }

  @Test
  void theirToolReadsOurLogs() throws Exception {
    Workload workload = new Workload(9);
    try (Storage storage = open()) {
      storage.log().replay(1, (zxid, a, o, n) -> {});
      for (int i = 0; i < 50; i++) {
        TxnRecord record = workload.next();
        storage.log().append(record.header().zxid(), codec.encode(record));
      }
      storage.log().force();
    }
    try (Stream<Path> files = Files.list(logs.resolve("version-2"))) {
      for (Path file : files.toList()) {
        PrintStream out = System.out;
        System.setOut(new PrintStream(OutputStream.nullOutputStream()));
        try (TxnLogToolkit tool = new TxnLogToolkit(false, false, file.toString(), true)) {
          tool.dump(new Scanner("n")); // throws on a checksum that does not match
        } finally {
          System.setOut(out);
        }
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
      }
    }
    assertThrows(CorruptStorageException.class, () -> open().log().replay(1, (z, a, o, n) -> {}));
  }

  private static void assertSame(Theirs theirs, TreeView ours) {
    int count = assertSame(theirs.tree, ours, ZnodePath.ROOT);
    assertEquals(theirs.tree.getNodeCount(), count + 1); // it has the root as "" and as "/"
    assertEquals(theirs.tree.getTreeDigest(), ours.digest());
    Map<Long, Integer> sessions = new TreeMap<>();
    ours.sessions(sessions::put);
    assertEquals(new TreeMap<>(theirs.sessions), sessions);
    Map<Long, List<String>> ephemerals = new HashMap<>();
    ours.ephemeralOwners(
        id -> {
          List<String> paths = new ArrayList<>();
          ours.ephemerals(id, path -> paths.add(path.toString()));
          ephemerals.put(id, paths.stream().sorted().toList());
        });
    Map<Long, List<String>> expected = new HashMap<>();
    theirs
        .tree
        .getEphemerals()
        .forEach(
            (id, paths) -> {
              if (!paths.isEmpty()) {
                expected.put(id, paths.stream().sorted().toList());
              }
            });
    assertEquals(expected, ephemerals);
  }

  private static int assertSame(DataTree theirs, TreeView ours, ZnodePath path) {
    String text = path.toString();
    Znode node = ours.find(path);
    DataNode other = theirs.getNode(text);
    assertNotNull(node, text);
    assertNotNull(other, text);
    assertArrayEquals(other.getData(), node.data(), text);
    StatPersisted stat = other.stat;
    assertEquals(
        List.of(
            stat.getCzxid(),
            stat.getMzxid(),
            stat.getPzxid(),
            stat.getCtime(),
            stat.getMtime(),
            stat.getVersion(),
            stat.getCversion(),
            stat.getAversion(),
            stat.getEphemeralOwner()),
        List.of(
            node.czxid(),
            node.mzxid(),
            node.pzxid(),
            node.ctime(),
            node.mtime(),
            node.version(),
            node.createdChildren(),
            node.aversion(),
            node.ephemeralOwner()),
        text);
    assertEquals(
        theirs.getACL(other).stream().map(ApacheTest::text).toList(),
        node.acl().entries().stream()
            .map(e -> e.perms() + " " + e.scheme() + " " + e.id())
            .toList(),
        text);
    assertEquals(other.getChildren().size(), node.childCount(), text);
    int[] count = {1};
    node.children()
        .forEach(
            (array, offset, length, child) ->
                count[0] += assertSame(theirs, ours, path.child(array, offset, length)));
    return count[0];
  }

  private static String text(ACL acl) {
    return acl.getPerms() + " " + acl.getId().getScheme() + " " + acl.getId().getId();
  }
}
