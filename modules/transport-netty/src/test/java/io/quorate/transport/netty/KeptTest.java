package io.quorate.transport.netty;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KeptTest {
  private static byte[] content(Kept kept) {
    return Arrays.copyOfRange(kept.array(), kept.offset(), kept.offset() + kept.length());
  }

  @Test
  void holdsWhatWasPutAndNotConsumed() {
    Random random = new Random(1);
    Kept kept = new Kept();
    byte[] expected = {};
    for (int i = 0; i < 2000; i++) {
      byte[] more = new byte[random.nextInt(300)];
      random.nextBytes(more);
      if (random.nextInt(20) == 0) {
        int from = random.nextInt(more.length + 1);
        kept.replace(more, from, more.length - from);
        expected = Arrays.copyOfRange(more, from, more.length);
      } else {
        kept.append(Unpooled.wrappedBuffer(more));
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(expected);
        all.writeBytes(more);
        expected = all.toByteArray();
      }
      assertArrayEquals(expected, content(kept));
      int consumed = random.nextInt(expected.length + 1);
      kept.consume(consumed);
      expected = Arrays.copyOfRange(expected, consumed, expected.length);
      assertArrayEquals(expected, content(kept));
      assertEquals(expected.length == 0, kept.isEmpty());
    }
  }

  @Test
  void holdsNoArrayWhenEmpty() {
    Kept kept = new Kept();
    kept.append(Unpooled.wrappedBuffer(new byte[10_000]));
    kept.consume(10_000);
    assertEquals(0, kept.array().length);
    kept.replace(new byte[100], 50, 0);
    assertEquals(0, kept.array().length);
  }

  @Test
  void aLongFrameInSmallPiecesIsNotCopiedForEachPiece() {
    Kept kept = new Kept();
    int arrays = 0;
    byte[] before = kept.array();
    for (int i = 0; i < 1 << 16; i++) {
      kept.append(Unpooled.wrappedBuffer(new byte[16]));
      if (kept.array() != before) {
        arrays++;
        before = kept.array();
      }
    }
    assertEquals(1 << 20, kept.length());
    assertTrue(arrays < 20, arrays + " arrays");
    assertTrue(kept.array().length <= 4 << 20, kept.array().length + " bytes");
  }
}
