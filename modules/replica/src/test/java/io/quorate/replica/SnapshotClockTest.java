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
      if (clock.committed(1, 0)) {
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
    assertTrue(clock.committed(1, 0));
    assertFalse(clock.committed(0, 0));
    assertTrue(clock.committed(1, 0));
  }

  /** Else a large state would be written again and again for a small log. */
  @Test
  void aLargeStateWaitsForAsMuchLog() {
    long large = 100L << 20;
    SnapshotClock clock = clock(2, 0);
    clock.appended(99 << 20);
    assertFalse(clock.committed(1000, large));
    clock.appended(1 << 20);
    assertTrue(clock.committed(1, large));
    assertFalse(clock.committed(1000, large), "and as much again");
    SnapshotClock limited = clock(2, 1000);
    limited.appended(1000);
    assertTrue(limited.committed(1, large), "but no more log than the operator allows");
  }
}
