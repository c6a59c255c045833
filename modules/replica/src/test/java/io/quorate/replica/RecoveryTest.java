package io.quorate.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.quorate.api.Acl;
import io.quorate.api.EphemeralOwner;
import io.quorate.api.Reply;
import io.quorate.api.TreeView;
import io.quorate.api.Txn;
import io.quorate.api.TxnHeader;
import io.quorate.api.TxnRecord;
import io.quorate.api.WatchEvent;
import io.quorate.api.ZnodePath;
import io.quorate.sessions.SessionPasswords;
import io.quorate.tree.HeapTreeStore;
import io.quorate.tree.TreeRules;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecoveryTest {
  private static final TreeRules RULES =
      new TreeRules(EphemeralOwner.Encoding.EXTENDED, true, false);
  private final List<TxnRecord> log = new ArrayList<>();

  private static HeapTreeStore store() {
    return new HeapTreeStore(3, EphemeralOwner.Encoding.EXTENDED, true);
  }

  /** What a replica logged, with the digests it gave. */
  private HeapTreeStore written() {
    HeapTreeStore store = store();
    Map<String, String> settings = new HashMap<>(Map.of("digests", ""));
    Replica replica =
        new Replica(
            Rig.settings(settings),
            store,
            Rig.POLICY,
            r -> {
              log.add(r);
              return new byte[0];
            },
            SessionPasswords.apache(),
            Recovered.whole(0),
            new Input.Clock(0, 0));
    Rig.Client a = new Rig.Client(1, "a");
    replica.step(new Input.Connect(a, 0, 5000, 0, new byte[16]), new Ignoring());
    replica.step(Input.EndOfTurn.INSTANCE, new Ignoring());
    replica.step(new Input.Durable(1), new Ignoring());
    String[] requests = {
      "create /a x",
      "create /a/e mode=e",
      "set /a y",
      "delete /no",
      "multi create /b ; set /b 1",
      "multi create /c ; delete /no",
      "setacl /b world/anyone/1",
      "delete /a/e",
      "create /e mode=es"
    };
    int xid = 1;
    for (String request : requests) {
      replica.step(new Input.Ask(a, xid++, Script.request(request), List.of()), new Ignoring());
    }
    return store;
  }

  /** Effects that nobody looks at. */
  private static class Ignoring implements Effects {
    @Override
    public void append(long zxid, byte[] record) {}

    @Override
    public void published(TreeView view) {}

    @Override
    public void event(ClientLink link, WatchEvent event) {}

    @Override
    public void reply(ClientLink link, int xid, long zxid, Reply reply) {}

    @Override
    public void opened(ClientLink link, long sessionId, int timeoutMs, byte[] password) {}

    @Override
    public void rejected(ClientLink link) {}

    @Override
    public void close(ClientLink link, CloseReason reason) {}

    @Override
    public void snapshot(TreeView view) {}
  }

  @Test
  void endsWhereTheWriterWas() {
    HeapTreeStore original = written();
    assertEquals(10, log.size());
    HeapTreeStore again = store();
    Recovery recovery = new Recovery(again, RULES, 0, 1);
    log.forEach(recovery::apply);
    assertEquals(10, recovery.recovered(0).lastZxid());
    assertEquals(0, recovery.digestMismatches());
    assertEquals(-1, recovery.firstMismatch());
    assertEquals(original.head().digest(), again.head().digest());
    assertEquals(original.head().nodeCount(), again.head().nodeCount());
    assertEquals(1, again.head().sessionCount());
  }

  @Test
  void countsDigestsThatDiffer() {
    written();
    HeapTreeStore other = store();
    Recovery recovery = new Recovery(other, RULES, 0, 4);
    TxnHeader odd = new TxnHeader(0, 0, 1, 1, 1);
    recovery.apply(
        new TxnRecord(
            odd, new Txn.Create(ZnodePath.of("/odd"), null, Acl.OPEN, false, 1), true, 99));
    for (TxnRecord r : log.subList(1, log.size())) {
      recovery.apply(r);
    }
    assertEquals(7, recovery.digestMismatches(), "from 4 on, of records up to 10");
    assertEquals(4, recovery.firstMismatch());
  }

  @Test
  void recordsWithoutDigestAreNotCompared() {
    Recovery recovery = new Recovery(store(), RULES, 0, 0);
    recovery.apply(
        new TxnRecord(new TxnHeader(1, 0, 1, 1, -10), new Txn.CreateSession(1), false, 0));
    assertEquals(0, recovery.digestMismatches());
  }

  @Test
  void recordsComeInOrder() {
    Recovery recovery = new Recovery(store(), RULES, 5, 0);
    Txn txn = new Txn.Error(-101);
    for (long zxid : new long[] {4, 5}) {
      TxnRecord record = new TxnRecord(new TxnHeader(0, 0, zxid, 1, -1), txn, false, 0);
      assertThrows(IllegalArgumentException.class, () -> recovery.apply(record));
    }
    recovery.apply(new TxnRecord(new TxnHeader(0, 0, 6, 1, -1), txn, false, 0));
    assertEquals(6, recovery.recovered(0).lastZxid());
  }

  /** The next start finds it there and has no long log to replay. */
  @Test
  void afterALongReplayTheFirstQuietTimeBringsASnapshot() {
    HeapTreeStore store = store();
    Recovery recovery = new Recovery(store, RULES, 0, 0);
    recovery.apply(
        new TxnRecord(
            new TxnHeader(0, 0, 7, 1, 1),
            new Txn.Create(ZnodePath.of("/a"), null, Acl.OPEN, false, 1),
            false,
            0));
    Recovered recovered = recovery.recovered(9L << 20);
    assertEquals(new Recovered(7, recovered.snapshotBytes(), 1, 9L << 20), recovered);
    Replica replica =
        new Replica(
            Rig.settings(Map.of()),
            store,
            Rig.POLICY,
            r -> new byte[0],
            SessionPasswords.apache(),
            recovered,
            new Input.Clock(0, 7000));
    List<Long> snapshots = new ArrayList<>();
    Effects effects =
        new Ignoring() {
          @Override
          public void snapshot(TreeView view) {
            snapshots.add(view.zxid());
          }
        };
    assertEquals(7000 + SnapshotClock.QUIET_MS, replica.nextDeadlineMs());
    for (long at : new long[] {7000, 11_999, 12_000, 20_000}) {
      replica.step(new Input.Clock(0, at), effects);
      replica.step(Input.EndOfTurn.INSTANCE, effects);
      assertEquals(at < 12_000 ? List.of() : List.of(7L), snapshots, "at " + at);
    }
  }

  /** SES-8: every recovered session has a full timeout; its id is not given again (S1). */
  @Test
  void recoveredSessionsGoOn() {
    HeapTreeStore store = store();
    Recovery recovery = new Recovery(store, RULES, 0, 0);
    long id = 1L << 56 | 1; // what the clock and one zxid make of the first id
    recovery.apply(
        new TxnRecord(new TxnHeader(id, 0, 1, 1, -10), new Txn.CreateSession(4000), false, 0));
    Replica replica =
        new Replica(
            Rig.settings(Map.of("grace", "50")),
            store,
            Rig.POLICY,
            r -> new byte[0],
            SessionPasswords.apache(),
            Recovered.whole(1),
            new Input.Clock(0, 7000));
    assertNotNull(replica.sessionTable().get(id));
    assertEquals(12_050, replica.nextDeadlineMs(), "the bucket of 7000 + 4000, and the grace");
    Rig.Client a = new Rig.Client(1, "a");
    replica.step(new Input.Connect(a, 0, 5000, 0, new byte[16]), new Ignoring());
    replica.step(Input.EndOfTurn.INSTANCE, new Ignoring());
    replica.step(new Input.Durable(2), new Ignoring());
    assertEquals(id + 1, a.sessionId());
    Rig.Client b = new Rig.Client(2, "b");
    replica.step(
        new Input.Connect(b, 2, 5000, id, SessionPasswords.apache().of(id)), new Ignoring());
    assertEquals(id, b.sessionId());
  }

  @Test
  void digestsAreKeptForEveryHundredAndTwentyEighth() {
    DigestLog digests = new DigestLog();
    assertEquals(0, digests.entries().length);
    for (long zxid = 1; zxid <= 128 * 1100; zxid++) {
      digests.note(zxid, zxid * 3);
    }
    long[][] entries = digests.entries();
    assertEquals(1024, entries.length);
    for (int i = 0; i < 1024; i++) {
      long zxid = 128L * (1100 - 1023 + i);
      assertEquals(zxid, entries[i][0]);
      assertEquals(zxid * 3, entries[i][1]);
    }
  }
}
