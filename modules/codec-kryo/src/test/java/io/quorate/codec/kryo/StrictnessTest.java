package io.quorate.codec.kryo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.KryoException;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import io.quorate.api.OpCode;
import io.quorate.api.Txn;
import io.quorate.api.TxnHeader;
import io.quorate.api.TxnRecord;
import io.quorate.api.ZnodePath;
import io.quorate.spi.codec.CodecException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Only classes of the table, only by number, only as deep as a multi goes. */
class StrictnessTest {
  private static final Txn DELETE = new Txn.Delete(ZnodePath.of("/a"));

  private static TxnRecord record(int type, Txn txn) {
    return new TxnRecord(new TxnHeader(1, 1, 1, 1, type), txn, false, 0);
  }

  private static CodecException refused(byte[] bytes) {
    return assertThrows(
        CodecException.class, () -> GoldenTest.CODEC.decode(bytes, 0, bytes.length));
  }

  @Test
  void classesThatAreNotInTheTableAreNotWritten() {
    Kryo kryo = ClassTable.forRecords();
    for (Object o :
        new Object[] {new HashMap<>(), new int[0], Thread.State.NEW, (Runnable) () -> {}}) {
      IllegalArgumentException e =
          assertThrows(
              IllegalArgumentException.class, () -> kryo.writeClassAndObject(new Output(100), o));
      assertTrue(e.getMessage().contains(o.getClass().getName()), e.getMessage());
      assertTrue(e.getMessage().contains("table"), e.getMessage());
    }
  }

  @Test
  void classesThatAreNotInTheTableAreNotRead() {
    Kryo kryo = ClassTable.forRecords();
    for (int number : new int[] {-2, -1, 0, 1, 8, 9, 23, 40, 100, Integer.MAX_VALUE - 2}) {
      Output out = new Output(100);
      out.writeVarInt(number + 2, true);
      out.writeString("java.util.HashMap");
      KryoException e =
          assertThrows(
              KryoException.class,
              () -> kryo.readClassAndObject(new Input(out.getBuffer(), 0, out.position())));
      assertTrue(e.getMessage().contains("class number " + number), e.getMessage());
    }
  }

  @Test
  void aRefusalSaysWhatAndWhere() {
    byte[] good = GoldenTest.CODEC.encode(record(OpCode.DELETE, DELETE));
    byte[] otherVersion = good.clone();
    otherVersion[0]++;
    assertEquals(
        "not a transaction: version 0xb2 of the format at byte 1",
        refused(otherVersion).getMessage());
    byte[] otherClass = good.clone();
    String hex = HexFormat.of().formatHex(good);
    int at = hex.indexOf("11022f61") / 2; // class number 15, then the path
    otherClass[at] = 99;
    assertEquals(
        "not a transaction: class number 97, which is not registered, at byte " + (at + 1),
        refused(otherClass).getMessage());
    assertEquals(
        "not a transaction: it ends too early at byte 2",
        refused(Arrays.copyOf(good, 2)).getMessage());
    byte[] longPath = good.clone();
    longPath[at + 1] = 100;
    assertEquals(
        "not a transaction: a value of 100 bytes, more than are left, at byte " + (at + 2),
        refused(longPath).getMessage());
  }

  @Test
  void multisDoNotNest() {
    Txn inner = new Txn.Multi(List.of());
    Txn outer = new Txn.Multi(List.of(new Txn.Part(OpCode.MULTI, inner)));
    assertThrows(
        IllegalArgumentException.class, () -> GoldenTest.CODEC.encode(record(OpCode.MULTI, outer)));
    byte[] good =
        GoldenTest.CODEC.encode(
            record(OpCode.MULTI, new Txn.Multi(List.of(new Txn.Part(OpCode.DELETE, DELETE)))));
    // multi, one part, its flag, delete
    String nested = HexFormat.of().formatHex(good).replace("18010011", "18010018");
    refused(HexFormat.of().parseHex(nested));
  }

  @Test
  void recordsThatDoNotFitTheirTypeAreNotWritten() {
    for (int type : new int[] {1, 5, 14, 0, 3, -10, 100}) {
      assertThrows(
          IllegalArgumentException.class, () -> GoldenTest.CODEC.encode(record(type, DELETE)));
    }
    for (int type :
        new int[] {OpCode.MULTI, OpCode.CREATE_SESSION, OpCode.SET_ACL, OpCode.CREATE}) {
      Txn multi = new Txn.Multi(List.of(new Txn.Part(type, DELETE)));
      assertThrows(
          IllegalArgumentException.class,
          () -> GoldenTest.CODEC.encode(record(OpCode.MULTI, multi)));
    }
  }
}
