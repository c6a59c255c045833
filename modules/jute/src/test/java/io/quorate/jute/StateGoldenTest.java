package io.quorate.jute;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.api.Acl;
import io.quorate.api.EphemeralOwner;
import io.quorate.api.Stat;
import io.quorate.api.ZnodePath;
import io.quorate.spi.codec.Codec;
import io.quorate.spi.codec.CodecConfiguration;
import io.quorate.spi.codec.CodecException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.server.DataNode;
import org.apache.zookeeper.server.DataTree;
import org.apache.zookeeper.server.persistence.FileSnap;
import org.apache.zookeeper.server.persistence.SnapStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Snapshots: Apache reads ours, we read Apache's, and nothing is lost either way. */
class StateGoldenTest {
  private static final long ZXID = (2L << 32) + 9;
  private static final long SESSION = 0x1_0000_0001L;
  private static final long TTL = EphemeralOwner.ofTtl(5000, EphemeralOwner.Encoding.EXTENDED);
  private static final byte[] BIG = new byte[300_000];

  static {
    Arrays.fill(BIG, (byte) 7);
  }

  @TempDir Path dir;

  private static JuteCodec codec(boolean digest, boolean lastZxid) {
    return new JuteCodec(new CodecConfiguration(1 << 20, digest, lastZxid));
  }

  private static byte[] write(Codec codec, MapTree tree) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    codec.writeState(tree.view(), out);
    return out.toByteArray();
  }

  private static Codec.StateInfo read(byte[] bytes, MapTree into) throws IOException {
    return codec(true, true).readState(new ByteArrayInputStream(bytes), into.store());
  }

  /** A tree with every kind of znode, made by Apache. */
  private static DataTree apacheTree() throws KeeperException {
    DataTree tree = new DataTree();
    var open = Apache.acl(Acl.OPEN);
    tree.createNode("/a", "data".getBytes(StandardCharsets.UTF_8), open, 0, 1, 10, 1000);
    tree.createNode("/a/null", null, open, 0, 1, 11, 1001);
    tree.createNode("/a/empty", new byte[0], Apache.acl(RequestGoldenTest.ACL), 0, 2, 12, 1002);
    tree.createNode("/a/big", BIG, open, 0, 3, 13, 1003);
    tree.createNode("/e", new byte[] {1}, open, SESSION, 2, 14, 1004);
    tree.createNode("/c", new byte[] {2}, open, EphemeralOwner.CONTAINER, 3, 15, 1005);
    tree.createNode("/t", new byte[] {3}, open, TTL, 4, 16, 1006);
    tree.createNode("/äpfel", new byte[] {4}, List.of(), 0, 5, 17, 1007);
    tree.createNode("/gone", null, open, 0, 6, 18, 1008);
    tree.deleteNode("/gone", 19);
    tree.setData("/a", "other".getBytes(StandardCharsets.UTF_8), 1, 20, 1009);
    tree.setACL("/t", Apache.acl(4, "ip", "1.2.3.4"), 1);
    tree.lastProcessedZxid = ZXID;
    return tree;
  }

  private static Map<Long, Integer> sessions() {
    return new HashMap<>(Map.of(SESSION, 30000, -5L, 4000));
  }

  private byte[] apacheSnapshot(DataTree tree) throws IOException {
    File file = dir.resolve("snapshot.x").toFile();
    new FileSnap(dir.toFile()).serialize(tree, sessions(), file, false);
    return Files.readAllBytes(file.toPath());
  }

  private DataTree apacheRead(byte[] bytes, Map<Long, Integer> sessions) throws IOException {
    Path file = dir.resolve("snapshot." + Long.toHexString(ZXID));
    Files.write(file, bytes);
    DataTree tree = new DataTree();
    assertTrue(SnapStream.isValidSnapshot(file.toFile()));
    assertEquals(ZXID, new FileSnap(dir.toFile()).deserialize(tree, sessions));
    return tree;
  }

  @Test
  void readsWhatApacheWrote() throws Exception {
    DataTree theirs = apacheTree();
    MapTree ours = new MapTree();
    Codec.StateInfo info = read(apacheSnapshot(theirs), ours);
    assertEquals(ZXID, info.lastZxid());
    assertEquals(sessions(), ours.sessions);
    same(theirs, ours);
    assertSame(Acl.NONE, ours.node("/zookeeper").acl());
    assertSame(Acl.OPEN, ours.node("/a").acl());
    assertEquals(2, ours.node("/t").acl().entries().get(0).perms() / 2);
    assertEquals(theirs.getTreeDigest(), ours.digest());
  }

  @Test
  void readsTheDigestThatApacheWrote() throws Exception {
    DataTree theirs = apacheTree();
    // The digest belongs to a transaction, so there has to have been one.
    theirs.processTxn(
        new org.apache.zookeeper.txn.TxnHeader(1, 2, ZXID + 1, 1010, 2),
        new org.apache.zookeeper.txn.DeleteTxn("/c"));
    MapTree ours = new MapTree();
    Codec.StateInfo info = read(apacheSnapshot(theirs), ours);
    assertEquals(new Codec.StateInfo(ZXID + 1, ZXID + 1, 2, theirs.getTreeDigest()), info);
    assertEquals(ours.digest(), info.digest());
  }

  @Test
  void apacheReadsWhatWeWrote() throws Exception {
    MapTree ours = new MapTree();
    read(apacheSnapshot(apacheTree()), ours);
    ours.zxid = ZXID + 1; // beyond the file's name, or Apache compares the digest and drops it
    Map<Long, Integer> sessions = new HashMap<>();
    DataTree theirs = apacheRead(write(codec(true, true), ours), sessions);
    assertEquals(sessions(), sessions);
    same(theirs, ours);
    assertEquals(ours.digest(), theirs.getDigestFromLoadedSnapshot().getDigest());
    assertEquals(ours.digest(), theirs.getTreeDigest());
    assertEquals(ZXID + 1, theirs.getDigestFromLoadedSnapshot().getZxid());
    assertEquals(java.util.Set.of("/e"), theirs.getEphemerals(SESSION));
    assertEquals(java.util.Set.of("/c"), theirs.getContainers());
    // With extended types off, as by default, Apache takes a TTL for the id of a session.
    assertEquals(java.util.Set.of("/t"), theirs.getEphemerals(TTL));
  }

  @Test
  void readsWhatItWrote() throws Exception {
    MapTree ours = new MapTree();
    read(apacheSnapshot(apacheTree()), ours);
    ours.zxid = ZXID;
    int[] tails = {0, 21, 33, 54};
    int shortest = write(codec(false, false), ours).length;
    for (int i = 0; i < 4; i++) {
      boolean lastZxid = (i & 1) != 0;
      boolean digest = (i & 2) != 0;
      byte[] bytes = write(codec(digest, lastZxid), ours);
      assertEquals(shortest + tails[i], bytes.length);
      MapTree again = new MapTree();
      Codec.StateInfo info = read(bytes, again);
      again.zxid = ZXID;
      assertEquals(ours.dump(), again.dump());
      assertEquals(lastZxid ? ZXID : -1, info.lastZxid());
      assertEquals(digest ? ZXID : -1, info.digestZxid());
      assertEquals(digest ? ours.digest() : 0, info.digest());
      assertEquals(digest ? 2 : 0, info.digestVersion());
      assertArrayEquals(bytes, write(codec(digest, lastZxid), again));
    }
  }

  /** Both trees hold the same znodes with the same data, Stats, persisted fields and ACLs. */
  private static void same(DataTree theirs, MapTree ours) throws Exception {
    Map<String, String> expected = new TreeMap<>();
    collect(theirs, "", expected);
    Map<String, String> actual = new TreeMap<>();
    ours.nodes.forEach(
        (path, n) ->
            actual.put(
                path.toString(),
                describe(
                    n.data,
                    n.acl.entries().toString(),
                    n.stat(EphemeralOwner.Encoding.PLAIN),
                    n.createdChildren,
                    n.owner)));
    assertEquals(expected, actual);
  }

  private static void collect(DataTree tree, String path, Map<String, String> into)
      throws Exception {
    DataNode node = tree.getNode(path);
    org.apache.zookeeper.data.Stat s = new org.apache.zookeeper.data.Stat();
    node.copyStat(s);
    List<Acl.Entry> acl =
        tree.getACL(path, new org.apache.zookeeper.data.Stat()).stream()
            .map(a -> new Acl.Entry(a.getPerms(), a.getId().getScheme(), a.getId().getId()))
            .toList();
    // Containers and TTLs are hidden from clients; whether the latter are is a switch in Apache.
    long owner = node.stat.getEphemeralOwner();
    Stat stat =
        new Stat(
            s.getCzxid(),
            s.getMzxid(),
            s.getCtime(),
            s.getMtime(),
            s.getVersion(),
            s.getCversion(),
            s.getAversion(),
            EphemeralOwner.visible(owner, EphemeralOwner.Encoding.PLAIN),
            s.getDataLength(),
            s.getNumChildren(),
            s.getPzxid());
    into.put(path, describe(node.getData(), acl.toString(), stat, node.stat.getCversion(), owner));
    for (String child : node.getChildren()) {
      collect(tree, path + "/" + child, into);
    }
  }

  private static String describe(byte[] data, String acl, Stat stat, int created, long owner) {
    String text = data == null ? "null" : data.length + " bytes " + Arrays.hashCode(data);
    return text + " " + acl + " " + stat + " " + created + " " + owner;
  }

  /** The oldest form: nothing behind the first seal. */
  @Test
  void apacheReadsTheOldestForm() throws Exception {
    MapTree ours = new MapTree();
    read(apacheSnapshot(apacheTree()), ours);
    DataTree theirs = apacheRead(write(codec(false, false), ours), new HashMap<>());
    same(theirs, ours);
  }

  @Test
  void digestsOfVersionOneAreText() throws Exception {
    WireWriter w = new WireWriter();
    Adler adler = new Adler(w);
    adler.minimal();
    w.putLong(7);
    w.putInt(1);
    w.putString("ff");
    adler.seal();
    byte[] bytes = Arrays.copyOf(w.array(), w.position());
    assertEquals(new Codec.StateInfo(-1, 7, 1, 255), read(bytes, new MapTree()));
  }

  /** Writes snapshots by hand, field by field. */
  private record Adler(WireWriter w) {
    void begin() {
      w.putInt(0x5A4B534E);
      w.putInt(2);
      w.putLong(-1);
      w.putInt(0);
      w.putInt(0);
    }

    void node(String path, long acl) {
      w.putString(path);
      w.putInt(-1);
      w.putLong(acl);
      w.putBytes(new byte[60], 0, 60);
    }

    void seal() {
      java.util.zip.Adler32 sum = new java.util.zip.Adler32();
      sum.update(w.array(), 0, w.position());
      w.putLong(sum.getValue());
      w.putString("/");
    }

    void minimal() {
      begin();
      node("", -1);
      w.putString("/");
      seal();
    }

    byte[] bytes() {
      return Arrays.copyOf(w.array(), w.position());
    }
  }

  /** A snapshot with these paths behind the root, sealed. */
  static byte[] withPaths(String... paths) {
    Adler a = new Adler(new WireWriter());
    a.begin();
    a.node("", -1);
    for (String path : paths) {
      a.node(path, 77);
    }
    a.w.putString("/");
    a.seal();
    return a.bytes();
  }

  /** A small tree with all parts of a state. */
  static MapTree sample() throws IOException {
    MapTree tree = new MapTree();
    read(withPaths("/a", "/a/b", "/c"), tree);
    tree.sessions.put(SESSION, 4000);
    tree.node("/a").acl = RequestGoldenTest.ACL;
    tree.node("/c").acl = Acl.OPEN;
    tree.node("/c").data = new byte[] {1, 2, 3};
    tree.zxid = ZXID;
    return tree;
  }

  /** Puts right checksums into the three seals of a state that was damaged. */
  static void reseal(byte[] bytes) {
    for (int at : new int[] {bytes.length - 67, bytes.length - 34, bytes.length - 13}) {
      java.util.zip.Adler32 sum = new java.util.zip.Adler32();
      sum.update(bytes, 0, at);
      BigEndian.putLong(bytes, at, sum.getValue());
    }
  }

  @Test
  void missingListsOfFuzzySnapshotsGrantNothing() throws Exception {
    MapTree tree = new MapTree();
    read(withPaths("/a"), tree);
    Acl acl = tree.node("/a").acl();
    assertFalse(acl.entries().isEmpty(), "an empty list would grant everything");
    assertTrue(acl.entries().stream().allMatch(e -> e.perms() == 0));
  }

  @Test
  void parentsComeFirst() throws Exception {
    for (String[] good :
        new String[][] {
          {"/a", "/a/b", "/a/c", "/b", "/a/c/d", "/a/b/x"},
          {"/b", "/a", "/b/a"},
          {"/a", "/ab", "/a/b"},
          {"/.", "/./..", "/\u0001"}
        }) {
      MapTree tree = new MapTree();
      read(withPaths(good), tree);
      assertEquals(good.length + 1, tree.nodes.size());
    }
    for (String[] bad :
        new String[][] {
          {"/a/b", "/a"},
          {"/ab", "/a/b"},
          {"/a", "/ab/c"},
          {"/a", "/a/"},
          {"/a", "/a//b"},
          {"a"},
          {"/a", "a"},
          {"/a", ""},
          {"//"},
          {"/a", "//b"},
          {"a/b"}
        }) {
      CodecException e =
          assertThrows(
              CodecException.class,
              () -> read(withPaths(bad), new MapTree()),
              () -> Arrays.toString(bad));
      assertTrue(e.getMessage().contains("at byte"), e.getMessage());
    }
  }

  @Test
  void everyFlippedBitIsNoticed() throws Exception {
    MapTree ours = new MapTree();
    DataTree small = new DataTree();
    small.createNode("/a", new byte[] {1, 2}, Apache.acl(RequestGoldenTest.ACL), 0, 1, 3, 4);
    read(apacheSnapshot(small), ours);
    byte[] bytes = write(codec(true, true), ours);
    for (int i = 0; i < bytes.length * 8; i++) {
      byte[] flipped = bytes.clone();
      flipped[i / 8] ^= (byte) (1 << i % 8);
      int bit = i;
      assertThrows(CodecException.class, () -> read(flipped, new MapTree()), () -> "bit " + bit);
    }
  }

  @Test
  void everyTruncationIsNoticed() throws Exception {
    MapTree ours = new MapTree();
    read(withPaths("/a", "/a/b"), ours);
    byte[] bytes = write(codec(true, true), ours);
    for (int n = 0; n < bytes.length; n++) {
      byte[] shorter = Arrays.copyOf(bytes, n);
      if (n == bytes.length - 54 || n == bytes.length - 21) {
        read(shorter, new MapTree()); // the end of an older form
      } else {
        assertThrows(CodecException.class, () -> read(shorter, new MapTree()), "of " + n);
      }
    }
    byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
    assertThrows(CodecException.class, () -> read(longer, new MapTree()));
  }

  @Test
  void lengthsBeyondTheLimitAreRefused() throws Exception {
    MapTree ours = new MapTree();
    read(apacheSnapshot(apacheTree()), ours);
    byte[] bytes = write(codec(true, true), ours);
    JuteCodec small = new JuteCodec(new CodecConfiguration(BIG.length - 1, true, true));
    CodecException e =
        assertThrows(
            CodecException.class,
            () -> small.readState(new ByteArrayInputStream(bytes), new MapTree().store()));
    assertTrue(e.getMessage().contains("at most 299999"), e.getMessage());
    JuteCodec enough = new JuteCodec(new CodecConfiguration(BIG.length, true, true));
    enough.readState(new ByteArrayInputStream(bytes), new MapTree().store());
  }

  /** A stream may give as little at a time as it likes. */
  @Test
  void readsFromSlowStreams() throws Exception {
    MapTree ours = new MapTree();
    read(apacheSnapshot(apacheTree()), ours);
    byte[] bytes = write(codec(true, true), ours);
    MapTree again = new MapTree();
    ByteArrayInputStream slow =
        new ByteArrayInputStream(bytes) {
          private int turn;

          @Override
          public synchronized int read(byte[] b, int off, int len) {
            return super.read(b, off, Math.min(len, 1 + turn++ % 700));
          }
        };
    codec(true, true).readState(slow, again.store());
    assertEquals(ours.dump(), again.dump());
  }

  @Test
  void failuresOfTheStreamComeThrough() throws Exception {
    MapTree ours = new MapTree();
    read(withPaths("/a"), ours);
    for (int i = 0; i < 30_000; i++) {
      ours.load(ZnodePath.of("/a/" + i), null, Acl.OPEN, 1, 1, 1, 1, 1, 1, 1, 1, 0);
    }
    IOException full = new IOException("disk full");
    IOException seen =
        assertThrows(
            IOException.class,
            () ->
                codec(true, true)
                    .writeState(
                        ours.view(),
                        new java.io.OutputStream() {
                          @Override
                          public void write(int b) throws IOException {
                            throw full;
                          }
                        }));
    assertSame(full, seen);
  }

  @Test
  void deepTreesTakeNoStack() throws Exception {
    MapTree ours = new MapTree();
    read(withPaths(), ours);
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < 1000; i++) {
      ours.load(ZnodePath.of(path + "/side"), null, Acl.OPEN, i, 1, 1, 1, 1, 1, 1, 1, 0);
      path.append("/d");
      ours.load(ZnodePath.of(path.toString()), null, Acl.OPEN, i, 1, 1, 1, 1, 1, 1, 1, 0);
    }
    byte[] bytes = write(codec(true, true), ours);
    MapTree again = new MapTree();
    read(bytes, again);
    assertEquals(ours.dump(), again.dump());
  }

  @Test
  void theOrderIsDepthFirst() throws Exception {
    MapTree ours = new MapTree();
    read(withPaths("/b", "/a", "/a/y", "/a/x", "/a/x/z"), ours);
    StringBuilder order = new StringBuilder();
    TreeWalk.walk(
        ours.node("/"),
        (path, length, znode) ->
            order.append(new String(path, 0, length, StandardCharsets.UTF_8)).append(' '));
    assertEquals(" /a /a/x /a/x/z /a/y /b ", order.toString());
  }
}
