package io.quorate.auth.basic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.spi.auth.AuthProvider;
import java.util.List;
import org.apache.zookeeper.server.auth.AuthenticationProvider;

/** Compares a provider with Apache's over all pairs of ids. */
final class Oracle {
  private Oracle() {}

  static void compare(AuthProvider ours, AuthenticationProvider theirs, List<String> ids) {
    assertEquals(theirs.getScheme(), ours.scheme());
    assertEquals(theirs.isAuthenticated(), ours.isAuthenticated());
    assertTrue(ours.aliases().contains(theirs.getClass().getName()));
    for (String id : ids) {
      assertEquals(theirs.isValid(id), ours.isValid(id), "isValid(" + id + ")");
    }
    for (String id : ids) {
      for (String acl : ids) {
        assertEquals(
            theirs.matches(id, acl),
            ours.matches(id, acl),
            () -> "matches(" + id + ", " + acl + ")");
      }
    }
  }
}
