package io.quorate.compat.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.compat.server.Waiting;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.Watcher.Event.KeeperState;
import org.apache.zookeeper.ZooDefs.Ids;
import org.apache.zookeeper.ZooKeeper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Follows the pages about plug-ins to the letter: builds the example against the artifacts, passes
 * the tests, drops the jar into an image, runs it with Apache's Java client, and links it in.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PluginPagesIT {
  private static final int TIMEOUT_MS = 30_000;
  private static final String LISTED =
      "(?m)^storage +memory-file +yes +com\\.example\\.memoryfile +1\\.0\\.0 +%s$";

  private static Newcomer newcomer;
  private static List<String> storagePage;
  private static List<String> imagePage;

  @BeforeAll
  static void begin() throws Exception {
    // Kept after the tests: the reports of the example's own tests are in it.
    Path home = Path.of(System.getProperty("compat.work")).toRealPath().resolve("newcomer");
    Waiting.deleteTree(home);
    newcomer = new Newcomer(Files.createDirectories(home));
    Path docs = newcomer.checkout.resolve("docs/plugins");
    storagePage = Page.blocks(docs.resolve("write-your-own-storage.md"));
    imagePage = Page.blocks(docs.resolve("custom-runtime-image.md"));
  }

  @AfterAll
  static void end() throws Exception {
    if (newcomer == null) {
      return;
    }
    newcomer.kill();
    for (String large : List.of("quorate", "my-storage/my-image", "repository", "checkout")) {
      Waiting.deleteTree(newcomer.home.resolve(large));
    }
  }

  /** Steps 1 to 6 but for the last command, which stops the server. */
  @Test
  @Order(1)
  void aNewcomerWritesAStorage() throws Exception {
    assertThat(storagePage).hasSize(6);
    String said = newcomer.run(newcomer.checkout, storagePage.subList(0, 5));

    assertThat(said)
        .containsPattern(LISTED.formatted("storage-memory-file-1\\.0\\.0\\.jar"))
        .containsPattern("(?m)^storage +files +io\\.quorate\\.storage\\.files .* image$")
        .doesNotContain("problem:")
        .contains("STARTED");
    assertThat(Files.exists(newcomer.home.resolve("repository/io/quorate/quorate-spi-storage")))
        .as("the artifacts are in the repository made for this test")
        .isTrue();
    assertThat(testsOfTheExample()).as("tests of the contract").isGreaterThan(15);
  }

  private static long testsOfTheExample() throws Exception {
    try (Stream<Path> reports = Files.list(newcomer.project.resolve("target/surefire-reports"))) {
      String report =
          Files.readString(
              reports.filter(f -> f.toString().endsWith(".xml")).findFirst().orElseThrow());
      assertThat(report).contains("failures=\"0\"").contains("errors=\"0\"");
      return report.lines().filter(line -> line.contains("<testcase ")).count();
    }
  }

  /** What was acknowledged is there after the server was killed. */
  @Test
  @Order(2)
  void apachesClientUsesIt() throws Exception {
    try (ZooKeeper client = connect()) {
      client.create("/kept", bytes("1"), Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
      for (int i = 0; i < 50; i++) {
        client.create(
            "/kept/n-", bytes("x"), Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT_SEQUENTIAL);
      }
      client.setData("/kept", bytes("2"), 0);
      newcomer.kill();
    }
    newcomer.run(newcomer.project, storagePage.get(4));
    try (ZooKeeper client = connect()) {
      assertThat(new String(client.getData("/kept", false, null), StandardCharsets.UTF_8))
          .isEqualTo("2");
      assertThat(client.getChildren("/kept", false)).hasSize(50);
    }
    assertThat(newcomer.run(newcomer.project, storagePage.get(5))).contains("STOPPED");
    assertThat(Files.size(newcomer.project.resolve("my-data/memory-file.data"))).isPositive();
    assertThat(Files.exists(newcomer.project.resolve("my-data/version-2")))
        .as("the storage of the image has not been used")
        .isFalse();
  }

  @Test
  @Order(3)
  void theModuleIsLinkedIn() throws Exception {
    assertThat(imagePage).hasSize(3);
    String said = newcomer.run(newcomer.checkout, imagePage.get(0));
    assertThat(said).containsPattern(LISTED.formatted("image")).doesNotContain("problem:");

    assertThat(newcomer.run(newcomer.project, imagePage.get(1))).contains("STARTED");
    try (ZooKeeper client = connect()) {
      assertThat(client.getChildren("/kept", false)).hasSize(50);
      client.delete("/kept/n-0000000000", -1);
    }
    assertThat(newcomer.run(newcomer.project, imagePage.get(2))).contains("STOPPED");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static ZooKeeper connect() throws Exception {
    CountDownLatch connected = new CountDownLatch(1);
    ZooKeeper client =
        new ZooKeeper(
            "127.0.0.1:" + newcomer.port,
            TIMEOUT_MS,
            event -> {
              if (event.getState() == KeeperState.SyncConnected) {
                connected.countDown();
              }
            });
    assertThat(connected.await(TIMEOUT_MS, TimeUnit.MILLISECONDS)).as("connected").isTrue();
    return client;
  }
}
