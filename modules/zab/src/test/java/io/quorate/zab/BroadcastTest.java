package io.quorate.zab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.api.Zxid;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BroadcastTest {
  private static final long START = Zxid.of(3, 7);
  private final List<String> output = new ArrayList<>();

  private final class Notes implements Output {
    @Override
    public void append(long zxid, byte[] transaction) {
      output.add("append " + Zxid.counter(zxid) + " " + transaction.length);
    }

    @Override
    public void commit(long zxid) {
      output.add("commit " + Zxid.counter(zxid));
    }
  }

  private Broadcast of(int voters) {
    long[] sids = new long[voters];
    for (int i = 0; i < voters; i++) {
      sids[i] = i + 1;
    }
    return new Broadcast(1, sids, START, new Notes());
  }

  private void propose(Broadcast b, int count) {
    for (int i = 0; i < count; i++) {
      b.propose(b.nextZxid(), new byte[i]);
    }
  }

  @Test
  void oneVoterCommitsWhatItsDiskHolds() {
    Broadcast b = of(1);
    assertEquals(START, b.lastCommitted());
    propose(b, 3);
    assertEquals(List.of("append 8 0", "append 9 1", "append 10 2"), output);
    assertEquals(Zxid.of(3, 10), b.lastProposed());
    b.durable(Zxid.of(3, 9));
    b.durable(Zxid.of(3, 9));
    b.durable(Zxid.of(3, 8));
    b.durable(Zxid.of(3, 10));
    assertEquals(List.of("commit 9", "commit 10"), output.subList(3, 5));
    assertEquals(5, output.size());
    assertEquals(Zxid.of(3, 10), b.lastCommitted());
  }

  @Test
  void threeVotersNeedTwo() {
    Broadcast b = of(3);
    propose(b, 2);
    output.clear();
    b.durable(Zxid.of(3, 9));
    assertEquals(List.of(), output);
    b.ack(2, Zxid.of(3, 8));
    assertEquals(List.of("commit 8"), output);
    b.ack(3, Zxid.of(3, 9));
    assertEquals(List.of("commit 8", "commit 9"), output);
    b.ack(2, Zxid.of(3, 9));
    assertEquals(2, output.size());
  }

  /** The leader's own disk is one voice among others. */
  @Test
  void aQuorumWithoutTheLeadersDisk() {
    Broadcast b = of(3);
    propose(b, 1);
    output.clear();
    b.ack(3, Zxid.of(3, 8));
    b.ack(2, Zxid.of(3, 8));
    assertEquals(List.of("commit 8"), output);
    b.durable(Zxid.of(3, 8));
    assertEquals(1, output.size());
  }

  /** Z9, Z16: each commit is held by a quorum, in order, once; and nothing waits without need. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void commitsWhatAQuorumHolds(int voters) {
    Random random = new Random(voters);
    long[] acked = new long[voters];
    Arrays.fill(acked, START);
    long[] committed = {START};
    List<Long> commits = new ArrayList<>();
    long[] sids = new long[voters];
    for (int i = 0; i < voters; i++) {
      sids[i] = 10 + i;
    }
    Broadcast b =
        new Broadcast(
            10,
            sids,
            START,
            new Output() {
              @Override
              public void append(long zxid, byte[] transaction) {}

              @Override
              public void commit(long zxid) {
                assertTrue(zxid > committed[0], "in order, once");
                committed[0] = zxid;
                commits.add(zxid);
              }
            });
    for (int i = 0; i < 5000; i++) {
      if (random.nextInt(3) == 0) {
        b.propose(b.nextZxid(), new byte[0]);
      }
      int v = random.nextInt(voters);
      long zxid = START + random.nextInt((int) (b.lastProposed() - START) + 1);
      if (v == 0) {
        b.durable(zxid);
      } else {
        b.ack(10 + v, zxid);
      }
      acked[v] = Math.max(acked[v], zxid);
      long held = heldByQuorum(acked);
      assertEquals(held, committed[0]);
      assertEquals(held, b.lastCommitted());
    }
    assertTrue(commits.size() > 100);
  }

  private static long heldByQuorum(long[] acked) {
    long best = START;
    for (long candidate : acked) {
      long holders = Arrays.stream(acked).filter(a -> a >= candidate).count();
      if (holders > acked.length / 2) {
        best = Math.max(best, candidate);
      }
    }
    return best;
  }

  @Test
  void refusesNonsense() {
    Broadcast b = of(3);
    assertThrows(
        IllegalArgumentException.class, () -> b.propose(START, new byte[0]), "given already");
    assertThrows(IllegalArgumentException.class, () -> b.propose(START + 2, new byte[0]), "a hole");
    assertThrows(IllegalArgumentException.class, () -> b.durable(START + 1), "not proposed");
    assertThrows(IllegalArgumentException.class, () -> b.ack(2, START + 1), "not proposed");
    propose(b, 1);
    assertThrows(IllegalArgumentException.class, () -> b.ack(4, START + 1), "not a voter");
    assertThrows(
        IllegalArgumentException.class, () -> new Broadcast(9, new long[] {1, 2}, 0, new Notes()));
    assertEquals(START, b.lastCommitted());
  }

  /** ORD-14, ORD-15: no transaction has the counter 0. */
  @Test
  void aFullCounterGoesOnInTheNextEpoch() {
    long full = Zxid.of(3, 0xffff_ffffL);
    Broadcast b = new Broadcast(1, new long[] {1}, full - 1, new Notes());
    assertEquals(full, b.nextZxid());
    b.propose(full, new byte[0]);
    assertEquals(Zxid.of(4, 1), b.nextZxid());
    b.propose(Zxid.of(4, 1), new byte[0]);
    b.durable(Zxid.of(4, 1));
    assertEquals(List.of("append 4294967295 0", "append 1 0", "commit 1"), output);
    assertEquals(Zxid.of(4, 2), b.nextZxid());
  }

  @Test
  void startsFromNothing() {
    Broadcast b = new Broadcast(1, new long[] {1}, 0, new Notes());
    assertEquals(1, b.nextZxid());
  }

  @Test
  void doesNotKeepTheCallersArray() {
    long[] sids = {1, 2, 3};
    Broadcast b = new Broadcast(1, sids, START, new Notes());
    sids[1] = 99;
    propose(b, 1);
    b.ack(2, START + 1);
    assertEquals(START, b.lastCommitted());
  }
}
