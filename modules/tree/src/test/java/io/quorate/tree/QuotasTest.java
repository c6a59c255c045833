package io.quorate.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.api.Acl;
import io.quorate.api.OpCode;
import io.quorate.api.Request;
import io.quorate.api.Txn;
import io.quorate.api.TxnHeader;
import io.quorate.api.ZnodePath;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** QUO-1 to QUO-5, T7. */
class QuotasTest {
  private static final String LIMITS = "/zookeeper/quota/q/zookeeper_limits";
  private static final String STATS = "/zookeeper/quota/q/zookeeper_stats";
  private final HeapTreeStore store = new HeapTreeStore(5, Asker.ENCODING, true);
  private final Tree tree = new Tree(store, new TreeRules(Asker.ENCODING, true, true));
  private long zxid;

  @BeforeEach
  void start() {
    tree.initialise();
    make("/q", 3);
    make("/q/a", 4);
    make("/q/a/b", 5);
    make("/qq", 50);
  }

  private void apply(Txn txn) {
    zxid++;
    tree.apply(new TxnHeader(1, 0, zxid, 1, 1), txn, ChangeListener.NONE);
  }

  private void make(String path, int bytes) {
    apply(new Txn.Create(ZnodePath.of(path), new byte[bytes], Acl.OPEN, false, -1));
  }

  private void make(String path, String text) {
    apply(
        new Txn.Create(
            ZnodePath.of(path), text.getBytes(StandardCharsets.UTF_8), Acl.OPEN, false, -1));
  }

  private void limit(String text) {
    make("/zookeeper/quota/q", 0);
    make(LIMITS, text);
    make(STATS, "count=0,bytes=0");
  }

  private String usage() {
    return new String(store.head().find(ZnodePath.of(STATS)).data(), StandardCharsets.UTF_8);
  }

  private boolean createRefused(String path, int bytes) {
    Txn txn =
        tree.prepare(
            new Request.Create(OpCode.CREATE, ZnodePath.of(path), new byte[bytes], Acl.OPEN, 0, 0),
            Asker.ONE);
    return refused(txn);
  }

  private boolean setRefused(String path, int bytes) {
    return refused(
        tree.prepare(new Request.SetData(ZnodePath.of(path), new byte[bytes], -1), Asker.ONE));
  }

  private static boolean refused(Txn txn) {
    if (txn instanceof Txn.Error e) {
      assertEquals(-125, e.code());
      return true;
    }
    return false;
  }

  @Test
  void countsWhatIsThereWhenItBegins() {
    assertFalse(tree.hasQuotas());
    limit("count=10,bytes=-1");
    assertTrue(tree.hasQuotas());
    assertEquals("count=3,bytes=12", usage());
  }

  @Test
  void followsEveryChange() {
    limit("count=10,bytes=-1");
    make("/q/c", 7);
    assertEquals("count=4,bytes=19", usage());
    apply(new Txn.SetData(ZnodePath.of("/q/c"), new byte[2], 1));
    assertEquals("count=4,bytes=14", usage());
    apply(new Txn.SetData(ZnodePath.of("/q/c"), null, 2));
    assertEquals("count=4,bytes=12", usage());
    apply(new Txn.SetData(ZnodePath.of("/q"), new byte[4], 1));
    assertEquals("count=4,bytes=13", usage(), "the quota's own znode counts (QUO-3)");
    apply(new Txn.Delete(ZnodePath.of("/q/a/b")));
    assertEquals("count=3,bytes=8", usage());
    apply(new Txn.Create(ZnodePath.of("/q/e"), new byte[1], Acl.OPEN, true, -1));
    apply(new Txn.CreateContainer(ZnodePath.of("/q/f"), null, Acl.OPEN, -1));
    assertEquals("count=5,bytes=9", usage());
    apply(new Txn.CloseSession(java.util.List.of(ZnodePath.of("/q/e"))));
    assertEquals("count=4,bytes=8", usage());
    make("/qq/x", 100);
    assertEquals("count=4,bytes=8", usage(), "/qq is not below /q");
    String before = usage();
    tree.initialise();
    assertEquals(before, usage(), "as counted anew (T7)");
  }

  @Test
  void usageIsNoPartOfTheDigest() {
    limit("count=10,bytes=-1");
    Tree other = new Tree(new HeapTreeStore(9, Asker.ENCODING, true), rules());
    assertEquals(0, other.ephemerals(1).size());
    long before = store.head().digest();
    store.overwriteData(ZnodePath.of(STATS), "count=77,bytes=77".getBytes(StandardCharsets.UTF_8));
    assertEquals(before, store.head().digest());
    assertEquals(0, store.head().find(ZnodePath.of(STATS)).version());
  }

  private static TreeRules rules() {
    return new TreeRules(Asker.ENCODING, true, true);
  }

  /** Limits are inclusive and count the quota's own znode (QUO-5). */
  @Test
  void refusesOverHardLimits() {
    limit("count=-1,bytes=-1=;byteHardLimit=20;countHardLimit=5");
    assertFalse(createRefused("/q/x", 8), "up to the limit");
    assertTrue(createRefused("/q/x", 9));
    assertFalse(setRefused("/q/a", 12));
    assertTrue(setRefused("/q/a", 13));
    assertFalse(createRefused("/qq/x", 1000));
    make("/q/x", 0);
    assertFalse(createRefused("/q/y", 0));
    make("/q/y", 0);
    assertTrue(createRefused("/q/z", 0));
    assertTrue(createRefused("/q/a/b/deep", 0), "the nearest quota above");
    assertEquals(4, tree.quotaRefusals().total());
    assertEquals(Map.of("q", 4L), tree.quotaRefusals().byNamespace());
  }

  /** What a change does not add to is not checked: the limit may be below the usage by now. */
  @Test
  void changesOfOneKindDoNotMeetTheOtherLimit() {
    limit("count=-1,bytes=-1=;byteHardLimit=5;countHardLimit=1");
    assertFalse(setRefused("/q/a", 4), "as many bytes as before");
    assertTrue(setRefused("/q/a", 3), "Apache refuses fewer bytes too while over the limit");
    apply(
        new Txn.SetData(ZnodePath.of(LIMITS), "count=-1,bytes=-1=;byteHardLimit=5".getBytes(), 1));
    assertFalse(createRefused("/q/x", 0), "no bytes are added");
    apply(
        new Txn.SetData(ZnodePath.of(LIMITS), "count=-1,bytes=-1=;countHardLimit=1".getBytes(), 2));
    assertFalse(setRefused("/q/a", 100), "no znode is added");
    assertTrue(createRefused("/q/x", 0));
  }

  /** Who may make quotas must not fill the memory with their names. */
  @Test
  void refusalsOfTooManyNamesAreOnlyCounted() {
    QuotaRefusals refusals = new QuotaRefusals();
    for (int i = 0; i < QuotaRefusals.MAX_NAMES + 5; i++) {
      refusals.add(ZnodePath.of("/n" + i + "/below"));
    }
    refusals.add(ZnodePath.of("/n0"));
    assertEquals(QuotaRefusals.MAX_NAMES, refusals.byNamespace().size());
    assertEquals(2, refusals.byNamespace().get("n0"));
    assertEquals(QuotaRefusals.MAX_NAMES + 6, refusals.total());
  }

  @Test
  void softLimitsRefuseNothing() {
    limit("count=1,bytes=1");
    assertFalse(createRefused("/q/x", 1000));
  }

  @Test
  void nearestQuotaCounts() {
    limit("count=-1,bytes=-1=;countHardLimit=3");
    make("/zookeeper/quota/q/a", 0);
    make("/zookeeper/quota/q/a/zookeeper_limits", "count=-1,bytes=-1=;countHardLimit=100");
    make("/zookeeper/quota/q/a/zookeeper_stats", 0);
    assertFalse(createRefused("/q/a/x", 0));
    assertTrue(createRefused("/q/x", 0));
    make("/q/a/x", 1);
    assertEquals("count=3,bytes=12", usage());
    assertEquals(
        "count=3,bytes=10",
        new String(
            store.head().find(ZnodePath.of("/zookeeper/quota/q/a/zookeeper_stats")).data(),
            StandardCharsets.UTF_8));
  }

  @Test
  void quotasEnd() {
    limit("count=-1,bytes=-1=;countHardLimit=3");
    assertTrue(createRefused("/q/x", 0));
    apply(new Txn.Delete(ZnodePath.of(STATS)));
    assertFalse(createRefused("/q/x", 0), "no usage is known");
    make("/q/x", 1);
    make(STATS, 0);
    assertEquals("count=4,bytes=13", usage());
    apply(new Txn.Delete(ZnodePath.of(LIMITS)));
    assertFalse(createRefused("/q/y", 0));
    assertFalse(tree.hasQuotas());
  }

  /** A multi that makes a quota and then fails leaves no trace of it. */
  @Test
  void undoneQuotasAreForgotten() {
    limit("count=-1,bytes=-1=;countHardLimit=4");
    store.savepoint();
    make("/q/x", 1);
    assertTrue(createRefused("/q/y", 0));
    apply(new Txn.Delete(ZnodePath.of(LIMITS)));
    store.undo();
    tree.headChanged();
    assertTrue(tree.hasQuotas());
    assertEquals("count=3,bytes=12", usage());
    assertFalse(createRefused("/q/y", 0));
    make("/q/x", 1);
    assertEquals("count=4,bytes=13", usage());
    assertTrue(createRefused("/q/y", 0));
  }

  @Test
  void otherZnodesOfTheseNamesMeanNothing() {
    make("/q/zookeeper_limits", "count=-1,bytes=-1=;countHardLimit=0");
    make("/q/zookeeper_stats", "x");
    assertFalse(tree.hasQuotas());
    assertEquals(
        "x",
        new String(
            store.head().find(ZnodePath.of("/q/zookeeper_stats")).data(), StandardCharsets.UTF_8));
    make(SystemPaths.QUOTA + "/zookeeper_limits", "count=-1,bytes=-1=;countHardLimit=0");
    assertFalse(createRefused("/q/x", 0), "the root can have none");
    assertInstanceOf(
        Txn.Delete.class,
        tree.prepare(new Request.Delete(ZnodePath.of("/q/zookeeper_stats"), -1), Asker.ONE));
  }

  /** As Apache's StatsTrack 3.9.5 answered. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "count=3,bytes=100|3|100|-1|-1|count=3,bytes=100",
        "count=3,bytes=100=;byteHardLimit=5;countHardLimit=9|3|100|5|9|count=3,bytes=100=;byteHardLimit=5;countHardLimit=9",
        "count=-1,bytes=-1=;countHardLimit=9|-1|-1|-1|9|count=-1,bytes=-1=;countHardLimit=9",
        "bytes=4|-1|4|-1|-1|count=-1,bytes=4",
        "byteHardLimit=12|-1|-1|12|-1|count=-1,bytes=-1=;byteHardLimit=12",
        "\"\"|-1|-1|-1|-1|count=-1,bytes=-1",
        "count=1;bytes=2,,;byteHardLimit=3|1|2|3|-1|count=1,bytes=2=;byteHardLimit=3",
        // where Apache throws, what can not be read is unset
        "count=1,bytes=,|1|-1|-1|-1|count=1,bytes=-1",
        "count=x,bytes=7|-1|7|-1|-1|count=-1,bytes=7",
        "nonsense|-1|-1|-1|-1|count=-1,bytes=-1",
      })
  void readsAndWritesApachesText(
      String text, long count, long bytes, long byteHard, long countHard, String again) {
    QuotaText parsed = QuotaText.parse(text.getBytes(StandardCharsets.UTF_8));
    assertEquals(new QuotaText(count, bytes, byteHard, countHard), parsed);
    assertEquals(again, new String(parsed.encode(), StandardCharsets.UTF_8));
    assertEquals(parsed, QuotaText.parse(parsed.encode()));
  }

  @Test
  void missingTextIsUnset() {
    assertEquals(new QuotaText(-1, -1, -1, -1), QuotaText.parse(null));
  }
}
