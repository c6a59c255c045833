package io.quorate.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.quorate.api.Acl;
import io.quorate.api.EphemeralOwner;
import io.quorate.api.ErrorCode;
import io.quorate.api.LoadedZnode;
import io.quorate.api.OpCode;
import io.quorate.api.Request;
import io.quorate.api.Txn;
import io.quorate.api.TxnHeader;
import io.quorate.api.ZnodePath;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Reference section 1.7: which error comes first. Each row breaks the rule that it is refused for
 * and as many later rules as can be broken at once.
 */
class PreparerTest {
  private static final Acl NOBODY = Asker.granting(0);
  private static final Acl EMPTY = new Acl(List.of());
  private static final byte[] BIG = new byte[100];

  private HeapTreeStore store;
  private Tree tree;
  private long zxid;

  @BeforeEach
  void fill() {
    start(new TreeRules(Asker.ENCODING, true, true));
  }

  private void start(TreeRules rules) {
    store = new HeapTreeStore(5, Asker.ENCODING, true);
    tree = new Tree(store, rules);
    tree.initialise();
    make("/open", Acl.OPEN, 0);
    make("/open/child", Acl.OPEN, 0);
    make("/open/child/leaf", Acl.OPEN, 0);
    make("/closed", NOBODY, 0);
    make("/eph", Acl.OPEN, 0x101);
    make("/closedEph", NOBODY, 0x101);
    make("/container", Acl.OPEN, EphemeralOwner.CONTAINER);
    make("/ttl", Acl.OPEN, EphemeralOwner.ofTtl(5, Asker.ENCODING));
    make("/limited", Acl.OPEN, 0);
    make("/limited/x", Acl.OPEN, 0);
    make("/zookeeper/quota/limited", Acl.OPEN, 0);
    apply(
        new Txn.Create(
            ZnodePath.of("/zookeeper/quota/limited/zookeeper_limits"),
            "count=-1,bytes=-1=;byteHardLimit=10;countHardLimit=2".getBytes(),
            Acl.OPEN,
            false,
            -1));
    make("/zookeeper/quota/limited/zookeeper_stats", Acl.OPEN, 0);
  }

  private void make(String path, Acl acl, long owner) {
    zxid++;
    ZnodePath p = ZnodePath.of(path);
    Txn txn =
        owner == EphemeralOwner.CONTAINER
            ? new Txn.CreateContainer(p, null, acl, -1)
            : owner < 0
                ? new Txn.CreateTtl(p, null, acl, -1, 5)
                : new Txn.Create(p, null, acl, owner != 0, -1);
    tree.apply(new TxnHeader(owner, 0, zxid, 1, 1), txn, ChangeListener.NONE);
  }

  private void apply(Txn txn) {
    zxid++;
    tree.apply(new TxnHeader(0x101, 0, zxid, 1, 1), txn, ChangeListener.NONE);
  }

  static Request.Create create(int op, String path, @Nullable Acl acl, int flags, long ttl) {
    return new Request.Create(op, ZnodePath.of(path), BIG, acl, flags, ttl);
  }

  private static Request.Create create(String path, @Nullable Acl acl) {
    return create(OpCode.CREATE, path, acl, 0, 0);
  }

  private static Arguments row(ErrorCode expected, Request.Write request) {
    return Arguments.of(expected, request);
  }

  static Stream<Arguments> creates() {
    return Stream.of(
        row(ErrorCode.BAD_ARGUMENTS, create(OpCode.CREATE, "x", null, 4, 0)),
        row(ErrorCode.BAD_ARGUMENTS, create(OpCode.CREATE, "x", null, -1, 0)),
        row(ErrorCode.BAD_ARGUMENTS, create(OpCode.CREATE, "/ok", Acl.OPEN, 4, 0)),
        row(ErrorCode.BAD_ARGUMENTS, create(OpCode.CREATE2, "/ok", Acl.OPEN, 5, 5)),
        row(ErrorCode.BAD_ARGUMENTS, create(OpCode.CREATE2, "/ok", Acl.OPEN, 6, 5)),
        row(ErrorCode.BAD_ARGUMENTS, create(OpCode.CREATE_CONTAINER, "/ok", Acl.OPEN, 0, 0)),
        row(ErrorCode.BAD_ARGUMENTS, create(OpCode.CREATE_CONTAINER, "/ok", Acl.OPEN, 2, 0)),
        row(ErrorCode.BAD_ARGUMENTS, create(OpCode.CREATE_TTL, "/ok", Acl.OPEN, 0, 5)),
        row(ErrorCode.BAD_ARGUMENTS, create(OpCode.CREATE_TTL, "/ok", Acl.OPEN, 1, 5)),
        row(ErrorCode.BAD_ARGUMENTS, create(OpCode.CREATE_TTL, "/no/x", null, 5, 0)),
        row(ErrorCode.BAD_ARGUMENTS, create(OpCode.CREATE_TTL, "/no/x", null, 6, -1)),
        row(ErrorCode.BAD_ARGUMENTS, create(OpCode.CREATE_TTL, "/no/x", null, 5, 1L << 40)),
        row(ErrorCode.BAD_ARGUMENTS, create("x", null)),
        row(ErrorCode.BAD_ARGUMENTS, create("", null)),
        row(ErrorCode.BAD_ARGUMENTS, create("/no/\0", null)),
        row(ErrorCode.INVALID_ACL, create("/no/x/", null)),
        row(ErrorCode.INVALID_ACL, create("/closed/x", EMPTY)),
        row(ErrorCode.NO_NODE, create("/no/x/", Acl.OPEN)),
        row(ErrorCode.NO_NODE, create("/open//x", Acl.OPEN)),
        row(ErrorCode.NO_NODE, create("x/y", Acl.OPEN)),
        row(ErrorCode.NO_AUTH, create("/closed/x\u0001", Acl.OPEN)),
        row(ErrorCode.NO_AUTH, create("/closedEph/x", Acl.OPEN)),
        row(ErrorCode.BAD_ARGUMENTS, create("/eph/", Acl.OPEN)),
        row(ErrorCode.BAD_ARGUMENTS, create("/open/..", Acl.OPEN)),
        row(ErrorCode.NODE_EXISTS, create("/", Acl.OPEN)),
        row(ErrorCode.NODE_EXISTS, create("/limited/x", Acl.OPEN)),
        row(ErrorCode.NO_CHILDREN_FOR_EPHEMERALS, create("/eph/x", Acl.OPEN)),
        row(ErrorCode.QUOTA_EXCEEDED, create("/limited/y", Acl.OPEN)));
  }

  static Stream<Arguments> others() {
    ZnodePath closed = ZnodePath.of("/closed");
    return Stream.of(
        row(ErrorCode.BAD_ARGUMENTS, new Request.Delete(ZnodePath.of("/"), 9)),
        row(ErrorCode.BAD_ARGUMENTS, new Request.Delete(ZnodePath.of(""), 9)),
        row(ErrorCode.BAD_ARGUMENTS, new Request.Delete(ZnodePath.of("x"), 9)),
        row(ErrorCode.BAD_ARGUMENTS, new Request.Delete(ZnodePath.of("/no/\0"), 9)),
        row(ErrorCode.BAD_ARGUMENTS, new Request.Delete(SystemPaths.SYSTEM, 9)),
        row(ErrorCode.BAD_ARGUMENTS, new Request.Delete(SystemPaths.QUOTA, 9)),
        row(ErrorCode.BAD_ARGUMENTS, new Request.Delete(SystemPaths.CONFIG, 9)),
        row(ErrorCode.NO_NODE, new Request.Delete(ZnodePath.of("/no/x"), 9)),
        row(ErrorCode.NO_AUTH, new Request.Delete(ZnodePath.of("/closed/no"), 9)),
        row(ErrorCode.NO_NODE, new Request.Delete(ZnodePath.of("/open/no"), 9)),
        row(ErrorCode.NO_NODE, new Request.Delete(ZnodePath.of("/open/"), 9)),
        row(ErrorCode.BAD_VERSION, new Request.Delete(ZnodePath.of("/open/child"), 9)),
        row(ErrorCode.NOT_EMPTY, new Request.Delete(ZnodePath.of("/open/child"), 0)),
        row(ErrorCode.NOT_EMPTY, new Request.Delete(ZnodePath.of("/open/child"), -1)),
        row(ErrorCode.BAD_ARGUMENTS, new Request.SetData(ZnodePath.of("/no/"), BIG, 9)),
        row(ErrorCode.BAD_ARGUMENTS, new Request.SetData(ZnodePath.of(""), BIG, 9)),
        row(ErrorCode.NO_NODE, new Request.SetData(ZnodePath.of("/no"), BIG, 9)),
        row(ErrorCode.NO_AUTH, new Request.SetData(closed, BIG, 9)),
        row(ErrorCode.QUOTA_EXCEEDED, new Request.SetData(ZnodePath.of("/limited/x"), BIG, 9)),
        row(ErrorCode.BAD_VERSION, new Request.SetData(ZnodePath.of("/open"), BIG, 9)),
        row(ErrorCode.BAD_ARGUMENTS, new Request.SetAcl(ZnodePath.of("/no/"), null, 9)),
        row(ErrorCode.INVALID_ACL, new Request.SetAcl(ZnodePath.of("/no"), null, 9)),
        row(ErrorCode.INVALID_ACL, new Request.SetAcl(ZnodePath.of("/no"), EMPTY, 9)),
        row(ErrorCode.NO_NODE, new Request.SetAcl(ZnodePath.of("/no"), Acl.OPEN, 9)),
        row(ErrorCode.NO_AUTH, new Request.SetAcl(closed, Acl.OPEN, 9)),
        row(ErrorCode.BAD_VERSION, new Request.SetAcl(ZnodePath.of("/open"), Acl.OPEN, 9)),
        row(ErrorCode.BAD_ARGUMENTS, new Request.Check(ZnodePath.of("/no/"), 9)),
        row(ErrorCode.NO_NODE, new Request.Check(ZnodePath.of("/no"), 9)),
        row(ErrorCode.NO_AUTH, new Request.Check(closed, 9)),
        row(ErrorCode.BAD_VERSION, new Request.Check(ZnodePath.of("/open"), 9)),
        row(ErrorCode.NO_NODE, new Request.DeleteContainer(ZnodePath.of("/no"))),
        row(ErrorCode.NOT_EMPTY, new Request.DeleteContainer(ZnodePath.of("/open"))),
        row(ErrorCode.BAD_VERSION, new Request.DeleteContainer(ZnodePath.of("/eph"))),
        row(ErrorCode.BAD_VERSION, new Request.DeleteContainer(ZnodePath.of("/closed"))),
        row(ErrorCode.MARSHALLING_ERROR, new Request.Undecodable(OpCode.CREATE, true)));
  }

  @ParameterizedTest
  @MethodSource({"creates", "others"})
  void refusesInOrder(ErrorCode expected, Request.Write request) {
    long digest = store.head().digest();
    long nodes = store.head().nodeCount();
    assertEquals(new Txn.Error(expected.code()), tree.prepare(request, Asker.ONE));
    assertEquals(digest, store.head().digest(), "preparing changes nothing");
    assertEquals(nodes, store.head().nodeCount());
  }

  @Test
  void ttlNodesCanBeOff() {
    start(new TreeRules(EphemeralOwner.Encoding.PLAIN, false, false));
    assertEquals(
        new Txn.Error(ErrorCode.UNIMPLEMENTED.code()),
        tree.prepare(create(OpCode.CREATE_TTL, "/no/x", null, 5, 0), Asker.ONE));
  }

  @Test
  void quotasCanBeOff() {
    start(new TreeRules(Asker.ENCODING, true, false));
    assertInstanceOf(Txn.Create.class, tree.prepare(create("/limited/y", Acl.OPEN), Asker.ONE));
  }

  @ParameterizedTest
  @CsvSource({
    "/container, true",
    "/ttl, true",
    "/eph, false",
    "/closed, false",
    "/open/child/leaf, false"
  })
  void sweepsOnlyContainersAndTtlNodes(String path, boolean goes) {
    Txn txn = tree.prepare(new Request.DeleteContainer(ZnodePath.of(path)), Asker.ONE);
    assertEquals(goes ? new Txn.Delete(ZnodePath.of(path)) : new Txn.Error(-103), txn);
  }

  @Test
  void saysWhatItWouldDo() {
    ZnodePath open = ZnodePath.of("/open");
    apply(new Txn.SetData(open, null, 7));
    apply(new Txn.SetAcl(open, Acl.OPEN, 4));
    assertEquals(
        new Txn.SetData(open, BIG, 8), tree.prepare(new Request.SetData(open, BIG, 7), Asker.ONE));
    assertEquals(
        new Txn.SetData(open, null, 8),
        tree.prepare(new Request.SetData(open, null, -1), Asker.ONE));
    assertEquals(
        new Txn.SetAcl(open, NOBODY, 5),
        tree.prepare(new Request.SetAcl(open, NOBODY, 4), Asker.ONE));
    assertEquals(new Txn.Check(open, 8), tree.prepare(new Request.Check(open, 7), Asker.ONE));
    assertEquals(
        new Txn.Check(open, 8),
        tree.prepare(new Request.Check(open, -1), Asker.ONE),
        "Apache logs the next version, asked for or not");
    assertEquals(
        new Txn.Delete(ZnodePath.of("/eph")),
        tree.prepare(new Request.Delete(ZnodePath.of("/eph"), 0), Asker.ONE));
    assertEquals(
        new Txn.CloseSession(List.of(ZnodePath.of("/closedEph"), ZnodePath.of("/eph"))),
        tree.prepare(new Request.CloseSession(), Asker.ONE));
    assertEquals(
        new Txn.CloseSession(List.of()),
        tree.prepare(new Request.CloseSession(), new Asker(0x999)));
    assertEquals(
        new Txn.Create(ZnodePath.of("/open/e"), BIG, Acl.OPEN, true, 2),
        tree.prepare(create(OpCode.CREATE, "/open/e", Acl.OPEN, 1, 0), Asker.ONE));
    assertEquals(
        new Txn.CreateContainer(ZnodePath.of("/open/c"), BIG, Acl.OPEN, 2),
        tree.prepare(create(OpCode.CREATE_CONTAINER, "/open/c", Acl.OPEN, 4, 0), Asker.ONE));
    assertEquals(
        new Txn.CreateTtl(ZnodePath.of("/open/t"), BIG, Acl.OPEN, 2, 77),
        tree.prepare(create(OpCode.CREATE_TTL, "/open/t", Acl.OPEN, 5, 77), Asker.ONE));
  }

  /** NODE-3, A-35: ten digits of the parent's count of creations; after 2^31-1 it is negative. */
  @ParameterizedTest
  @CsvSource({
    "0, 0000000000",
    "41, 0000000041",
    "2147483647, 2147483647",
    "-2147483648, -2147483648",
    "-2147483647, -2147483647",
    "-42, -000000042",
    "-1, -000000001",
  })
  void numbersSequentialNodes(int created, String suffix) {
    ZnodePath seq = ZnodePath.of("/seq");
    store.load(new LoadedZnode(seq, null, Acl.OPEN, 1, 1, 1, 1, 1, 0, created, 0, 0));
    for (int flags : new int[] {2, 3}) {
      assertEquals(
          new Txn.Create(ZnodePath.of("/seq/n-" + suffix), BIG, Acl.OPEN, flags == 3, created + 1),
          tree.prepare(create(OpCode.CREATE2, "/seq/n-", Acl.OPEN, flags, 0), Asker.ONE));
    }
    assertEquals(
        new Txn.CreateTtl(ZnodePath.of("/seq/" + suffix), BIG, Acl.OPEN, created + 1, 5),
        tree.prepare(create(OpCode.CREATE_TTL, "/seq/", Acl.OPEN, 6, 5), Asker.ONE),
        "a trailing slash is legal in front of the number");
  }

  /** T6: numbers go on over the end of the integers, and deletions give none back. */
  @Test
  void sequencesOverflow() {
    ZnodePath seq = ZnodePath.of("/seq");
    store.load(new LoadedZnode(seq, null, Acl.OPEN, 1, 1, 1, 1, 1, 0, Integer.MAX_VALUE - 1, 0, 0));
    String[] expected = {"2147483646", "2147483647", "-2147483648", "-2147483647"};
    for (String suffix : expected) {
      Txn txn = tree.prepare(create(OpCode.CREATE, "/seq/", Acl.OPEN, 2, 0), Asker.ONE);
      Txn.Create made = assertInstanceOf(Txn.Create.class, txn);
      assertEquals("/seq/" + suffix, made.path().toString());
      apply(made);
      apply(new Txn.Delete(made.path()));
    }
  }

  /** NODE-7. */
  @Test
  void versionsOverflow() {
    ZnodePath v = ZnodePath.of("/v");
    store.load(
        new LoadedZnode(
            v, null, Acl.OPEN, 1, 1, 1, 1, 1, Integer.MAX_VALUE, 0, Integer.MAX_VALUE, 0));
    assertEquals(
        new Txn.SetData(v, null, Integer.MIN_VALUE),
        tree.prepare(new Request.SetData(v, null, Integer.MAX_VALUE), Asker.ONE));
    assertEquals(
        new Txn.SetAcl(v, Acl.OPEN, Integer.MIN_VALUE),
        tree.prepare(new Request.SetAcl(v, Acl.OPEN, Integer.MAX_VALUE), Asker.ONE));
  }

  @Test
  void someRequestsAreNotOfATree() {
    assertThrows(
        IllegalStateException.class, () -> tree.prepare(new Request.Multi(List.of()), Asker.ONE));
    assertThrows(
        IllegalStateException.class,
        () -> tree.prepare(new Request.Reconfig(null, null, null, 0), Asker.ONE));
  }
}
