package io.quorate.jute;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class WireWriterTest {
  @Test
  void growsFromNothing() {
    WireWriter out = new WireWriter(0);
    for (int i = 0; i < 1000; i++) {
      out.putByte(i);
      out.putInt(i);
      out.putLong(i);
      out.putBoolean(i % 2 == 1);
    }
    assertEquals(14_000, out.position());
    WireReader in = new WireReader(out.array(), 0, out.position());
    for (int i = 0; i < 1000; i++) {
      assertEquals((byte) i != 0, in.readBoolean());
      assertEquals(i, in.readInt());
      assertEquals(i, in.readLong());
      assertEquals(i % 2 == 1, in.readBoolean());
    }
    assertEquals(0, in.remaining());
  }

  @Test
  void strings() {
    WireWriter out = new WireWriter(0);
    out.putString(null);
    out.putString("");
    out.putString("aä\uD83D\uDE00");
    byte[] expected = {
      -1,
      -1,
      -1,
      -1,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      7,
      'a',
      (byte) 0xc3,
      (byte) 0xa4,
      (byte) 0xf0,
      (byte) 0x9f,
      (byte) 0x98,
      (byte) 0x80
    };
    assertArrayEquals(expected, Arrays.copyOf(out.array(), out.position()));
  }

  @Test
  void resetKeepsAnArrayUpToOneMebibyte() {
    WireWriter out = new WireWriter();
    out.putBytes(new byte[1 << 20], 0, 1 << 20);
    byte[] array = out.array();
    out.reset();
    assertSame(array, out.array());
    assertEquals(0, out.position());
    out.putBytes(new byte[(1 << 20) + 1], 0, (1 << 20) + 1);
    out.reset();
    assertEquals(4096, out.array().length);
  }

  @Test
  void lengthsThatDoNotFitAreRefusedBeforeMemoryIsTaken() {
    WireWriter out = new WireWriter();
    out.putInt(1);
    assertThrows(IllegalStateException.class, () -> out.advance(Integer.MAX_VALUE));
    assertThrows(IllegalStateException.class, () -> out.advance(-5));
    assertEquals(4, out.position());
    assertThrows(IllegalArgumentException.class, () -> new WireWriter(-1));
  }
}
