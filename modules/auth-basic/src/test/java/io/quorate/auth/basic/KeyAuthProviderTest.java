package io.quorate.auth.basic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.api.Identity;
import io.quorate.api.TreeView;
import io.quorate.api.Znode;
import io.quorate.api.ZnodePath;
import io.quorate.spi.auth.AuthProvider.Outcome;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KeyAuthProviderTest {
  private static final Outcome ACCEPTED = Outcome.of(new Identity("key", ""));
  private final KeyAuthProvider provider = new KeyAuthProvider();

  /** A tree with at most the znode /key. */
  static TreeView tree(boolean there, @Nullable String data) {
    Znode znode =
        proxy(
            Znode.class, (method, argument) -> method.equals("data") ? bytes(data) : fail(method));
    return proxy(
        TreeView.class,
        (method, argument) ->
            method.equals("find") && ZnodePath.of("/key").equals(argument)
                ? there ? znode : null
                : fail(method));
  }

  private static byte @Nullable [] bytes(@Nullable String text) {
    return text == null ? null : text.getBytes(UTF_8);
  }

  private static Object fail(String method) {
    throw new AssertionError(method);
  }

  private interface Answer {
    @Nullable Object of(String method, @Nullable Object argument);
  }

  private static <T> T proxy(Class<T> type, Answer answer) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, args) -> answer.of(method.getName(), args == null ? null : args[0])));
  }

  private Outcome authenticate(String credentials, TreeView tree) {
    return provider.authenticate(
        credentials.getBytes(UTF_8), InetAddress.getLoopbackAddress(), tree);
  }

  @Test
  void multiplesOfTheKeyAreAccepted() {
    assertEquals(ACCEPTED, authenticate("25", tree(true, "5")));
    assertEquals(ACCEPTED, authenticate("-125", tree(true, "5")));
    assertEquals(Outcome.FAILED, authenticate("26", tree(true, "5")));
    assertEquals(Outcome.FAILED, authenticate("x", tree(true, "5")));
    assertEquals(Outcome.FAILED, authenticate("5", tree(true, "five")));
    assertEquals(ACCEPTED, authenticate("26", tree(true, "0")));
  }

  @Test
  void everyoneIsAcceptedUntilThereIsAKey() {
    assertEquals(ACCEPTED, authenticate("x", tree(false, null)));
    assertEquals(ACCEPTED, authenticate("x", tree(true, null)));
  }

  @Test
  void itsIdsAreAuthenticatedAndCompareByText() {
    assertFalse(provider.enabledByDefault());
    assertTrue(provider.isAuthenticated());
    assertTrue(provider.isValid("anything"));
    assertTrue(provider.matches("", ""));
    assertFalse(provider.matches("", "5"));
    assertTrue(
        provider.aliases().contains("org.apache.zookeeper.server.auth.KeyAuthenticationProvider"));
  }
}
