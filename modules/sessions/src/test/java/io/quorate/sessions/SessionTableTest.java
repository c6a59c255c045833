package io.quorate.sessions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** SES-5. */
class SessionTableTest {
  private final SessionTable table = new SessionTable(1000);

  private List<Long> expire(long nowMs) {
    return table.expire(nowMs).stream().map(Session::id).toList();
  }

  /** ((now + timeout) / tick + 1) * tick. */
  @ParameterizedTest
  @CsvSource({
    "0, 4000, 5000",
    "1, 4000, 5000",
    "999, 4000, 5000",
    "1000, 4000, 6000",
    "500, 4499, 5000",
    "500, 4500, 6000",
    "-4000, 4000, 1000",
    "-4001, 4000, 0",
    "-10000, 4000, -5000",
  })
  void expiresWithItsBucket(long heardMs, int timeoutMs, long bucketMs) {
    table.open(7, timeoutMs, false, heardMs);
    assertEquals(bucketMs, table.nextExpiryMs());
    assertEquals(Map.of(bucketMs, List.of(7L)), table.bucketCopy());
    assertEquals(List.of(), expire(bucketMs - 1));
    assertEquals(List.of(7L), expire(bucketMs));
    assertEquals(List.of(), expire(bucketMs + 100_000), "comes up once");
    assertNotNull(table.get(7), "stays until it is removed");
    assertEquals(Long.MAX_VALUE, table.nextExpiryMs());
  }

  @Test
  void touchesMoveForwardOnly() {
    Session s = table.open(7, 4000, false, 10_000);
    table.touch(s, 12_500);
    assertEquals(17_000, table.nextExpiryMs());
    table.touch(s, 11_000);
    assertEquals(17_000, table.nextExpiryMs(), "an older time changes nothing");
    table.touch(s, 12_999);
    assertEquals(Map.of(17_000L, List.of(7L)), table.bucketCopy());
  }

  /** A client that comes back may ask for less: the longer timeout of before is over (E5). */
  @Test
  void renewsWithTheNewTimeout() {
    Session s = table.open(7, 9000, false, -10_500);
    table.renew(s, 4000, -10_000);
    assertEquals(4000, s.timeoutMs());
    assertEquals(Map.of(-5000L, List.of(7L)), table.bucketCopy());
    table.renew(s, 20_000, -9000);
    assertEquals(Map.of(12_000L, List.of(7L)), table.bucketCopy());
  }

  @Test
  void opensOnce() {
    Session s = table.open(7, 4000, true, 0);
    assertTrue(s.isLocal());
    assertSame(s, table.open(7, 9000, false, 5000));
    assertTrue(s.isLocal());
    assertEquals(4000, s.timeoutMs());
    assertEquals(10_000, table.nextExpiryMs(), "it was heard");
    s.becomeGlobal();
    assertEquals(false, s.isLocal());
    s.timeoutMs(9000);
    table.touch(s, 5000);
    assertEquals(15_000, table.nextExpiryMs());
  }

  @Test
  void removesWithoutTrace() {
    table.open(7, 4000, false, 0);
    table.open(8, 4000, false, 0);
    table.remove(7);
    table.remove(99);
    assertNull(table.get(7));
    assertEquals(1, table.size());
    assertEquals(List.of(8L), expire(5000));
    table.remove(8);
    assertEquals(0, table.size());
    assertEquals(false, table.all().iterator().hasNext());
  }

  @Test
  void wholeBucketsInTheOrderOfTouch() {
    for (long id = 1; id <= 4; id++) {
      table.open(id, 4000, false, id * 10);
    }
    table.open(9, 4000, false, 1500);
    assertEquals(List.of(1L, 2L, 3L, 4L, 9L), expire(10_000));
  }

  @Test
  void needsATick() {
    assertThrows(IllegalArgumentException.class, () -> new SessionTable(0));
  }

  /** A session expires between its timeout and its timeout plus a tick after it was last heard. */
  @Test
  void expiresInTime() {
    Random random = new Random(3);
    Map<Long, Long> heard = new HashMap<>();
    Map<Long, Integer> timeouts = new HashMap<>();
    for (long id = 0; id < 50; id++) {
      int timeout = 2000 + random.nextInt(8000);
      timeouts.put(id, timeout);
      heard.put(id, 0L);
      table.open(id, timeout, false, 0);
    }
    Set<Long> gone = new HashSet<>();
    for (long now = 1; now < 60_000; now += 1 + random.nextInt(50)) {
      for (Session s : table.expire(now)) {
        long silence = now - heard.get(s.id());
        assertTrue(silence >= s.timeoutMs(), () -> s.id() + " was heard in time");
        assertTrue(silence <= s.timeoutMs() + 1000 + 50, () -> s.id() + " lived too long");
        assertTrue(gone.add(s.id()));
        table.remove(s.id());
      }
      long id = random.nextInt(50);
      Session s = table.get(id);
      if (s != null && now < 40_000) {
        table.touch(s, now);
        heard.put(id, now);
      }
    }
    assertEquals(50, gone.size());
    assertEquals(0, table.size());
  }
}
