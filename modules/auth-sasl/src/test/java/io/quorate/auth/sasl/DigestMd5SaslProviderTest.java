package io.quorate.auth.sasl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.api.Identity;
import io.quorate.spi.auth.SaslProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.sasl.RealmCallback;
import javax.security.sasl.Sasl;
import javax.security.sasl.SaslClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DigestMd5SaslProviderTest {
  private static final String FILE = "java.security.auth.login.config";
  private static final String SECTION = "zookeeper.sasl.serverconfig";
  private static final Identity SUPER = new Identity("super", "");

  @TempDir Path folder;
  private final Map<String, String> properties = new HashMap<>();
  private final DigestMd5SaslProvider provider = new DigestMd5SaslProvider();

  @BeforeEach
  void writeFile() throws IOException {
    jaas(
        """
        Server {
          // A class that is nowhere: only its options are read.
          org.apache.zookeeper.server.auth.DigestLoginModule required
          user_super="test"
          user_super_duper="s3cret"
          user_bob="pass word";
        };
        Other {
          org.example.AnyModule required user_eve="evil";
        };
        Kerberos {
          com.sun.security.auth.module.Krb5LoginModule required useKeyTab=true;
        };
        """);
  }

  private void jaas(String text) throws IOException {
    Path file = folder.resolve("jaas.conf");
    Files.writeString(file, text);
    properties.put(FILE, file.toString());
  }

  /** A client as ZooKeeper's is; runs the exchange to its end. */
  private SaslProvider.Exchange exchange(
      String user, String password, @Nullable String authorizationId) throws Exception {
    SaslProvider.Exchange server = provider.start().orElseThrow();
    SaslClient client =
        Sasl.createSaslClient(
            new String[] {"DIGEST-MD5"},
            authorizationId,
            "zookeeper",
            "zk-sasl-md5",
            Map.of(),
            callbacks -> answer(callbacks, user, password));
    byte[] toServer =
        client.hasInitialResponse() ? client.evaluateChallenge(new byte[0]) : new byte[0];
    for (int i = 0; i < 5 && !server.complete(); i++) {
      byte[] toClient = server.step(toServer);
      assertNotNull(toClient);
      toServer = client.evaluateChallenge(toClient);
    }
    assertTrue(server.complete());
    assertTrue(client.isComplete());
    return server;
  }

  static void answer(Callback[] callbacks, String user, String password) {
    for (Callback callback : callbacks) {
      switch (callback) {
        case RealmCallback realm -> realm.setText(realm.getDefaultText());
        case NameCallback name -> name.setName(user);
        case PasswordCallback secret -> secret.setPassword(password.toCharArray());
        default -> throw new AssertionError(callback.getClass());
      }
    }
  }

  @Test
  void aUserWithItsPasswordGetsItsId() throws Exception {
    assertTrue(provider.configure(properties));
    assertEquals(
        List.of(new Identity("sasl", "bob")), exchange("bob", "pass word", null).identities());
    assertEquals(
        List.of(new Identity("sasl", "super")), exchange("super", "test", null).identities());
  }

  @Test
  void aWrongPasswordOrUserFailsAndGainsNothing() {
    assertTrue(provider.configure(properties));
    for (List<String> wrong :
        List.of(List.of("bob", "password"), List.of("bob", ""), List.of("eve", "evil"))) {
      SaslProvider.FailedException e =
          assertThrows(
              SaslProvider.FailedException.class, () -> exchange(wrong.get(0), wrong.get(1), null));
      assertFalse(e.getMessage().contains("pass word"), e.getMessage());
    }
  }

  @Test
  void whoAsksToBeSomebodyElseIsWhoHeIs() throws Exception {
    properties.put("zookeeper.superUser", "super");
    assertTrue(provider.configure(properties));
    assertEquals(
        List.of(new Identity("sasl", "bob")), exchange("bob", "pass word", "super").identities());
  }

  @Test
  void superUsersAreSuperToo() throws Exception {
    properties.put("zookeeper.superUser", "super_duper");
    properties.put("zookeeper.superUser.1", "bob");
    properties.put("zookeeper.superUserX", "super");
    assertTrue(provider.configure(properties));
    assertEquals(
        List.of(new Identity("sasl", "super_duper"), SUPER),
        exchange("super_duper", "s3cret", null).identities());
    assertEquals(
        List.of(new Identity("sasl", "bob"), SUPER),
        exchange("bob", "pass word", null).identities());
    assertFalse(exchange("super", "test", null).identities().contains(SUPER));
  }

  @Test
  void aSettingReplacesThePasswordOfTheUserSuper() throws Exception {
    properties.put("zookeeper.SASLAuthenticationProvider.superPassword", "other");
    assertTrue(provider.configure(properties));
    assertEquals(1, exchange("super", "other", null).identities().size());
    assertThrows(SaslProvider.FailedException.class, () -> exchange("super", "test", null));
  }

  @Test
  void theSectionCanBeNamed() throws Exception {
    properties.put(SECTION, "Other");
    assertTrue(provider.configure(properties));
    assertEquals(1, exchange("eve", "evil", null).identities().size());
  }

  @Test
  void badTokensFailAndNothingElse() throws Exception {
    assertTrue(provider.configure(properties));
    byte[] noise = new byte[5000];
    Arrays.fill(noise, (byte) 'x');
    for (byte[] token : List.of(new byte[] {0}, noise, "username=\"bob\"".getBytes("UTF-8"))) {
      SaslProvider.Exchange e = provider.start().orElseThrow();
      assertNotNull(e.step(new byte[0]));
      assertThrows(SaslProvider.FailedException.class, () -> e.step(token));
      assertFalse(e.complete());
      assertTrue(e.identities().isEmpty());
    }
    SaslProvider.Exchange done = exchange("bob", "pass word", null);
    assertThrows(SaslProvider.FailedException.class, () -> done.step(new byte[0]));
    // A token before the challenge says nothing yet.
    SaslProvider.Exchange tokenFirst = provider.start().orElseThrow();
    assertNotNull(tokenFirst.step(new byte[] {1}));
    assertFalse(tokenFirst.complete());
  }

  @Test
  void withoutAJaasFileOrAServerSectionThereIsNoSasl() throws Exception {
    assertFalse(new DigestMd5SaslProvider().configure(Map.of()));
    jaas("Client { org.example.Any required username=\"u\" password=\"p\"; };");
    assertFalse(provider.configure(properties));
    assertTrue(provider.start().isEmpty());
  }

  @Test
  void kerberosIsNotOffered() {
    properties.put(SECTION, "Kerberos");
    assertFalse(provider.configure(properties));
    assertTrue(provider.start().isEmpty());
  }

  @Test
  void wrongSettingsAreNamed() throws Exception {
    properties.put(SECTION, "Nowhere");
    named(SECTION + "=Nowhere");
    properties.remove(SECTION);
    String missing = folder.resolve("missing").toString();
    properties.put(FILE, missing);
    named(FILE + "=" + missing);
    properties.put(FILE, folder.toString());
    named(FILE + "=" + folder);
    jaas("Server { org.example.Any required user_bob=\"s3cret\" ");
    IllegalArgumentException e = named(FILE + "=" + properties.get(FILE));
    assertFalse(String.valueOf(e.getMessage()).contains("s3cret"), e.getMessage());
    properties.remove(FILE);
    properties.put(SECTION, "Server");
    named(SECTION + "=Server");
  }

  private IllegalArgumentException named(String text) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> provider.configure(properties));
    assertTrue(String.valueOf(e.getMessage()).startsWith(text), e.getMessage());
    return e;
  }

  @Test
  void theFileMayBeGivenAsAUrl() throws Exception {
    properties.put(FILE, "=" + Path.of(properties.get(FILE)).toUri());
    assertTrue(provider.configure(properties));
    assertEquals(1, exchange("bob", "pass word", null).identities().size());
  }

  @Test
  void passwordsAreNotInTheTextOfASection() {
    JaasSection section = JaasSection.of(properties);
    assertNotNull(section);
    assertFalse(section.toString().contains("s3cret"), section.toString());
    assertNull(JaasSection.of(Map.of()));
  }
}
