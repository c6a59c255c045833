package io.quorate.sessions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.api.EphemeralOwner;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionIdsTest {
  /** SES-1: server id, low 40 bits of the clock, a counter. */
  @ParameterizedTest
  @CsvSource({
    "1, 0, 0100000000000000",
    "1, 1, 0100000000010000",
    "1, 1700000000123, 018bcfe5687b0000",
    "254, 1099511627775, feffffffffff0000",
    "254, 1099511627776, fe00000000000000",
    "127, 1, 7f00000000010000",
    "128, 0, 8000000000000001",
  })
  void startsAtServerAndClock(long server, long clockMs, String expected) {
    SessionIds ids = new SessionIds(server, clockMs, 0);
    long first = ids.next(id -> false);
    assertEquals(Long.parseUnsignedLong(expected, 16), first);
    assertEquals(first + 1, ids.next(id -> false));
  }

  /** S1: the same clock at two starts, as after it was set back, gives no id twice. */
  @Test
  void startsDifferAlsoAtTheSameTime() {
    SessionIds before = new SessionIds(1, 1000, 41);
    long last = 0;
    for (long zxid = 42; zxid < 50; zxid++) {
      last = before.next(id -> false); // each of them takes a zxid
    }
    assertTrue(new SessionIds(1, 1000, 49).next(id -> false) > last);
  }

  /** S1: an older session is in use and was skipped, younger ones of the same start are gone. */
  @Test
  void aSkippedIdMovesNoLaterStart() {
    SessionIds second = new SessionIds(1, 1000, 4);
    long inUse = 1L << 56 | (1000 << 16) + 4;
    long given = second.next(id -> id == inUse);
    assertEquals(inUse + 1, given);
    assertTrue(new SessionIds(1, 1000, 6).next(id -> false) > given);
  }

  @Test
  void isNeverTheContainerMarker() {
    assertNotEquals(EphemeralOwner.CONTAINER, new SessionIds(128, 0, 0).next(id -> false));
  }

  /** S1: a clock set back must not give ids again that are in use. */
  @Test
  void skipsWhatIsInUse() {
    SessionIds ids = new SessionIds(1, 1000, 0);
    long first = ids.next(id -> false);
    assertEquals(first + 501, ids.next(id -> id <= first + 500));
    assertEquals(first + 502, ids.next(id -> false));
  }

  /** SES-3, A-2; the second column is what java.util.Random made of the id. */
  @ParameterizedTest
  @CsvSource({
    "0, f22acd4a97e69d6d20a49bb638eadb38",
    "1, 054cc74a37327db215e702e20c73f005",
    "-1, 20f62cb5648dc2d771471c8a2486a9ee",
    "72058845037789184, 4be494d27cc739baa123244a251a7415",
    "3007405056, 60b420bb3851d9d47acb933dbe70399b",
    "-9223372036854775808, f22acd4a97e69d6d20a49bb638eadb38",
    "9223372036854775807, 20f62cb5648dc2d771471c8a2486a9ee",
  })
  void apachesPasswords(long id, String expected) {
    assertEquals(expected, HexFormat.of().formatHex(SessionPasswords.apache().of(id)));
  }

  @Test
  void apachesPasswordsAreThoseOfRandom() {
    Random ids = new Random(1);
    SessionPasswords passwords = SessionPasswords.apache();
    for (int i = 0; i < 1000; i++) {
      long id = ids.nextLong();
      byte[] expected = new byte[16];
      new Random(id ^ 0xB3415C00L).nextBytes(expected);
      assertTrue(passwords.matches(id, expected));
      expected[i % 16] ^= 1;
      assertFalse(passwords.matches(id, expected));
    }
  }

  /** HMAC-SHA-256 of the id's eight bytes under the secret, as openssl computes it. */
  @Test
  void secretPasswords() {
    byte[] secret = new byte[32];
    for (int i = 0; i < 32; i++) {
      secret[i] = (byte) i;
    }
    SessionPasswords passwords = SessionPasswords.hmac(secret);
    assertEquals(
        "5eb250244aa34b1aed6e89aec117a82c",
        HexFormat.of().formatHex(passwords.of(0x0100_0000_0001_0002L)));
    byte[] other = secret.clone();
    other[31] ^= 1;
    byte[] password = passwords.of(5);
    assertTrue(passwords.matches(5, password));
    assertFalse(passwords.matches(6, password));
    assertFalse(SessionPasswords.hmac(other).matches(5, password));
    assertFalse(passwords.matches(5, new byte[0]));
    assertFalse(passwords.matches(5, new byte[16]));
    assertFalse(passwords.matches(5, java.util.Arrays.copyOf(password, 17)));
    assertEquals(SessionPasswords.LENGTH, password.length);
    assertThrows(IllegalArgumentException.class, () -> SessionPasswords.hmac(new byte[15]));
  }
}
