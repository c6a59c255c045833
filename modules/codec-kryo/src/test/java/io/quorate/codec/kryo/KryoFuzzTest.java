package io.quorate.codec.kryo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.quorate.api.EphemeralOwner;
import io.quorate.api.TreeStore;
import io.quorate.api.TxnRecord;
import io.quorate.spi.codec.CodecException;
import io.quorate.tree.HeapTreeStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The decoders under Jazzer. A normal build runs the seeds only; to fuzz one method for a while:
 *
 * <pre>JAZZER_FUZZ=1 mvn -pl modules/codec-kryo -am test -Dsurefire.failIfNoSpecifiedTests=false
 *     -Djazzer.hooks=true -Djazzer.max_duration=60s -Dtest=KryoFuzzTest#transaction</pre>
 *
 * <p>What decodes has to encode and decode again to the same; everything else has to give the
 * declared refusal. Any other exception, or running out of memory, is a finding.
 */
class KryoFuzzTest {
  static Stream<byte[]> txns() {
    return GoldenTest.cases().map(c -> GoldenTest.CODEC.encode(c.record()));
  }

  @MethodSource("txns")
  @FuzzTest(maxDuration = "5m")
  void transaction(byte[] input) throws CodecException {
    TxnRecord record;
    try {
      record = GoldenTest.CODEC.decode(input, 0, input.length);
    } catch (CodecException e) {
      assertTrue(e.getMessage().contains(" at byte "), e.getMessage());
      return;
    }
    byte[] bytes = GoldenTest.CODEC.encode(record);
    assertArrayEquals(
        bytes, GoldenTest.CODEC.encode(GoldenTest.CODEC.decode(bytes, 0, bytes.length)));
    assertEquals(record.header().zxid(), GoldenTest.CODEC.zxidOf(input, 0, input.length));
  }

  static Stream<byte[]> states() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    GoldenTest.CODEC.writeState(GoldenTest.tree().head(), out);
    return Stream.of(out.toByteArray());
  }

  /** The entries of a state, in one block with a right checksum, so that fuzzing gets past it. */
  static Stream<byte[]> entries() throws IOException {
    return states()
        .map(
            state -> {
              ByteBuffer bytes = ByteBuffer.wrap(state).position(StateFormat.HEADER_BYTES);
              byte[] content = new byte[bytes.getInt()];
              bytes.get(content);
              return content;
            });
  }

  private static byte[] sealed(byte[] content) {
    ByteBuffer bytes = ByteBuffer.allocate(StateFormat.HEADER_BYTES + content.length + 100);
    bytes.put(StateFormat.MARK).putInt(StateFormat.VERSION);
    for (byte[] block : new byte[][] {content, {}}) {
      bytes.putInt(block.length).put(block);
      CRC32C sum = new CRC32C();
      sum.update(bytes.array(), 0, bytes.position());
      bytes.putInt((int) sum.getValue());
    }
    bytes.put(StateFormat.TRAILER);
    return java.util.Arrays.copyOf(bytes.array(), bytes.position());
  }

  private static TreeStore store() {
    return new HeapTreeStore(3, EphemeralOwner.Encoding.EXTENDED, true);
  }

  private static void check(byte[] bytes) throws IOException {
    TreeStore store = store();
    try {
      GoldenTest.CODEC.readState(new ByteArrayInputStream(bytes), store);
    } catch (CodecException e) {
      assertTrue(e.getMessage().contains(" at byte "), e.getMessage());
      return;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    GoldenTest.CODEC.writeState(store.head(), out);
    TreeStore again = store();
    GoldenTest.CODEC.readState(new ByteArrayInputStream(out.toByteArray()), again);
    assertEquals(store.head().digest(), again.head().digest());
    assertEquals(store.head().nodeCount(), again.head().nodeCount());
    assertEquals(store.head().sessionCount(), again.head().sessionCount());
  }

  @MethodSource("states")
  @FuzzTest(maxDuration = "5m")
  void state(byte[] input) throws IOException {
    check(input);
  }

  @MethodSource("entries")
  @FuzzTest(maxDuration = "5m")
  void stateEntries(byte[] input) throws IOException {
    if (input.length <= StateFormat.BLOCK_BYTES) {
      check(sealed(input));
    }
  }

  /** What Jazzer does at random, a little of it in each build: the seeds are fixed. */
  @org.junit.jupiter.api.Test
  void damagedEntries() throws IOException {
    java.util.Random random = new java.util.Random(1);
    byte[] good = entries().findFirst().orElseThrow();
    check(sealed(good));
    for (int round = 0; round < 20_000; round++) {
      byte[] bad =
          random.nextInt(4) == 0
              ? java.util.Arrays.copyOf(good, random.nextInt(good.length + 3))
              : good.clone();
      for (int i = random.nextInt(4); i > 0 && bad.length > 0; i--) {
        int at = random.nextInt(bad.length);
        bad[at] =
            (byte) (random.nextBoolean() ? random.nextInt() : bad[at] ^ 1 << random.nextInt(8));
      }
      check(sealed(bad));
    }
  }
}
