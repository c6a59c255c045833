package io.quorate.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SnapshotClockTest {
  private static SnapshotClock clock(int count, int bytes) {
    Map<String, String> settings = new HashMap<>();
    settings.put("snapCount", String.valueOf(count));
    settings.put("snapSize", String.valueOf(bytes));
    return new SnapshotClock(Rig.settings(settings), Recovered.whole(0), 0);
  }

  private static int transactionsUntilDue(SnapshotClock clock, int bytesEach) {
    for (int n = 1; ; n++) {
      clock.appended(bytesEach);
      if (clock.committed(1, 0, 0)) {
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
    assertTrue(clock.committed(1, 0, 0));
    assertFalse(clock.committed(0, 0, 0));
    assertTrue(clock.committed(1, 0, 0));
  }

  /** Else a large state would be written again and again for a small log. */
  @Test
  void afterALargeSnapshotTheLogGrowsAsLong() {
    SnapshotClock clock = clock(2, 0);
    assertTrue(clock.committed(2, 100 * MB, 0), "nothing is known of an earlier one");
    clock.appended(99 * MB);
    assertFalse(clock.committed(1000, 150 * MB, 0));
    clock.appended(MB);
    assertTrue(clock.committed(1, 150 * MB, 0));
    clock.appended(149 * MB);
    assertFalse(clock.committed(1000, 150 * MB, 0), "this one was larger");
    clock.appended(MB);
    assertTrue(clock.committed(1, 150 * MB, 0));
  }

  /** A state that grows with its log is written again each time that it has doubled. */
  @Test
  void aGrowingStateIsWrittenAgain() {
    SnapshotClock clock = clock(2, 0);
    int state = 0;
    List<Integer> written = new ArrayList<>();
    while (state < 300) {
      state++;
      clock.appended(MB);
      if (clock.committed(1000, (long) state * MB, 0) && state >= 16) {
        written.add(state);
      }
    }
    assertEquals(List.of(16, 17, 34, 68, 136, 272), written);
  }

  @Test
  void noMoreLogThanTheOperatorAllows() {
    SnapshotClock clock = clock(2, 1000);
    assertTrue(clock.committed(2, 100 * MB, 0));
    clock.appended(1000);
    assertTrue(clock.committed(1, 100 * MB, 0));
  }

  @Test
  void isDueAfterQuietIfTheLogIsLong() {
    SnapshotClock clock = clock(1_000_000, 0);
    clock.appended(8 * MB - 1);
    clock.committed(100, 100 * MB, 1000);
    assertEquals(Long.MAX_VALUE, clock.nextMs(), "not worth it");
    assertFalse(clock.quiet(100 * MB, 1_000_000));
    clock.appended(1);
    clock.committed(1, 100 * MB, 2000);
    assertEquals(7000, clock.nextMs());
    assertFalse(clock.quiet(100 * MB, 6999));
    assertTrue(clock.quiet(100 * MB, 7000));
    assertFalse(clock.quiet(100 * MB, 1_000_000), "once");
    clock.appended(25 * MB - 1);
    clock.committed(1, 100 * MB, 8000);
    assertFalse(clock.quiet(100 * MB, 1_000_000), "a quarter of the last snapshot");
    clock.appended(1);
    assertTrue(clock.quiet(100 * MB, 1_000_000));
  }

  /** Else a server that is killed often would replay the same log at each start. */
  @Test
  void whatWasReplayedCounts() {
    Recovered recovered = new Recovered(9, 20 * MB, 1000, 19 * MB);
    SnapshotClock clock =
        new SnapshotClock(Rig.settings(Map.of("snapCount", "2")), recovered, 3000);
    assertEquals(8000, clock.nextMs());
    assertFalse(clock.committed(1, 40 * MB, 4000));
    clock.appended(MB);
    assertTrue(clock.committed(1, 40 * MB, 4000));
  }

  private static final int MB = 1 << 20;
}
