package io.quorate.jute;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.api.OpCode;
import io.quorate.api.Request;
import io.quorate.spi.codec.CodecException;
import io.quorate.spi.codec.tck.TckTree;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Messages that were damaged or made up: only the declared outcomes, and memory bounded by the
 * input. The seeds are fixed, so a failure comes back.
 */
class BadInputTest {
  /** Bytes allocated for each byte of input; a list of empty paths takes about 14. */
  private static final long FACTOR = 40;

  /** Bytes allocated whatever the input: readers, buffers, messages of exceptions. */
  private static final long FIXED = 20_000;

  private static final int[] OPS = {
    1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 14, 15, 16, 17, 18, 19, 21, 22, 100, 101, 102, 103, 104, 105,
    106, 107, -11
  };

  /** Something that takes bytes and may refuse them. */
  private interface Decoder {
    void decode(byte[] bytes) throws CodecException;
  }

  private static final com.sun.management.ThreadMXBean THREADS =
      (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static void check(byte[] bytes, String what, Decoder decoder) {
    long most = FIXED + FACTOR * bytes.length;
    long taken = taken(bytes, what, decoder);
    if (taken >= most) {
      taken = taken(bytes, what, decoder); // the first time may have loaded classes
    }
    if (taken >= most) {
      throw new AssertionError(what + ": " + taken + " bytes for " + Arrays.toString(bytes));
    }
  }

  private static long taken(byte[] bytes, String what, Decoder decoder) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    try {
      decoder.decode(bytes);
    } catch (CodecException e) {
      assertTrue(e.getMessage().contains(" at byte "), e.getMessage());
    } catch (RuntimeException e) {
      throw new AssertionError(what + " of " + Arrays.toString(bytes), e);
    }
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }

  /** Cuts, flips bits, and puts lengths and counts that hurt where there were others. */
  private static byte[] damage(byte[] good, Random random) {
    byte[] bad =
        random.nextInt(4) == 0
            ? Arrays.copyOf(good, random.nextInt(good.length + 8))
            : good.clone();
    int[] hurting = {-1, -2, Integer.MIN_VALUE, Integer.MAX_VALUE, 0x7ffffff0, 0, 1, 1 << 24, 4097};
    for (int i = random.nextInt(4); i > 0 && bad.length > 0; i--) {
      int at = random.nextInt(bad.length);
      if (random.nextBoolean() && at + 4 <= bad.length) {
        BigEndian.putInt(bad, at, hurting[random.nextInt(hurting.length)]);
      } else {
        bad[at] ^= (byte) (1 << random.nextInt(8));
      }
    }
    return bad;
  }

  private static void request(int op, byte[] bytes) {
    Request request = RequestDecoder.decode(op, bytes, 0, bytes.length);
    assertTrue(request != null && request.op() == op, () -> "operation " + op + ": " + request);
  }

  @Test
  void requests() {
    Random random = new Random(1);
    List<RequestCases.Case> cases = RequestCases.cases().toList();
    for (int round = 0; round < 300; round++) {
      for (RequestCases.Case c : cases) {
        byte[] frame = RequestCases.encode(1, c.request());
        byte[] body = Arrays.copyOfRange(frame, 12, frame.length);
        check(damage(body, random), "" + c, b -> request(c.request().op(), b));
      }
    }
  }

  @Test
  void requestsOfAnotherOperation() {
    Random random = new Random(2);
    List<RequestCases.Case> cases = RequestCases.cases().toList();
    for (RequestCases.Case c : cases) {
      byte[] frame = RequestCases.encode(1, c.request());
      byte[] body = Arrays.copyOfRange(frame, 12, frame.length);
      for (int op : OPS) {
        check(damage(body, random), c + " as " + op, b -> request(op, b));
      }
    }
  }

  @Test
  void randomBytes() {
    Random random = new Random(3);
    for (int round = 0; round < 3000; round++) {
      byte[] bytes = new byte[random.nextInt(200)];
      random.nextBytes(bytes);
      // Small numbers are likelier to be lengths that fit.
      for (int i = 0; i + 4 <= bytes.length; i += 4) {
        if (random.nextBoolean()) {
          BigEndian.putInt(bytes, i, random.nextInt(12) - 1);
        }
      }
      for (int op : OPS) {
        check(bytes, "operation " + op, b -> request(op, b));
        check(bytes, "reply " + op, b -> ReplyDecoder.body(op, b, 0, b.length));
      }
      check(bytes, "connect", b -> ConnectRequest.decode(b, 0, b.length));
      check(bytes, "transaction", b -> TxnGoldenTest.CODEC.decode(b, 0, b.length));
    }
  }

  /** As many tiny elements as fit, and one more than there are. */
  @Test
  void longLists() {
    int n = 50_000;
    for (int op : new int[] {OpCode.SET_WATCHES, OpCode.SET_WATCHES2}) {
      byte[] bytes = new byte[12 + 4 * n];
      BigEndian.putInt(bytes, 8, n);
      check(bytes, "empty paths", b -> request(op, b));
      BigEndian.putInt(bytes, 8, n + 1);
      check(bytes, "too few paths", b -> request(op, b));
    }
    byte[] acl = new byte[4 + 4 + 12 * n + 4];
    BigEndian.putInt(acl, 4, n);
    check(acl, "empty entries", b -> request(OpCode.SET_ACL, b));
    byte[] multi = new byte[17 * n + 9];
    for (int i = 0; i < n; i++) {
      BigEndian.putInt(multi, 17 * i, OpCode.DELETE);
    }
    BigEndian.putInt(multi, 17 * n, -1);
    multi[17 * n + 4] = 1;
    check(multi, "deletes", b -> request(OpCode.MULTI, b));
  }

  @Test
  void transactions() {
    Random random = new Random(4);
    List<TxnGoldenTest.Case> cases = TxnGoldenTest.cases().toList();
    for (int round = 0; round < 500; round++) {
      for (TxnGoldenTest.Case c : cases) {
        byte[] good = TxnGoldenTest.encode(c);
        check(damage(good, random), "" + c, b -> TxnGoldenTest.CODEC.decode(b, 0, b.length));
      }
    }
  }

  /**
   * Damaged states whose checksum is right all the same, so that the parts behind it are reached.
   */
  @Test
  void states() throws IOException {
    TckTree tree = States.sample();
    Random random = new Random(5);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    TxnGoldenTest.CODEC.writeState(tree, out);
    byte[] good = out.toByteArray();
    for (int round = 0; round < 3000; round++) {
      byte[] bad = damage(good, random);
      if (bad.length == good.length) {
        States.reseal(bad);
      }
      readState(bad);
    }
  }

  private static void readState(byte[] bad) throws IOException {
    TckTree into = new TckTree(0);
    try {
      TxnGoldenTest.CODEC.readState(new ByteArrayInputStream(bad), into);
    } catch (CodecException e) {
      assertTrue(e.getMessage().contains(" at byte "), e.getMessage());
    } catch (RuntimeException e) {
      throw new AssertionError(Arrays.toString(bad), e);
    }
  }

  /** A length within the limit, but beyond the end of the file, costs little. */
  @Test
  void lengthsBeyondTheEnd() throws IOException {
    byte[] bytes = States.withPaths();
    int dataLength = 16 + 4 + 4 + 4;
    BigEndian.putInt(bytes, dataLength, 1 << 30);
    JuteCodec generous =
        new JuteCodec(new io.quorate.spi.codec.CodecConfiguration(Integer.MAX_VALUE, true, true));
    TckTree into = new TckTree(0);
    long before = THREADS.getCurrentThreadAllocatedBytes();
    try {
      generous.readState(new ByteArrayInputStream(bytes), into);
      throw new AssertionError("read");
    } catch (CodecException e) {
      assertTrue(e.getMessage().contains("ends within data"), e.getMessage());
    }
    long taken = THREADS.getCurrentThreadAllocatedBytes() - before;
    assertTrue(taken < 3_000_000, taken + " bytes");
  }
}
