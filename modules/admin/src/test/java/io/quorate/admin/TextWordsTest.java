package io.quorate.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.server.ServerStatus;
import io.quorate.server.ServerStatus.Mode;
import io.quorate.server.TextCommands;
import io.quorate.server.Version;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextWordsTest {
  private final FakeStatus status = new FakeStatus();

  static String answer(ServerStatus status, String letters, long argument) throws IOException {
    int code = 0;
    for (int i = 0; i < 4; i++) {
      code = code << 8 | letters.charAt(i);
    }
    TextWords words = new TextWords();
    TextCommands.Word word = words.byInt(code);
    assertNotNull(word, letters);
    StringBuilder out = new StringBuilder();
    words.answer(word, argument, status, out);
    return out.toString();
  }

  private String answer(String word) throws IOException {
    return answer(status, word, 0);
  }

  @Test
  void everyWordIsKnownByItsBytes() {
    TextWords words = new TextWords();
    Set<String> found = new HashSet<>();
    for (String name : TextCommands.NAMES) {
      int code =
          name.length() == 4
              ? java.nio.ByteBuffer.wrap(name.getBytes(java.nio.charset.StandardCharsets.US_ASCII))
                  .getInt()
              : 0xfff4fffd;
      TextCommands.Word word = words.byInt(code);
      assertNotNull(word, name);
      found.add(word.name());
      assertEquals(name.equals("stmk") ? 8 : 0, word.argumentBytes());
    }
    assertEquals(19, found.size());
    assertNull(words.byInt(45)); // a connect request's length
    assertNull(words.byInt(0x47455420)); // GET of HTTP
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "conf", "dirs", "hash", "srvr", "stat", "cons", "dump", "wchs", "wchc", "wchp", "mntr",
        "srst", "crst"
      })
  void whileItDoesNotServeMostSayOnlySo(String word) throws Exception {
    status.serving = false;

    assertEquals("This ZooKeeper instance is not currently serving requests\n", answer(word));
    assertEquals(0, status.statisticsResets + status.connectionResets);
  }

  @Test
  void aFewAnswerAlways() throws Exception {
    status.serving = false;

    assertEquals("imok", answer("ruok"));
    assertEquals("null", answer("isro"));
    assertEquals("306", answer("gtmk"));
    assertTrue(answer("envi").startsWith("Environment:\nzookeeper.version=3.9.5-quorate."));
  }

  @Test
  void readOnlyServersSaySo() throws Exception {
    status.mode = Mode.READ_ONLY;

    assertEquals("ro", answer("isro"));
    List<String> lines = answer("srvr").lines().toList();
    assertEquals("READ-ONLY mode; serving only read-only clients", lines.get(1));
    assertTrue(lines.contains("Mode: read-only"));
  }

  @Test
  void resetsReset() throws Exception {
    answer("srst");
    answer("crst");

    assertEquals(1, status.statisticsResets);
    assertEquals(1, status.connectionResets);
  }

  @Test
  void connectionsWithoutARequestHaveNoCxid() throws Exception {
    status.connections.add(FakeStatus.connection(1, 0x10, -1));
    status.connections.add(FakeStatus.connection(2, 0x11, 0));

    List<String> lines = answer("cons").lines().toList();

    assertFalse(lines.get(0).contains("lcxid"), lines.get(0));
    assertTrue(lines.get(1).contains(",lcxid=0x0,"), lines.get(1));
    assertEquals("", lines.get(2));
  }

  @Test
  void theVersionIsWhatToolsParse() {
    assertTrue(
        Version.text()
            .matches(
                "3\\.9\\.5-quorate\\.[0-9]+\\.[0-9]+\\.[0-9]+\\.[a-z0-9]+"
                    + ", built on [0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2} UTC"),
        Version.text());
  }

  @Test
  void mntrBeginsWithTheKeysThatEveryToolReads() throws Exception {
    List<String> lines = answer("mntr").lines().toList();

    assertEquals(
        List.of(
            "zk_version",
            "zk_server_state",
            "zk_avg_latency",
            "zk_max_latency",
            "zk_min_latency",
            "zk_packets_received",
            "zk_packets_sent",
            "zk_num_alive_connections",
            "zk_outstanding_requests",
            "zk_znode_count",
            "zk_watch_count",
            "zk_ephemerals_count",
            "zk_approximate_data_size",
            "zk_open_file_descriptor_count",
            "zk_max_file_descriptor_count"),
        lines.subList(0, 15).stream().map(l -> l.split("\t")[0]).toList());
    assertTrue(String.join("\n", lines.subList(0, 30)).length() < 4096);
  }

  @Test
  void everyLineOfMntrIsOneThatStrictToolsTake() throws Exception {
    status.avgLatency = 12_345_678.9;
    status.quotas.put("caf\u00e9 au-lait", new ServerStatus.Quota(1, -1, 2, 3));
    status.quotaRefusals.put("caf\u00e9 au-lait", 7L);
    status.metrics.counter("some/name").add(1);
    Set<String> names = new HashSet<>();
    for (String line : answer("mntr").lines().skip(1).toList()) {
      assertTrue(line.matches("zk_[\\w\\-]+\t[\\w.\\-]+"), line);
      assertTrue(names.add(line.split("\t")[0]), "twice: " + line);
    }
    assertTrue(answer("mntr").contains("zk_avg_latency\t12345678.9\n"));
    assertTrue(names.contains("zk_caf__au-lait_quota_count_limit_per_namespace"));
    assertTrue(answer("mntr").contains("zk_caf__au-lait_quota_exceeded_error_per_namespace\t7\n"));
    assertTrue(names.contains("zk_quorate_version"));
    assertTrue(names.contains("zk_fsync_threshold_exceed_count"));
    assertFalse(names.contains("zk_followers"));
  }
}
