package io.quorate.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ZxidTest {
  @Test
  void splitsEpochAndCounter() {
    long zxid = Zxid.of(5, 7);
    assertEquals(0x5_0000_0007L, zxid);
    assertEquals(5, Zxid.epoch(zxid));
    assertEquals(7, Zxid.counter(zxid));
    assertEquals("500000007", Zxid.toHex(zxid));
    assertEquals("0", Zxid.toHex(0));
    assertEquals("ffffffffffffffff", Zxid.toHex(-1));
  }

  @Test
  void keepsFullCounters() {
    long zxid = Zxid.of(0xffff_ffffL, 0xffff_ffffL);
    assertEquals(-1, zxid);
    assertEquals(0xffff_ffffL, Zxid.epoch(zxid));
    assertEquals(0xffff_ffffL, Zxid.counter(zxid));
    assertEquals(Zxid.of(1, 0), Zxid.of(1, 1L << 32));
  }

  @Test
  void errorCodesAreFoundByNumber() {
    Set<Integer> numbers = new HashSet<>();
    for (ErrorCode e : ErrorCode.values()) {
      assertEquals(e, ErrorCode.of(e.code()));
      numbers.add(e.code());
    }
    assertEquals(32, numbers.size(), "reference section 1.7 counts 32 with OK");
    assertThrows(IllegalArgumentException.class, () -> ErrorCode.of(-126));
    assertThrows(IllegalArgumentException.class, () -> ErrorCode.of(1));
  }
}
