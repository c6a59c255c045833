package io.quorate.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SystemRandomTest {
  @Test
  void givesAsManyBytesAsAskedAndOthersEachTime() throws IOException {
    byte[] first = SystemRandom.bytes(32);
    assertEquals(32, first.length);
    assertFalse(Arrays.equals(first, SystemRandom.bytes(32)));
    assertFalse(Arrays.equals(first, new byte[32]));
    assertNotEquals(SystemRandom.nextLong(), SystemRandom.nextLong());
  }
}
