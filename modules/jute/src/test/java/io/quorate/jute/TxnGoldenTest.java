package io.quorate.jute;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.api.Acl;
import io.quorate.api.OpCode;
import io.quorate.api.Txn;
import io.quorate.api.TxnHeader;
import io.quorate.api.TxnRecord;
import io.quorate.api.ZnodePath;
import io.quorate.spi.codec.CodecConfiguration;
import io.quorate.spi.codec.CodecException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.jute.Record;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.server.TxnLogEntry;
import org.apache.zookeeper.server.persistence.Util;
import org.apache.zookeeper.server.util.SerializeUtils;
import org.apache.zookeeper.txn.CheckVersionTxn;
import org.apache.zookeeper.txn.CloseSessionTxn;
import org.apache.zookeeper.txn.CreateContainerTxn;
import org.apache.zookeeper.txn.CreateSessionTxn;
import org.apache.zookeeper.txn.CreateTTLTxn;
import org.apache.zookeeper.txn.CreateTxn;
import org.apache.zookeeper.txn.CreateTxnV0;
import org.apache.zookeeper.txn.DeleteTxn;
import org.apache.zookeeper.txn.ErrorTxn;
import org.apache.zookeeper.txn.MultiTxn;
import org.apache.zookeeper.txn.SetACLTxn;
import org.apache.zookeeper.txn.SetDataTxn;
import org.apache.zookeeper.txn.TxnDigest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Log records: ours and Apache's are the same bytes, and each side's are understood. */
class TxnGoldenTest {
  static final JuteCodec CODEC = new JuteCodec(new CodecConfiguration(1 << 20, true, true));

  private static final ZnodePath PATH = ZnodePath.of("/äpfel/b");
  private static final byte[] DATA = {1, 2, 3, -1};

  /** A transaction, and Apache's record for it (null for none). */
  record Case(int type, Txn txn, Record record) {
    @Override
    public String toString() {
      return txn.getClass().getSimpleName() + " " + type;
    }
  }

  static Stream<Case> cases() {
    String path = PATH.toString();
    Acl acl = RequestCases.ACL;
    List<ACL> list = Apache.acl(acl);
    List<ACL> open = Apache.acl(Acl.OPEN);
    return Stream.of(
        new Case(
            1, new Txn.Create(PATH, DATA, acl, true, 7), new CreateTxn(path, DATA, list, true, 7)),
        new Case(
            15,
            new Txn.Create(PATH, null, Acl.OPEN, false, -9),
            new CreateTxn(path, null, open, false, -9)),
        new Case(
            1,
            new Txn.Create(PATH, DATA, Acl.NONE, false, 1),
            new CreateTxn(path, DATA, null, false, 1)),
        new Case(
            21,
            new Txn.CreateTtl(PATH, DATA, acl, 3, 1L << 39),
            new CreateTTLTxn(path, DATA, list, 3, 1L << 39)),
        new Case(
            19,
            new Txn.CreateContainer(PATH, DATA, acl, 3),
            new CreateContainerTxn(path, DATA, list, 3)),
        new Case(2, new Txn.Delete(PATH), new DeleteTxn(path)),
        new Case(20, new Txn.Delete(PATH), new DeleteTxn(path)),
        new Case(5, new Txn.SetData(PATH, DATA, 8), new SetDataTxn(path, DATA, 8)),
        new Case(5, new Txn.SetData(PATH, null, 8), new SetDataTxn(path, null, 8)),
        new Case(16, new Txn.SetData(PATH, DATA, -1), new SetDataTxn(path, DATA, -1)),
        new Case(7, new Txn.SetAcl(PATH, acl, 2), new SetACLTxn(path, list, 2)),
        new Case(-10, new Txn.CreateSession(30000), new CreateSessionTxn(30000)),
        new Case(
            -11,
            new Txn.CloseSession(List.of(PATH, ZnodePath.of("/c"))),
            new CloseSessionTxn(List.of(path, "/c"))),
        new Case(-11, new Txn.CloseSession(List.of()), new CloseSessionTxn(List.of())),
        new Case(-1, new Txn.Error(-101), new ErrorTxn(-101)),
        new Case(14, new Txn.Multi(List.of()), new MultiTxn(List.of())),
        multi(path, acl, list),
        failedMulti(path));
  }

  private static Case multi(String path, Acl acl, List<ACL> list) {
    return new Case(
        14,
        new Txn.Multi(
            List.of(
                new Txn.Part(1, new Txn.Create(PATH, DATA, acl, false, 2)),
                new Txn.Part(15, new Txn.Create(PATH, DATA, acl, true, 2)),
                new Txn.Part(19, new Txn.CreateContainer(PATH, DATA, acl, 3)),
                new Txn.Part(21, new Txn.CreateTtl(PATH, DATA, acl, 3, 5)),
                new Txn.Part(2, new Txn.Delete(PATH)),
                new Txn.Part(20, new Txn.Delete(PATH)),
                new Txn.Part(5, new Txn.SetData(PATH, DATA, 1)),
                new Txn.Part(13, new Txn.Check(PATH, 4)))),
        new MultiTxn(
            List.of(
                part(1, new CreateTxn(path, DATA, list, false, 2)),
                part(15, new CreateTxn(path, DATA, list, true, 2)),
                part(19, new CreateContainerTxn(path, DATA, list, 3)),
                part(21, new CreateTTLTxn(path, DATA, list, 3, 5)),
                part(2, new DeleteTxn(path)),
                part(20, new DeleteTxn(path)),
                part(5, new SetDataTxn(path, DATA, 1)),
                part(13, new CheckVersionTxn(path, 4)))));
  }

  private static Case failedMulti(String path) {
    return new Case(
        14,
        new Txn.Multi(
            List.of(
                new Txn.Part(2, new Txn.Delete(PATH)),
                new Txn.Part(-1, new Txn.Error(-103)),
                new Txn.Part(-1, new Txn.Error(-2)))),
        new MultiTxn(
            List.of(
                part(2, new DeleteTxn(path)),
                part(-1, new ErrorTxn(-103)),
                part(-1, new ErrorTxn(-2)))));
  }

  private static org.apache.zookeeper.txn.Txn part(int type, Record record) {
    return new org.apache.zookeeper.txn.Txn(type, Apache.bytes(record));
  }

  private static TxnHeader header(int type) {
    return new TxnHeader(0x1_2345_6789L, 12, (3L << 32) + 5, 1_700_000_000_123L, type);
  }

  private static org.apache.zookeeper.txn.TxnHeader apacheHeader(int type) {
    TxnHeader h = header(type);
    return new org.apache.zookeeper.txn.TxnHeader(
        h.sessionId(), h.cxid(), h.zxid(), h.time(), h.type());
  }

  /** What Apache appends to its log. */
  private static byte[] marshalled(Case c, TxnDigest digest) throws IOException {
    return Util.marshallTxnEntry(apacheHeader(c.type), c.record, digest);
  }

  /** Our bytes of a case, with a digest. */
  static byte[] encode(Case c) {
    return CODEC.encode(new TxnRecord(header(c.type), c.txn, true, -77));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void sameBytesAsApache(Case c) throws IOException {
    assertArrayEquals(
        marshalled(c, null), CODEC.encode(new TxnRecord(header(c.type), c.txn, false, 0)));
    assertArrayEquals(
        marshalled(c, new TxnDigest(2, -77)),
        CODEC.encode(new TxnRecord(header(c.type), c.txn, true, -77)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void decodesWhatApacheWrote(Case c) throws IOException {
    for (boolean digested : new boolean[] {false, true}) {
      byte[] bytes = marshalled(c, digested ? new TxnDigest(2, -77) : null);
      TxnRecord record = decode(bytes);
      assertEquals(header(c.type), record.header());
      assertEquals(digested, record.digested());
      assertEquals(digested ? -77 : 0, record.digest());
      assertInstanceOf(c.txn.getClass(), record.txn());
      // Arrays in records compare by identity, so the bytes have to tell.
      assertArrayEquals(bytes, CODEC.encode(record));
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void apacheDecodesWhatWeWrote(Case c) throws IOException {
    byte[] bytes = CODEC.encode(new TxnRecord(header(c.type), c.txn, true, 4711));
    TxnLogEntry entry = SerializeUtils.deserializeTxn(bytes);
    assertEquals(apacheHeader(c.type), entry.getHeader());
    assertArrayEquals(Apache.bytes(c.record), Apache.bytes(entry.getTxn()));
    assertEquals(new TxnDigest(2, 4711), entry.getDigest());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void truncatedOrTooLong(Case c) throws IOException {
    byte[] bytes = marshalled(c, new TxnDigest(2, 1));
    int shortest = 32 + Apache.bytes(c.record).length;
    for (int n = 0; n < bytes.length; n++) {
      int length = n;
      boolean noDigest = n == shortest;
      boolean oldCreate = n == shortest - 4 && c.txn instanceof Txn.Create;
      // Nothing, or twelve bytes that could be a digest.
      boolean oldClose = (n == 32 || n == 44) && c.txn instanceof Txn.CloseSession;
      if (!noDigest && !oldCreate && !oldClose) {
        assertThrows(CodecException.class, () -> CODEC.decode(bytes, 0, length), "of " + n);
      }
    }
    byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
    assertThrows(CodecException.class, () -> decode(longer));
  }

  private static TxnRecord decode(byte[] bytes) throws CodecException {
    byte[] within = new byte[bytes.length + 20];
    System.arraycopy(bytes, 0, within, 10, bytes.length);
    return CODEC.decode(within, 10, bytes.length);
  }

  @Test
  void createsOfServersBefore34() throws IOException {
    byte[] bytes =
        Util.marshallTxnEntry(
            apacheHeader(1), new CreateTxnV0("/a", DATA, Apache.acl(Acl.OPEN), true), null);
    Txn.Create create = assertInstanceOf(Txn.Create.class, decode(bytes).txn());
    assertEquals(ZnodePath.of("/a"), create.path());
    assertArrayEquals(DATA, create.data());
    assertSame(Acl.OPEN, create.acl());
    assertTrue(create.ephemeral());
    assertEquals(-1, create.parentCreated());
  }

  @Test
  void closeSessionsWithoutPaths() throws IOException {
    byte[] bytes = Util.marshallTxnEntry(apacheHeader(-11), null, null);
    TxnRecord plain = decode(bytes);
    assertNull(assertInstanceOf(Txn.CloseSession.class, plain.txn()).paths());
    assertArrayEquals(bytes, CODEC.encode(plain));

    bytes = Util.marshallTxnEntry(apacheHeader(-11), null, new TxnDigest(2, 99));
    TxnRecord digested = decode(bytes);
    assertNull(assertInstanceOf(Txn.CloseSession.class, digested.txn()).paths());
    assertEquals(99, digested.digest());
    assertArrayEquals(bytes, CODEC.encode(digested));
  }

  /**
   * Apache makes errors of a failed multi's parts by their type alone, and logs that on learners.
   */
  @Test
  void failedMultisOfLearners() throws IOException {
    Record multi =
        new MultiTxn(List.of(part(-1, new DeleteTxn("/a")), part(-1, new ErrorTxn(-103))));
    TxnRecord record = decode(Util.marshallTxnEntry(apacheHeader(14), multi, null));
    Txn.Multi failed = assertInstanceOf(Txn.Multi.class, record.txn());
    assertTrue(failed.failed());
    assertEquals(2, failed.parts().size());
    assertEquals(new Txn.Error(-103), failed.parts().get(1).txn());
  }

  @Test
  void digestsOfOtherVersionsCountAsNone() throws IOException {
    byte[] bytes =
        Util.marshallTxnEntry(apacheHeader(2), new DeleteTxn("/a"), new TxnDigest(1, 99));
    TxnRecord record = decode(bytes);
    assertFalse(record.digested());
    assertEquals(0, record.digest());
  }

  @Test
  void recordsThatDoNotFitTheirTypeAreNotWritten() {
    Txn delete = new Txn.Delete(PATH);
    for (int type : new int[] {1, 5, 14, 0, 3, -10, 100}) {
      TxnRecord record = new TxnRecord(header(type), delete, false, 0);
      assertThrows(IllegalArgumentException.class, () -> CODEC.encode(record));
    }
    for (int type : new int[] {OpCode.MULTI, OpCode.CREATE_SESSION, OpCode.SET_ACL}) {
      Txn multi = new Txn.Multi(List.of(new Txn.Part(type, delete)));
      TxnRecord record = new TxnRecord(header(OpCode.MULTI), multi, false, 0);
      assertThrows(IllegalArgumentException.class, () -> CODEC.encode(record));
    }
  }

  @Test
  void unknownTypesAndNestedMultisAreNotRead() throws IOException {
    for (int type : new int[] {0, 3, 4, 9, 11, 22, 100, 107, -12}) {
      byte[] bytes = Util.marshallTxnEntry(apacheHeader(type), new DeleteTxn("/a"), null);
      CodecException e = assertThrows(CodecException.class, () -> decode(bytes));
      assertTrue(e.getMessage().contains("type " + type), e.getMessage());
    }
    Record multi = new MultiTxn(List.of(part(14, new MultiTxn(List.of()))));
    byte[] nested = Util.marshallTxnEntry(apacheHeader(14), multi, null);
    assertThrows(CodecException.class, () -> decode(nested));
    Record absent = new MultiTxn(List.of(new org.apache.zookeeper.txn.Txn(2, null)));
    byte[] nothing = Util.marshallTxnEntry(apacheHeader(14), absent, null);
    assertThrows(CodecException.class, () -> decode(nothing));
  }
}
