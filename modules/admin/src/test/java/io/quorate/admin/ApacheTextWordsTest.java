package io.quorate.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.server.ServerStatus.ConnectionBucket;
import io.quorate.server.ServerStatus.Digest;
import io.quorate.server.ServerStatus.SessionBucket;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.zookeeper.AddWatchMode;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.Watcher.Event.KeeperState;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.ZooKeeper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Golden tests: each word asked of Apache ZooKeeper 3.9.5, and of ours for a server in the same
 * state. Numbers that depend on time or on the machine are replaced by a letter on both sides;
 * everything else has to be equal to the byte.
 */
class ApacheTextWordsTest {
  private static final int WRITES = 300; // two entries of the digest history at least

  private static ApacheServer apache;
  private static ZooKeeper first;
  private static ZooKeeper second;
  private static final FakeStatus ours = new FakeStatus();

  @BeforeAll
  static void sameState(@TempDir Path dir) throws Exception {
    apache = new ApacheServer(dir, "4lw.commands.whitelist=*");
    first = connect();
    second = connect();
    create("/a", CreateMode.PERSISTENT);
    create("/e1", CreateMode.EPHEMERAL);
    create("/e2", CreateMode.EPHEMERAL);
    for (int i = 0; i < WRITES; i++) {
      first.setData("/a", new byte[5], -1);
    }
    first.getData("/a", true, null);
    first.getChildren("/a", true);
    first.exists("/missing", true);
    second.addWatch("/a", AddWatchMode.PERSISTENT_RECURSIVE);

    long one = first.getSessionId();
    long two = second.getSessionId();
    ours.connections.add(FakeStatus.connection(1111, one, 8));
    ours.connections.add(FakeStatus.connection(2222, two, 2));
    ours.connections.add(FakeStatus.connection(3333, 0, -1));
    ours.watches.put(one, List.of("/a", "/missing"));
    ours.watches.put(two, List.of("/a"));
    ours.ephemerals.put(one, List.of("/e1", "/e2"));
    ours.sessionBuckets.add(new SessionBucket(1_795_357_720_000L, List.of(one, two)));
    ours.connectionBuckets.add(
        new ConnectionBucket(1_795_357_710_000L, List.of(ours.connections.get(2))));
    ours.connectionBuckets.add(
        new ConnectionBucket(1_795_357_720_000L, ours.connections.subList(0, 2)));
    ours.digests.add(new Digest(128, 8_123_456_789L, 2));
    ours.digests.add(new Digest(256, 9_123_456_789L, 2));
  }

  private static ZooKeeper connect() throws Exception {
    CountDownLatch connected = new CountDownLatch(1);
    ZooKeeper client =
        new ZooKeeper(
            "127.0.0.1:" + apache.port,
            30_000,
            event -> {
              if (event.getState() == KeeperState.SyncConnected) {
                connected.countDown();
              }
            });
    assertTrue(connected.await(30, TimeUnit.SECONDS));
    return client;
  }

  private static void create(String path, CreateMode mode) throws Exception {
    first.create(path, new byte[5], ZooDefs.Ids.OPEN_ACL_UNSAFE, mode);
  }

  @AfterAll
  static void end() throws Exception {
    first.close();
    second.close();
    apache.close();
  }

  private static String ours(String word, long argument) throws IOException {
    return TextWordsTest.answer(ours, word, argument);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ruok", "isro", "gtmk", "wchs", "srst"})
  void theSameToTheByte(String word) throws Exception {
    assertEquals(apache.ask(word), ours(word, 0));
  }

  @Test
  void crstForgetsTheLastRequestToo() throws Exception {
    String before = apache.ask("cons");
    assertEquals(apache.ask("crst"), ours("crst", 0));
    assertTrue(before.contains(",lcxid=") && !apache.ask("cons").contains(",lcxid="));
    first.exists("/", false);
    second.exists("/", false);
    assertTrue(apache.ask("cons").contains(",lcxid="));
  }

  @Test
  void stmkAnswersTheNewMask() throws Exception {
    assertEquals(apache.ask("stmk", new byte[] {0, 0, 0, 0, 0, 0, 1, 5}), ours("stmk", 261));
    assertEquals(apache.ask("gtmk"), ours("gtmk", 0));
    assertEquals(apache.ask("stmk", new byte[] {0, 0, 0, 0, 0, 0, 1, 50}), ours("stmk", 306));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"conf", "dirs", "srvr", "stat", "cons", "dump", "hash", "wchc", "wchp", "envi"})
  void theSameButForNumbers(String word) throws Exception {
    assertEquals(shape(apache.ask(word)), shape(ours(word, 0)));
  }

  @Test
  void mntrHasAllNamesOfApaches() throws Exception {
    Set<String> names = names(apache.ask("mntr"));
    names.removeIf(name -> name.endsWith("_per_namespace")); // named after znodes

    Set<String> missing = new TreeSet<>(names);
    missing.removeAll(names(ours("mntr", 0)));

    assertEquals(Set.of(), missing);
    assertTrue(names.size() > 450, "names: " + names.size());
  }

  @Test
  void mntrValuesHaveTheirKind() throws Exception {
    var apaches = apache.ask("mntr").lines().filter(l -> !l.contains("_per_namespace")).toList();
    var kinds = ours("mntr", 0).lines().map(ApacheTextWordsTest::kind).collect(Collectors.toSet());
    for (String line : apaches) {
      assertTrue(kinds.contains(kind(line)), line);
    }
  }

  private static String kind(String line) {
    return line.replaceFirst("\t-?[0-9]+\\.[0-9]+$", "\tdecimal")
        .replaceFirst("\t-?[0-9]+$", "\twhole")
        .replaceFirst("3\\.9\\.5-.*", "version");
  }

  private static Set<String> names(String mntr) {
    return mntr.lines()
        .map(line -> line.split("\t")[0])
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Lines sorted where Apache's order is that of a hash table; numbers and names replaced. */
  private static String shape(String text) {
    String shape =
        text.replaceAll("3\\.9\\.5-[A-Za-z0-9.]+, built on [0-9-]+ [0-9:]+ UTC", "VERSION")
            .replaceAll("(?m)=/.*$", "=PATH")
            .replaceAll("(?m)^(java\\.[a-z.]+|user\\.[a-z]+|host\\.name)=.*$", "$1=X")
            .replaceAll("[A-Z][a-z]{2} [A-Z][a-z]{2} [0-9]{2} [0-9:]{8} [A-Z]+ [0-9]{4}", "DATE")
            .replaceAll("lop=[A-Z]+", "lop=X")
            .replaceAll("\\[[0-9a-f]+\\]", "[N]")
            .replaceAll("(?m)^[0-9a-f]+:", "N:")
            .replaceAll("0x[0-9a-f]+", "0xN")
            .replaceAll("-?[0-9]+(\\.[0-9]+)?", "N");
    return shape.contains("Zookeeper version")
            || shape.startsWith("Environment")
            || shape.startsWith("clientPort")
        ? shape
        : Arrays.stream(shape.split("\n", -1))
            .sorted()
            .collect(Collectors.joining("\n"))
            // Apache keeps sets that have become empty for a while
            .replaceAll("(N expire at DATE:\n)+", "$1");
  }

  @Test
  void wordsThatAreNotEnabledSaySo(@TempDir Path dir) throws Exception {
    FakeStatus defaults = new FakeStatus();
    defaults.config = FakeStatus.config("4lw.commands.whitelist", "srvr");
    try (ApacheServer plain = new ApacheServer(dir)) {
      assertTrue(plain.ask("srvr").contains("Mode: "));
      for (String word : List.of("ruok", "mntr", "stmk", "isro")) {
        assertEquals(plain.ask(word), TextWordsTest.answer(defaults, word, 0));
      }
      assertEquals(
          plain.ask("\u00ff\u00f4\u00ff\u00fd"),
          TextWordsTest.answer(defaults, "\u00ff\u00f4\u00ff\u00fd", 0));
    }
  }

  @Test
  void telnetsInterruptClosesWithoutAnAnswer() throws Exception {
    assertEquals("", apache.ask("\u00ff\u00f4\u00ff\u00fd"));
    assertEquals("", ours("\u00ff\u00f4\u00ff\u00fd", 0));
  }
}
