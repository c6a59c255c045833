package io.quorate.api;

import static io.quorate.api.EphemeralOwner.Encoding.EXTENDED;
import static io.quorate.api.EphemeralOwner.Encoding.LEGACY_353;
import static io.quorate.api.EphemeralOwner.Encoding.PLAIN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.api.EphemeralOwner.Encoding;
import io.quorate.api.EphemeralOwner.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** NODE-9 to NODE-11. */
class EphemeralOwnerTest {
  @ParameterizedTest
  @CsvSource({
    "0, PERSISTENT, PERSISTENT, PERSISTENT",
    "1, EPHEMERAL, EPHEMERAL, EPHEMERAL",
    "0100000000000001, EPHEMERAL, EPHEMERAL, EPHEMERAL",
    "7fffffffffffffff, EPHEMERAL, EPHEMERAL, EPHEMERAL",
    "8000000000000000, CONTAINER, CONTAINER, CONTAINER",
    "8000000000000001, EPHEMERAL, EPHEMERAL, TTL",
    "fe00000000000001, EPHEMERAL, EPHEMERAL, TTL",
    "ff00000000000001, EPHEMERAL, TTL, TTL",
    "ff0000ffffffffff, EPHEMERAL, TTL, TTL",
    "ffffffffffffffff, EPHEMERAL, TTL, TTL",
  })
  void readsOwners(String hex, Kind plain, Kind extended, Kind legacy) {
    long owner = Long.parseUnsignedLong(hex, 16);
    assertEquals(plain, EphemeralOwner.kind(owner, PLAIN));
    assertEquals(extended, EphemeralOwner.kind(owner, EXTENDED));
    assertEquals(legacy, EphemeralOwner.kind(owner, LEGACY_353));
    for (Encoding encoding : Encoding.values()) {
      boolean ephemeral = EphemeralOwner.kind(owner, encoding) == Kind.EPHEMERAL;
      assertEquals(ephemeral ? owner : 0, EphemeralOwner.visible(owner, encoding));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, ff00000000000001, 8000000000000001",
    "60000, ff0000000000ea60, 800000000000ea60",
    "1099511627775, ff0000ffffffffff, 800000ffffffffff",
  })
  void encodesTimesToLive(long ttlMs, String extended, String legacy) {
    assertEquals(Long.parseUnsignedLong(extended, 16), EphemeralOwner.ofTtl(ttlMs, EXTENDED));
    assertEquals(Long.parseUnsignedLong(legacy, 16), EphemeralOwner.ofTtl(ttlMs, LEGACY_353));
    for (Encoding encoding : new Encoding[] {EXTENDED, LEGACY_353}) {
      long owner = EphemeralOwner.ofTtl(ttlMs, encoding);
      assertEquals(Kind.TTL, EphemeralOwner.kind(owner, encoding));
      assertEquals(ttlMs, EphemeralOwner.ttlMs(owner, encoding));
    }
  }

  @Test
  void readsTheLongTimesOf353() {
    assertEquals(0x0fff_ffff_ffff_ffffL, EphemeralOwner.ttlMs(0x8fff_ffff_ffff_ffffL, LEGACY_353));
  }

  @ParameterizedTest
  @CsvSource({"0", "-1", "-9223372036854775808", "1099511627776", "9223372036854775807"})
  void refusesOtherTimes(long ttlMs) {
    for (Encoding encoding : Encoding.values()) {
      assertThrows(IllegalArgumentException.class, () -> EphemeralOwner.ofTtl(ttlMs, encoding));
    }
  }

  @Test
  void knowsItsFeatures() {
    assertFalse(EphemeralOwner.unknownFeature(0xff00_00ff_ffff_ffffL, EXTENDED));
    assertTrue(EphemeralOwner.unknownFeature(0xff00_0100_0000_0001L, EXTENDED));
    assertTrue(EphemeralOwner.unknownFeature(-1, EXTENDED));
    assertFalse(EphemeralOwner.unknownFeature(-1, PLAIN));
    assertFalse(EphemeralOwner.unknownFeature(0xfeff_ff00_0000_0001L, EXTENDED));
  }
}
