package io.quorate.jute;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.quorate.api.Request;
import io.quorate.api.TxnRecord;
import io.quorate.spi.codec.CodecConfiguration;
import io.quorate.spi.codec.CodecException;
import io.quorate.spi.codec.tck.TckTree;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Decoders under Jazzer. A normal build runs the seeds only; to fuzz one method for a while:
 *
 * <pre>JAZZER_FUZZ=1 mvn -pl modules/jute -am test -Dsurefire.failIfNoSpecifiedTests=false
 *     -Djazzer.hooks=true -Djazzer.max_duration=60s -Dtest=DecoderFuzzTest#request</pre>
 *
 * <p>What decodes has to encode and decode again to the same; everything else has to give the
 * declared refusal. Any other exception, or running out of memory, is a finding.
 */
class DecoderFuzzTest {
  private static final JuteCodec CODEC = new JuteCodec(new CodecConfiguration(1 << 16, true, true));

  /** Requests: the operation as a byte, then the body. */
  static Stream<byte[]> requests() {
    return RequestCases.cases()
        .map(
            c -> {
              byte[] frame = RequestCases.encode(1, c.request());
              byte[] seed = Arrays.copyOfRange(frame, 11, frame.length);
              seed[0] = (byte) c.request().op();
              return seed;
            });
  }

  @MethodSource("requests")
  @FuzzTest(maxDuration = "5m")
  void request(byte[] input) {
    if (input.length == 0) {
      return;
    }
    int op = input[0];
    Request request = RequestDecoder.decode(op, input, 1, input.length - 1);
    if (request == null) {
      assertTrue(op < 1 || op == 13 || op == 20 || op > 22 || op == 10, "operation " + op);
      return;
    }
    if (request instanceof Request.Undecodable) {
      assertEquals(op, request.op());
      return;
    }
    byte[] frame = RequestCases.encode(1, request);
    Request again = RequestDecoder.decode(request.op(), frame, 12, frame.length - 12);
    assertArrayEquals(frame, RequestCases.encode(1, Objects.requireNonNull(again)));
  }

  static Stream<byte[]> connects() {
    WireWriter out = new WireWriter();
    RequestEncoder.connect(out, new ConnectRequest(0, 1, 2, 3, new byte[16], true, true));
    byte[] whole = Arrays.copyOfRange(out.array(), 4, out.position());
    return Stream.of(whole, Arrays.copyOf(whole, 44));
  }

  @MethodSource("connects")
  @FuzzTest(maxDuration = "5m")
  void connect(byte[] input) {
    try {
      ConnectRequest request = ConnectRequest.decode(input, 0, input.length);
      assertTrue(request.password().length <= ConnectRequest.MAX_PASSWORD_BYTES);
    } catch (CodecException e) {
      assertTrue(e.getMessage().contains(" at byte "));
    }
  }

  static Stream<byte[]> txns() {
    return TxnGoldenTest.cases().map(TxnGoldenTest::encode);
  }

  @MethodSource("txns")
  @FuzzTest(maxDuration = "5m")
  void transaction(byte[] input) throws CodecException {
    TxnRecord record;
    try {
      record = CODEC.decode(input, 0, input.length);
    } catch (CodecException e) {
      assertTrue(e.getMessage().contains(" at byte "));
      return;
    }
    byte[] bytes = CODEC.encode(record);
    assertArrayEquals(bytes, CODEC.encode(CODEC.decode(bytes, 0, bytes.length)));
  }

  static Stream<byte[]> states() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    CODEC.writeState(States.sample(), out);
    return Stream.of(out.toByteArray(), States.withPaths("/a", "/a/b"));
  }

  /** The seals are put right, where there is room for three, so that fuzzing gets past them. */
  @MethodSource("states")
  @FuzzTest(maxDuration = "5m")
  void state(byte[] input) throws IOException {
    byte[] bytes = input.clone();
    if (bytes.length >= 67) {
      States.reseal(bytes);
    }
    TckTree tree = new TckTree(0);
    try {
      CODEC.readState(new ByteArrayInputStream(bytes), tree);
    } catch (CodecException e) {
      assertTrue(e.getMessage().contains(" at byte "));
      return;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    CODEC.writeState(tree, out);
    TckTree again = new TckTree(0);
    CODEC.readState(new ByteArrayInputStream(out.toByteArray()), again);
    assertEquals(tree.dump(), again.dump());
  }

  static Stream<byte[]> replies() {
    return ReplyGoldenTest.cases()
        .map(
            c -> {
              byte[] frame = Apache.reply(1, 2, 0, c.body());
              byte[] seed = Arrays.copyOfRange(frame, 19, frame.length);
              seed[0] = (byte) c.op();
              return seed;
            });
  }

  @MethodSource("replies")
  @FuzzTest(maxDuration = "5m")
  void reply(byte[] input) {
    if (input.length == 0) {
      return;
    }
    try {
      ReplyDecoder.body(input[0], input, 1, input.length - 1);
    } catch (CodecException e) {
      assertTrue(e.getMessage().contains(" at byte "));
    }
  }
}
