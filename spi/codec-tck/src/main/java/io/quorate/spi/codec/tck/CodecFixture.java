package io.quorate.spi.codec.tck;

import io.quorate.api.TxnRecord;
import io.quorate.spi.codec.Codec;
import io.quorate.spi.codec.CodecConfiguration;
import io.quorate.spi.codec.CodecException;
import io.quorate.spi.codec.CodecProvider;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;

/** Opens the codec under test and gives it good and bad bytes. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class CodecFixture {
  static final int MAX_RECORD_BYTES = 1 << 20;

  /** Memory taken for each byte of input; lists of tiny values take the most. */
  private static final long FACTOR = 60;

  /** Memory taken whatever the input: readers, buffers, messages. */
  private static final long FIXED = 300_000;

  private static final Pattern OFFSET = Pattern.compile("byte \\d");

  private static final com.sun.management.ThreadMXBean THREADS =
      (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** The provider under test. Asked for once or more in each test. */
  protected abstract CodecProvider provider();

  final Codec codec() {
    return codec(MAX_RECORD_BYTES);
  }

  final Codec codec(int maxRecordBytes) {
    return provider().open(new CodecConfiguration(maxRecordBytes, true, true));
  }

  /** Decodes from the middle of an array. */
  static TxnRecord decode(Codec codec, byte[] bytes) throws CodecException {
    byte[] around = new byte[bytes.length + 20];
    Arrays.fill(around, (byte) 0x7f);
    System.arraycopy(bytes, 0, around, 9, bytes.length);
    return codec.decode(around, 9, bytes.length);
  }

  static byte[] write(Codec codec, TckTree tree) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    codec.writeState(tree, out);
    return out.toByteArray();
  }

  static TckTree read(Codec codec, byte[] bytes) throws IOException {
    TckTree into = new TckTree(-1);
    codec.readState(new ByteArrayInputStream(bytes), into);
    return into;
  }

  /**
   * Decodes what may be no record, and sees to it that nothing but a refusal or a record comes of
   * it, and that it took little memory.
   */
  static @Nullable TxnRecord tryDecode(Codec codec, byte[] bytes) {
    long most = FIXED + FACTOR * bytes.length;
    long before = THREADS.getCurrentThreadAllocatedBytes();
    TxnRecord record;
    try {
      record = codec.decode(bytes, 0, bytes.length);
    } catch (CodecException e) {
      record = null;
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      throw new AssertionError("decoding " + hex(bytes), e);
    }
    long taken = THREADS.getCurrentThreadAllocatedBytes() - before;
    if (taken > most) {
      throw new AssertionError("decoding took " + taken + " bytes of memory: " + hex(bytes));
    }
    return record;
  }

  /** Reads what may be no state; only a refusal or a state may come of it. */
  static @Nullable TckTree tryRead(Codec codec, byte[] bytes) throws IOException {
    try {
      return read(codec, bytes);
    } catch (CodecException e) {
      if (!OFFSET.matcher(String.valueOf(e.getMessage())).find()) {
        throw new AssertionError("It does not say at which byte: " + e.getMessage(), e);
      }
      return null;
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      throw new AssertionError("reading " + hex(bytes), e);
    }
  }

  /** Cuts, prolongs, flips bits, and puts numbers that hurt where there were others. */
  static byte[] damage(byte[] good, Random random) {
    byte[] bad = good.clone();
    if (random.nextInt(4) == 0) {
      bad = Arrays.copyOf(good, random.nextInt(good.length + 8));
    }
    for (int i = random.nextInt(4); i > 0 && bad.length > 0; i--) {
      int at = random.nextInt(bad.length);
      switch (random.nextInt(4)) {
        case 0 -> Arrays.fill(bad, at, Math.min(bad.length, at + 4), (byte) 0xff);
        case 1 -> bad[at] = (byte) random.nextInt();
        case 2 -> {
          bad[at] = 0x7f;
          Arrays.fill(bad, at + 1, Math.min(bad.length, at + 4), (byte) 0xf0);
        }
        default -> bad[at] ^= (byte) (1 << random.nextInt(8));
      }
    }
    return bad;
  }

  static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, 2000));
  }
}
