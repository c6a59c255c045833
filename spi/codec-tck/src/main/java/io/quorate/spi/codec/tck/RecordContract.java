package io.quorate.spi.codec.tck;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.quorate.api.TxnRecord;
import io.quorate.spi.codec.Codec;
import io.quorate.spi.codec.CodecException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Rules 1 to 4, 6 and 7, for records. */
abstract class RecordContract extends CodecFixture {
  private static final int THREADS = 4;

  // Rule 1: what was encoded comes back

  @Test
  public void rule1EveryTransactionComesBack() throws CodecException {
    Codec codec = codec();
    for (TxnRecord record : TckRecords.records()) {
      assertComesBack(codec, record);
    }
  }

  @Test
  public void rule1HeadersComeBack() throws CodecException {
    Codec codec = codec();
    for (TxnRecord record : TckRecords.headers()) {
      assertComesBack(codec, record);
    }
  }

  private static void assertComesBack(Codec codec, TxnRecord record) throws CodecException {
    TxnRecord again = decode(codec, codec.encode(record));
    assertEquals(TckRecords.dump(record), TckRecords.dump(again));
  }

  // Rule 2: other bytes

  @Test
  public void rule2RandomBytesAreRefusedOrARecord() {
    Codec codec = codec();
    Random random = new Random(1);
    for (int round = 0; round < 5000; round++) {
      byte[] bytes = new byte[random.nextInt(200)];
      random.nextBytes(bytes);
      assertUsable(codec, bytes);
    }
  }

  @Test
  public void rule2DamagedRecordsAreRefusedOrARecord() {
    Codec codec = codec();
    Random random = new Random(2);
    for (TxnRecord record : TckRecords.records()) {
      byte[] good = codec.encode(record);
      for (int round = 0; round < 40; round++) {
        assertUsable(codec, damage(good, random));
      }
    }
  }

  @Test
  public void rule2CutRecordsAreRefusedOrARecord() {
    Codec codec = codec();
    for (TxnRecord record : TckRecords.records()) {
      byte[] good = codec.encode(record);
      for (int n = 0; n < Math.min(good.length, 400); n++) {
        assertUsable(codec, Arrays.copyOf(good, n));
      }
    }
  }

  private static void assertUsable(Codec codec, byte[] bytes) {
    TxnRecord record = tryDecode(codec, bytes);
    if (record == null) {
      return;
    }
    try {
      assertComesBack(codec, record);
    } catch (CodecException | RuntimeException e) {
      throw new AssertionError("It became a record that can not be encoded: " + hex(bytes), e);
    }
  }

  @Test
  public void rule2BytesBehindARecordAreRefused() {
    Codec codec = codec();
    for (TxnRecord record : TckRecords.records()) {
      byte[] good = codec.encode(record);
      byte[] longer = Arrays.copyOf(good, good.length + 1);
      assertThrows(CodecException.class, () -> decode(codec, longer));
    }
  }

  // Rule 3: the same bytes

  @Test
  public void rule3TheSameRecordGivesTheSameBytes() throws CodecException {
    Codec one = codec();
    Codec two = codec();
    List<TxnRecord> records = TckRecords.records();
    List<byte[]> first = new ArrayList<>();
    records.forEach(r -> first.add(one.encode(r)));
    for (int i = records.size() - 1; i >= 0; i--) {
      assertArrayEquals(first.get(i), two.encode(records.get(i)));
      assertArrayEquals(first.get(i), one.encode(decode(two, first.get(i))));
    }
  }

  @Test
  public void rule3EncodedBytesBelongToTheCaller() {
    Codec codec = codec();
    TxnRecord record = TckRecords.records().get(0);
    byte[] first = codec.encode(record);
    byte[] copy = first.clone();
    codec.encode(TckRecords.longRecord(1000));
    assertArrayEquals(copy, first);
    Arrays.fill(first, (byte) 0);
    assertArrayEquals(copy, codec.encode(record));
  }

  @Test
  public void rule3DecodedRecordsDoNotHoldTheInput() throws CodecException {
    Codec codec = codec();
    for (TxnRecord record : TckRecords.records()) {
      byte[] bytes = codec.encode(record);
      TxnRecord decoded = codec.decode(bytes, 0, bytes.length);
      Arrays.fill(bytes, (byte) 0);
      assertEquals(TckRecords.dump(record), TckRecords.dump(decoded));
    }
  }

  // Rule 4: any thread

  @Test
  public void rule4AnyThreadMayCall() throws InterruptedException, ExecutionException {
    Codec codec = codec();
    List<TxnRecord> records = TckRecords.records();
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Callable<Boolean>> tasks = new ArrayList<>();
      for (int t = 0; t < THREADS; t++) {
        int seed = t;
        tasks.add(() -> encodeAndDecode(codec, records, new Random(seed)));
      }
      for (Future<Boolean> result : threads.invokeAll(tasks)) {
        result.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static boolean encodeAndDecode(Codec codec, List<TxnRecord> records, Random random)
      throws IOException {
    byte[] state = write(codec, TckTrees.small());
    for (int i = 0; i < 500; i++) {
      assertComesBack(codec, records.get(random.nextInt(records.size())));
      if (i % 50 == 0) {
        assertEquals(TckTrees.small().dump(), read(codec, state).dump());
      }
    }
    return true;
  }

  @Test
  public void rule4ARefusalLeavesNothingBehind() throws CodecException {
    Codec codec = codec();
    Random random = new Random(3);
    List<TxnRecord> records = TckRecords.records();
    for (TxnRecord record : records) {
      tryDecode(codec, damage(codec.encode(record), random));
      assertComesBack(codec, records.get(random.nextInt(records.size())));
    }
  }

  // Rule 6: zxids

  @Test
  public void rule6TheZxidIsThatOfTheHeader() throws CodecException {
    Codec codec = codec();
    List<TxnRecord> records = new ArrayList<>(TckRecords.headers());
    records.addAll(TckRecords.records());
    for (TxnRecord record : records) {
      byte[] bytes = codec.encode(record);
      byte[] around = new byte[bytes.length + 7];
      System.arraycopy(bytes, 0, around, 5, bytes.length);
      assertEquals(record.header().zxid(), codec.zxidOf(around, 5, bytes.length));
      for (int n = 0; n < Math.min(bytes.length, 100); n++) {
        assertZxidOrRefusal(codec, bytes, n, record.header().zxid());
      }
    }
  }

  private static void assertZxidOrRefusal(Codec codec, byte[] bytes, int length, long zxid) {
    long found;
    try {
      found = codec.zxidOf(bytes, 0, length);
    } catch (CodecException e) {
      return;
    }
    assertEquals(zxid, found, "of the first " + length + " bytes");
  }

  @Test
  public void rule6OfOtherBytesItIsANumberOrARefusal() {
    Codec codec = codec();
    Random random = new Random(4);
    for (int round = 0; round < 20_000; round++) {
      byte[] bytes = new byte[random.nextInt(60)];
      random.nextBytes(bytes);
      try {
        codec.zxidOf(bytes, 0, bytes.length);
      } catch (CodecException e) {
        continue;
      } catch (RuntimeException e) {
        throw new AssertionError(hex(bytes), e);
      }
    }
  }

  // Rule 7: limits

  @Test
  public void rule7ARecordBeyondTheLimitIsRefused() throws CodecException {
    TxnRecord record = TckRecords.longRecord(5000);
    byte[] bytes = codec().encode(record);
    assertComesBack(codec(bytes.length), record);
    Codec small = codec(bytes.length - 1);
    assertThrows(CodecException.class, () -> small.decode(bytes, 0, bytes.length));
  }
}
