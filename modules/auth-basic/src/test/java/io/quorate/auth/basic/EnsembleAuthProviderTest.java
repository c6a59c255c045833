package io.quorate.auth.basic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.spi.auth.AuthProvider.Outcome;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import org.apache.zookeeper.server.auth.EnsembleAuthenticationProvider;
import org.junit.jupiter.api.Test;

class EnsembleAuthProviderTest {
  private final EnsembleAuthProvider provider = new EnsembleAuthProvider();

  private Outcome authenticate(String name) {
    return provider.authenticate(name.getBytes(UTF_8), InetAddress.getLoopbackAddress());
  }

  private void names(String value) {
    assertTrue(provider.configure(Map.of("zookeeper.ensembleAuthName", value)));
  }

  @Test
  void anotherEnsemblesClientIsDisconnectedWithoutAnAnswer() {
    names(" foo,bar, baz ");
    for (String name : List.of("foo", "bar", "baz", "")) {
      assertEquals(Outcome.of(), authenticate(name), name);
    }
    for (String name : List.of("goo", "foo,bar", " foo", "FOO")) {
      assertEquals(Outcome.DISCONNECT, authenticate(name), name);
    }
    assertFalse(Outcome.DISCONNECT.success());
    assertFalse(Outcome.FAILED.disconnect());
  }

  @Test
  void withoutANameEveryoneIsAccepted() {
    assertTrue(provider.configure(Map.of()));
    assertTrue(authenticate("foo").success());
    names(" ");
    assertTrue(authenticate("foo").success());
  }

  @Test
  void isNotForAcls() {
    assertFalse(provider.enabledByDefault());
    Oracle.compare(provider, new EnsembleAuthenticationProvider(), List.of("", "foo", "bar"));
  }
}
