package io.quorate.codec.kryo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quorate.api.Acl;
import io.quorate.api.EphemeralOwner;
import io.quorate.api.LoadedZnode;
import io.quorate.api.OpCode;
import io.quorate.api.TreeStore;
import io.quorate.api.Txn;
import io.quorate.api.TxnHeader;
import io.quorate.api.TxnRecord;
import io.quorate.api.ZnodePath;
import io.quorate.spi.codec.Codec;
import io.quorate.spi.codec.CodecConfiguration;
import io.quorate.tree.HeapTreeStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The bytes of version 1, as they were when it came out. They do not change; whoever changes the
 * format gives it another version and goes on reading this one.
 */
class GoldenTest {
  static final Codec CODEC = new KryoCodec(new CodecConfiguration(1 << 20, true, true));
  private static final ZnodePath PATH = ZnodePath.of("/a/b");
  private static final byte[] DATA = {1, 2, -1};
  private static final Acl ACL =
      new Acl(List.of(new Acl.Entry(Acl.READ, "ip", "::1"), new Acl.Entry(31, "world", "anyone")));

  /** A transaction and its bytes. */
  record Case(int type, Txn txn, String hex) {
    @Override
    public String toString() {
      return txn.getClass().getSimpleName() + " " + type;
    }

    TxnRecord record() {
      boolean digested = type != OpCode.ERROR;
      long session = type == OpCode.DELETE_CONTAINER ? 0 : 0x100_0123_4567_89abL;
      TxnHeader header = new TxnHeader(session, 12, (3L << 32) + 300, 1_700_000_000_123L, type);
      return new TxnRecord(header, txn, digested, digested ? 5_000_000_000L : 0);
    }
  }

  static Stream<Case> cases() {
    return Stream.of(
        new Case(
            OpCode.CREATE,
            new Txn.Create(PATH, DATA, Acl.OPEN, true, 7),
            "b10503ac02ab8967452301000118fbd095ffbc310e042f612f62040102ff01010e80e497d012"),
        new Case(
            OpCode.CREATE2,
            new Txn.Create(PATH, null, ACL, false, -1),
            "b10703ac02ab8967452301000118fbd095ffbc310e042f612f62000402026970033a3a31"
                + "3e05776f726c6406616e796f6e65000180e497d012"),
        new Case(
            OpCode.CREATE_TTL,
            new Txn.CreateTtl(PATH, DATA, Acl.NONE, 3, 86_400_000),
            "b10503ac02ab8967452301000118fbd095ffbc310f042f612f62040102ff000680b8992980e497d012"),
        new Case(
            OpCode.CREATE_CONTAINER,
            new Txn.CreateContainer(PATH, new byte[0], new Acl(List.of()), 70),
            "b10503ac02ab8967452301000118fbd095ffbc3110042f612f6201028c0180e497d012"),
        new Case(
            OpCode.DELETE,
            new Txn.Delete(PATH),
            "b10503ac02ab8967452301000118fbd095ffbc3111042f612f6280e497d012"),
        new Case(
            OpCode.DELETE_CONTAINER,
            new Txn.Delete(PATH),
            "b10303ac0218fbd095ffbc3111042f612f6280e497d012"),
        new Case(
            OpCode.SET_DATA,
            new Txn.SetData(PATH, DATA, 1000),
            "b10503ac02ab8967452301000118fbd095ffbc3112042f612f62040102ffd00f80e497d012"),
        new Case(
            OpCode.RECONFIG,
            new Txn.SetData(PATH, DATA, -1),
            "b10703ac02ab8967452301000118fbd095ffbc3112042f612f62040102ff0180e497d012"),
        new Case(
            OpCode.SET_ACL,
            new Txn.SetAcl(PATH, ACL, 2),
            "b10503ac02ab8967452301000118fbd095ffbc3113042f612f620402026970033a3a313e"
                + "05776f726c6406616e796f6e650480e497d012"),
        new Case(
            OpCode.CREATE_SESSION,
            new Txn.CreateSession(30_000),
            "b10503ac02ab8967452301000118fbd095ffbc3115e0d40380e497d012"),
        new Case(
            OpCode.CLOSE_SESSION,
            new Txn.CloseSession(List.of(PATH, PATH)),
            "b10503ac02ab8967452301000118fbd095ffbc311603042f612f62042f612f6280e497d012"),
        new Case(
            OpCode.CLOSE_SESSION,
            new Txn.CloseSession(null),
            "b10503ac02ab8967452301000118fbd095ffbc31160080e497d012"),
        new Case(
            OpCode.ERROR, new Txn.Error(-101), "b10403ac02ab8967452301000118fbd095ffbc3117c901"),
        new Case(
            OpCode.MULTI,
            new Txn.Multi(
                List.of(
                    new Txn.Part(OpCode.CREATE2, new Txn.Create(PATH, DATA, Acl.OPEN, false, 2)),
                    new Txn.Part(OpCode.CHECK, new Txn.Check(PATH, 4)),
                    new Txn.Part(OpCode.ERROR, new Txn.Error(-103)))),
            "b10503ac02ab8967452301000118fbd095ffbc311803010e042f612f62040102ff010004"
                + "0014042f612f62080017cd0180e497d012"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void recordsAreTheSameBytesForGood(Case c) throws IOException {
    byte[] bytes = CODEC.encode(c.record());
    assertEquals(c.hex, HexFormat.of().formatHex(bytes));
    byte[] golden = HexFormat.of().parseHex(c.hex);
    assertEquals(
        c.hex, HexFormat.of().formatHex(CODEC.encode(CODEC.decode(golden, 0, golden.length))));
  }

  /** One child at a time, so that the order of children does not matter. */
  static TreeStore tree() {
    TreeStore store = new HeapTreeStore(1, EphemeralOwner.Encoding.EXTENDED, true);
    store.load(new LoadedZnode(ZnodePath.ROOT, new byte[0], Acl.NONE, 0, 0, 5, 0, 0, 0, 3, 0, 0));
    store.load(
        new LoadedZnode(
            PATH.parent(),
            DATA,
            Acl.OPEN,
            6,
            7,
            8,
            1_700_000_000_000L,
            1_700_000_000_009L,
            1,
            2,
            3,
            0));
    store.load(
        new LoadedZnode(
            PATH, null, ACL, 8, 8, 8, 1_700_000_000_010L, 1_700_000_000_010L, 0, 0, 0, 0x77));
    store.putSession(0x77, 4000);
    store.publish(store.seal((3L << 32) + 300));
    return store;
  }

  @Test
  void statesAreTheSameBytesForGood() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    TreeStore store = tree();
    CODEC.writeState(store.head(), out);
    String golden =
        "51554f526b72796f0000000000000001000000732a7700000000000000c03e2b040000010000"
            + "000a062b0e00022f61040102ff01010c80a0abfef9620212020404062b0102022f6200020402"
            + "026970033a3a313e05776f726c6406616e796f6e65041477000000000000002c01032c010000"
            + "030000002c0100000300000002a7e70ba7000000007907bf2a000000001aef4f2a000000012f";
    assertEquals(golden, HexFormat.of().formatHex(out.toByteArray()));
    TreeStore again = new HeapTreeStore(2, EphemeralOwner.Encoding.EXTENDED, true);
    Codec.StateInfo info =
        CODEC.readState(new ByteArrayInputStream(HexFormat.of().parseHex(golden)), again);
    assertEquals(store.head().digest(), again.head().digest());
    assertEquals(store.head().digest(), info.digest());
  }
}
