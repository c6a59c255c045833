package io.quorate.mutants;

import io.quorate.api.TreeView;
import io.quorate.api.TxnHeader;
import io.quorate.api.TxnRecord;
import io.quorate.spi.codec.Codec;
import io.quorate.spi.codec.CodecConfiguration;
import io.quorate.spi.codec.CodecException;
import io.quorate.spi.codec.CodecProvider;
import io.quorate.spi.codec.tck.FaultyCodec;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/** Wrong codecs. */
final class CodecMutants {
  private static final List<Mutant<?>> ALL = new ArrayList<>();

  private CodecMutants() {}

  private static void add(String wrong, String caughtBy, UnaryOperator<Codec> twist) {
    UnaryOperator<CodecProvider> provider =
        right ->
            Twist.of(
                CodecProvider.class, right, "open", (a, open) -> twist.apply((Codec) open.call(a)));
    ALL.add(new Mutant<>(Subjects.OfCodec.class, wrong, caughtBy, provider));
  }

  private static void add(String wrong, String caughtBy, String method, Twist.Instead instead) {
    add(wrong, caughtBy, right -> Twist.of(Codec.class, right, method, instead));
  }

  static List<Mutant<?>> all() {
    ALL.clear();
    records();
    states();
    damage();
    return List.copyOf(ALL);
  }

  private static void records() {
    add(
        "decodes the zxid one too high",
        "rule1EveryTransactionComesBack",
        "decode",
        (a, right) -> {
          TxnRecord r = (TxnRecord) right.call(a);
          TxnHeader h = r.header();
          return new TxnRecord(
              new TxnHeader(h.sessionId(), h.cxid(), h.zxid() + 1, h.time(), h.type()),
              r.txn(),
              r.digested(),
              r.digest());
        });
    add(
        "throws what nobody declared for bytes that are no record",
        "rule2DamagedRecordsAreRefusedOrARecord",
        "decode",
        (a, right) -> {
          try {
            return right.call(a);
          } catch (CodecException e) {
            throw new IllegalStateException(e);
          }
        });
    add(
        "hangs on bytes that are no record",
        "rule2RandomBytesAreRefusedOrARecord",
        "decode",
        (a, right) -> {
          try {
            return right.call(a);
          } catch (CodecException e) {
            return Twist.hang();
          }
        });
    add(
        "takes memory for a length before it looks whether the bytes are there",
        "rule2RandomBytesAreRefusedOrARecord",
        "decode",
        (a, right) -> {
          int length = (Integer) a[2] < 4 ? 0 : java.nio.ByteBuffer.wrap((byte[]) a[0]).getInt();
          byte[] early = new byte[Math.max(0, Math.min(length, 1 << 26))];
          return early.length == 7 ? null : right.call(a);
        });
    add(
        "gives the array of its last answer again",
        "rule3EncodedBytesBelongToTheCaller",
        right -> {
          byte[][] kept = {new byte[0]};
          return Twist.of(
              Codec.class,
              right,
              "encode",
              (a, encode) -> {
                byte[] bytes = (byte[]) encode.call(a);
                Arrays.fill(kept[0], (byte) 0);
                kept[0] = bytes;
                return bytes;
              });
        });
    add(
        "keeps the record at work in a field",
        "rule4AnyThreadMayCall",
        right -> {
          Object[] field = {null};
          return Twist.of(
              Codec.class,
              right,
              "encode",
              (a, encode) -> {
                field[0] = a[0];
                Thread.yield();
                return encode.call(field[0]);
              });
        });
    add(
        "finds the zxid one too high",
        "rule6TheZxidIsThatOfTheHeader",
        "zxidOf",
        (a, right) -> (Long) right.call(a) + 1);
    ALL.add(
        new Mutant<CodecProvider>(
            Subjects.OfCodec.class,
            "knows no limit",
            "rule7ARecordBeyondTheLimitIsRefused",
            p ->
                Twist.of(
                    CodecProvider.class,
                    p,
                    "open",
                    (a, open) ->
                        open.call(new CodecConfiguration(Integer.MAX_VALUE, true, true)))));
  }

  private static void states() {
    add(
        "forgets the sessions of a state",
        "rule5StatesComeBack",
        "writeState",
        (a, right) -> right.call(withoutSessions((TreeView) a[0]), a[1]));
    add(
        "reads a damaged state as far as it goes and says nothing",
        "rule8EveryFlippedBitIsNoticed",
        "readState",
        (a, right) -> {
          try {
            return right.call(a);
          } catch (CodecException e) {
            return new Codec.StateInfo(-1, -1, 0, 0);
          }
        });
    add(
        "swallows the failure of a stream",
        "rule9FailuresOfAnOutputComeThrough",
        "writeState",
        (a, right) -> {
          try {
            return right.call(a);
          } catch (IOException e) {
            return null;
          }
        });
    add(
        "closes the stream that it was given",
        "rule9StreamsStayOpen",
        "writeState",
        (a, right) -> {
          right.call(a);
          ((OutputStream) a[1]).close();
          return null;
        });
    add(
        "names itself otherwise than its provider",
        "rule10StatesBeginWithTheMarkOfTheCodec",
        "name",
        (a, right) -> "other");
  }

  static TreeView withoutSessions(TreeView view) {
    TreeView silent = Twist.of(TreeView.class, view, "sessions", (a, right) -> null);
    return Twist.of(TreeView.class, silent, "sessionCount", (a, right) -> 0);
  }

  private static void damage() {
    for (FaultyCodec.Kind kind : FaultyCodec.Kind.values()) {
      add(
          "FaultyCodec, told to do damage: " + kind,
          "rule1EveryTransactionComesBack",
          right -> {
            FaultyCodec faulty = new FaultyCodec(right, 1);
            faulty.damage(kind, 5);
            return faulty;
          });
    }
  }
}
