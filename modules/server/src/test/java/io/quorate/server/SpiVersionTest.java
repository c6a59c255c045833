package io.quorate.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpiVersionTest {
  @ParameterizedTest
  @CsvSource({
    "0.1.0-SNAPSHOT, 0.1.0-SNAPSHOT, true",
    "0.1.0, 0.1.7, true",
    "0.1.7, 0.1.0-SNAPSHOT, true",
    "0.1.0, 0.2.0, false",
    "0.2.0, 0.1.0, false",
    "0.9, 1.0, false",
    "1.0, 1.4.2, true",
    "1.4, 1.4.2, true",
    "1.5.0, 1.4.2, false",
    "1.5, 2.5, false",
    "1.5+build.7, 1.5.0, true",
    "odd, odd, true",
    "odd, 1.0, false",
    "99999999999.1, 1.0, false",
  })
  void fits(String compiled, String present, boolean expected) {
    assertEquals(expected, SpiVersion.fits(compiled, present));
  }
}
