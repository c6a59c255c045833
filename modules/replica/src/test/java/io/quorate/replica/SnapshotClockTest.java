package io.quorate.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SnapshotClockTest {
  private static SnapshotClock clock(int count, int bytes) {
    Map<String, String> settings = new HashMap<>();
    settings.put("snapCount", String.valueOf(count));
    settings.put("snapSize", String.valueOf(bytes));
    return new SnapshotClock(Rig.settings(settings));
  }

  private static int transactionsUntilDue(SnapshotClock clock, int bytesEach) {
    for (int n = 1; ; n++) {
      clock.appended(bytesEach);
      if (clock.committed(1)) {
        return n;
      }
    }
  }

  @Test
  void isDueBetweenHalfAndAllOfTheCount() {
    SnapshotClock clock = clock(100, 0);
    TreeSet<Integer> seen = new TreeSet<>();
    for (int i = 0; i < 1000; i++) {
      seen.add(transactionsUntilDue(clock, 1_000_000));
    }
    assertTrue(seen.first() >= 50 && seen.last() <= 100, () -> "from " + seen);
    assertTrue(seen.size() > 40, "at random");
  }

  @Test
  void isDueBetweenHalfAndAllOfTheBytes() {
    SnapshotClock clock = clock(1_000_000, 1000);
    TreeSet<Integer> seen = new TreeSet<>();
    for (int i = 0; i < 1000; i++) {
      seen.add(transactionsUntilDue(clock, 10));
    }
    assertTrue(seen.first() >= 50 && seen.last() <= 101, () -> "from " + seen);
  }

  @Test
  void isTheSameForOneSeed() {
    SnapshotClock a = clock(1000, 0);
    SnapshotClock b = clock(1000, 0);
    for (int i = 0; i < 20; i++) {
      assertEquals(transactionsUntilDue(a, 1), transactionsUntilDue(b, 1));
    }
  }

  @Test
  void smallestCount() {
    SnapshotClock clock = clock(1, 0);
    assertTrue(clock.committed(1));
    assertFalse(clock.committed(0));
    assertTrue(clock.committed(1));
  }
}
