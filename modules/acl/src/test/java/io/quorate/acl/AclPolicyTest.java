package io.quorate.acl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.api.Acl;
import io.quorate.api.Identity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** ACL-1 to ACL-5; the scheme ip is an address that proves nobody, digest has user:hash. */
class AclPolicyTest {
  private static final Map<String, Scheme> SCHEMES =
      Map.of("digest", new Plain(true, ":"), "ip", new Plain(false, "."));
  private static final AclPolicy POLICY = new AclPolicy(SCHEMES, false);
  private static final Identity BEN = new Identity("digest", "ben:h1");
  private static final Identity AMY = new Identity("digest", "amy:h2");
  private static final Identity HOST = new Identity("ip", "10.0.0.1");
  private static final Identity SUPER = new Identity("super", "");

  /** Ids match if they are equal; valid ones contain a certain text. */
  private record Plain(boolean isAuthenticated, String needed) implements Scheme {
    @Override
    public boolean isValid(String id) {
      return id.contains(needed);
    }

    @Override
    public boolean matches(String connectionId, String aclId) {
      return connectionId.equals(aclId);
    }

    @Override
    public String userName(String id) {
      return id.split(":", 2)[0];
    }
  }

  private static Acl acl(Object... parts) {
    List<Acl.Entry> entries = new ArrayList<>();
    for (int i = 0; i < parts.length; i += 3) {
      entries.add(new Acl.Entry((int) parts[i], (String) parts[i + 1], (String) parts[i + 2]));
    }
    return new Acl(entries);
  }

  /** one bit in common is enough. */
  @ParameterizedTest
  @CsvSource({
    "1, 1, true",
    "1, 2, false",
    "16, 17, true",
    "1, 17, true",
    "14, 17, false",
    "0, 31, false",
    "31, 8, true",
    "31, 0, false",
  })
  void grantsByBits(int granted, int asked, boolean permitted) {
    assertEquals(permitted, POLICY.permits(acl(granted, "world", "anyone"), asked, List.of()));
    assertEquals(permitted, POLICY.permits(acl(granted, "digest", "ben:h1"), asked, List.of(BEN)));
    Acl split = acl(0, "ip", "10.0.0.1", granted, "digest", "ben:h1");
    assertEquals(permitted, POLICY.permits(split, asked, List.of(HOST, AMY, BEN)));
  }

  @Test
  void grantsToWhoMatches() {
    Acl ben = acl(31, "digest", "ben:h1");
    assertTrue(POLICY.permits(ben, Acl.READ, List.of(HOST, BEN)));
    assertFalse(POLICY.permits(ben, Acl.READ, List.of(HOST, AMY)));
    assertFalse(POLICY.permits(ben, Acl.READ, List.of()));
    assertFalse(
        POLICY.permits(ben, Acl.READ, List.of(new Identity("ip", "ben:h1"))), "another scheme");
    assertFalse(POLICY.permits(acl(31, "sasl", "ben"), 1, List.of(new Identity("sasl", "ben"))));
    assertFalse(POLICY.permits(acl(31, "world", "someone"), 1, List.of(BEN)));
  }

  @Test
  void opensToEveryone() {
    assertTrue(POLICY.permits(Acl.OPEN, Acl.ADMIN, List.of()));
    assertTrue(POLICY.permits(Acl.NONE, Acl.ADMIN, List.of()));
    assertTrue(POLICY.permits(acl(), Acl.ADMIN, List.of()), "ACL-3");
    assertTrue(POLICY.permits(acl(0, "world", "anyone"), Acl.ADMIN, List.of(SUPER)), "ACL-4");
    AclPolicy skipping = new AclPolicy(Map.of(), true);
    assertTrue(skipping.permits(acl(0, "world", "anyone"), Acl.ADMIN, List.of()));
  }

  @Test
  void storesWhatIsValid() {
    Acl both = acl(1, "world", "anyone", 31, "ip", "10.0.0.1");
    assertEquals(both, POLICY.resolve(both, List.of()));
    Acl ben = acl(5, "digest", "ben:h1");
    assertEquals(ben, POLICY.resolve(ben, List.of()), "one need not be ben");
    assertSame(Acl.OPEN, POLICY.resolve(acl(31, "world", "anyone"), List.of()));
  }

  @Test
  void dropsExactDuplicates() {
    assertEquals(
        acl(1, "ip", "1.1", 2, "ip", "1.1"),
        POLICY.resolve(acl(1, "ip", "1.1", 2, "ip", "1.1", 1, "ip", "1.1"), List.of()));
  }

  @Test
  void refusesWhatIsNot() {
    assertNull(POLICY.resolve(null, List.of(BEN)));
    assertNull(POLICY.resolve(acl(), List.of(BEN)));
    assertNull(POLICY.resolve(acl(1, "world", "ben"), List.of(BEN)));
    assertNull(POLICY.resolve(acl(1, "sasl", "ben"), List.of(BEN)), "no such scheme");
    assertNull(POLICY.resolve(acl(1, "digest", "ben"), List.of(BEN)), "no hash");
    assertNull(POLICY.resolve(acl(1, "super", ""), List.of(SUPER)));
    assertNull(POLICY.resolve(acl(1, "ip", "1.1", 1, "digest", "ben"), List.of(BEN)));
    assertNull(POLICY.resolve(acl(1, "auth", ""), List.of()), "nobody");
    assertNull(POLICY.resolve(acl(1, "auth", ""), List.of(HOST)), "an address proves nobody");
    assertNull(POLICY.resolve(acl(1, "auth", ""), List.of(SUPER)), "super is no scheme of ours");
  }

  @Test
  void expandsAuth() {
    assertEquals(
        acl(3, "digest", "ben:h1", 3, "digest", "amy:h2", 1, "world", "anyone"),
        POLICY.resolve(acl(3, "auth", "ignored", 1, "world", "anyone"), List.of(HOST, BEN, AMY)));
  }

  /** Many ids and many entries must not multiply without limit. */
  @Test
  void expansionIsBounded() {
    List<Identity> many = new ArrayList<>();
    Object[] parts = new Object[300];
    for (int i = 0; i < 200; i++) {
      many.add(new Identity("digest", "u" + i + ":h"));
    }
    for (int i = 0; i < 100; i++) {
      parts[3 * i] = i;
      parts[3 * i + 1] = "auth";
      parts[3 * i + 2] = "";
    }
    assertNull(POLICY.resolve(acl(parts), many));
  }

  /** */
  @Test
  void masksHashes() {
    assertEquals(
        acl(1, "digest", "ben:x", 2, "ip", "10.0.0.1", 3, "sasl", "a:b", 4, "digest", "odd"),
        AclPolicy.masked(
            acl(1, "digest", "ben:h1", 2, "ip", "10.0.0.1", 3, "sasl", "a:b", 4, "digest", "odd")));
    assertEquals(acl(1, "digest", "a:x"), AclPolicy.masked(acl(1, "digest", "a:b:c")));
  }

  @Test
  void namesUsersWithoutSecrets() {
    assertEquals(
        List.of(new Identity("ip", "10.0.0.1"), SUPER, new Identity("digest", "ben")),
        POLICY.users(List.of(HOST, SUPER, BEN)));
  }
}
