package io.quorate.auth.sasl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.zookeeper.server.auth.SASLAuthenticationProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SaslAuthProviderTest {
  private static final String ANY_USER = "zookeeper.letAnySaslUserDoX";
  private final SaslAuthProvider provider = new SaslAuthProvider();

  @AfterEach
  void clear() {
    System.clearProperty(ANY_USER);
  }

  /** All texts of up to five of these parts, and a few names. */
  private static List<String> ids() {
    List<String> ids = new ArrayList<>(List.of("super", "bob", "bob@REALM", "anyone", "s/h@R"));
    String[] parts = {"", "a", "/", "@"};
    for (int i = 0; i < 1024; i++) {
      StringBuilder id = new StringBuilder();
      for (int n = i, k = 0; k < 5; k++, n /= 4) {
        id.append(parts[n % 4]);
      }
      ids.add(id.toString());
    }
    return ids.stream().distinct().toList();
  }

  private void compare() {
    SASLAuthenticationProvider theirs = new SASLAuthenticationProvider();
    List<String> ids = ids();
    for (String id : ids) {
      assertEquals(theirs.isValid(id), provider.isValid(id), () -> "isValid(" + id + ")");
    }
    List<String> some = ids.subList(0, 60);
    for (String id : some) {
      for (String acl : some) {
        assertEquals(
            theirs.matches(id, acl),
            provider.matches(id, acl),
            () -> "matches(" + id + ", " + acl + ")");
      }
    }
  }

  @Test
  void idsCompareAsInApache() {
    assertTrue(provider.configure(Map.of()));
    compare();
  }

  @Test
  void anIdMayStandForEverySaslUser() {
    System.setProperty(ANY_USER, "anyone");
    assertTrue(provider.configure(Map.of(ANY_USER, "anyone")));
    assertTrue(provider.matches("bob", "anyone"));
    compare();
  }

  @Test
  void isNamedToBeUsedAndTakesNoAuthPackets() {
    assertFalse(provider.enabledByDefault());
    assertTrue(provider.isAuthenticated());
    assertEquals("sasl", provider.scheme());
    assertEquals(List.of(SASLAuthenticationProvider.class.getName()), provider.aliases());
    assertFalse(provider.authenticate(new byte[] {1}, InetAddress.getLoopbackAddress()).success());
  }
}
