package io.quorate.spi.auth.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.api.Identity;
import io.quorate.api.Stability;
import io.quorate.spi.auth.AuthProvider;
import io.quorate.spi.auth.AuthProvider.Outcome;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * What every authentication scheme does. A provider's test extends this and implements {@link
 * #subject}. The numbers in the names are those of the rules on the package page of {@link
 * io.quorate.spi.auth}, which also says which rules no test can show.
 */
@Stability.Evolving
public abstract class AuthContract extends AuthFixture {
  private static final int THREADS = 4;
  private static final Set<String> RESERVED = Set.of("world", "auth", "super");

  // Rule 1: ids

  @Test
  public void rule1IdsAreJudgedAsToldAndEqually() {
    AuthSubject subject = subject();
    AuthProvider one = configured(subject);
    AuthProvider two = configured(subject);
    subject.valid.forEach(id -> assertTrue(one.isValid(id), id));
    subject.invalid.forEach(id -> assertFalse(one.isValid(id), id));
    subject.matching.forEach(m -> assertTrue(one.matches(m[0], m[1]), m[0] + " for " + m[1]));
    subject.notMatching.forEach(m -> assertFalse(one.matches(m[0], m[1]), m[0] + " for " + m[1]));
    List<String> texts = anyTexts(subject);
    List<Boolean> first = judged(one, texts);
    for (InetAddress address : addresses()) {
      one.onConnect(address);
      subject.accepted.forEach(c -> one.authenticate(c, address, subject.tree.get()));
    }
    assertEquals(first, judged(one, texts), "another answer, later");
    assertEquals(first, judged(two, texts), "another answer, elsewhere");
  }

  private static List<Boolean> judged(AuthProvider provider, List<String> texts) {
    List<Boolean> all = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      String text = texts.get(i);
      all.add(provider.isValid(text));
      all.add(provider.matches(text, text));
      all.add(provider.matches(text, texts.get((i + 7) % texts.size())));
      assertNotNull(provider.userName(text));
    }
    return all;
  }

  // Rule 2: threads

  @Test
  public void rule2AnyThreadMayCall() throws Exception {
    AuthSubject subject = subject();
    AuthProvider provider = configured(subject);
    List<byte[]> credentials = new ArrayList<>(subject.accepted);
    credentials.addAll(subject.refused);
    credentials.addAll(anyBytes().subList(3, 50));
    List<String> texts = anyTexts(subject).subList(0, 50);
    List<Object> expected = answers(subject, provider, credentials, texts);
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Callable<Boolean>> tasks = new ArrayList<>();
      for (int t = 0; t < THREADS; t++) {
        tasks.add(
            () -> {
              for (int i = 0; i < 20; i++) {
                assertEquals(expected, answers(subject, provider, credentials, texts));
              }
              return true;
            });
      }
      for (Future<Boolean> result : threads.invokeAll(tasks)) {
        result.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static List<Object> answers(
      AuthSubject subject, AuthProvider provider, List<byte[]> credentials, List<String> texts) {
    List<Object> all = new ArrayList<>(judged(provider, texts));
    InetAddress remote = addresses().get(1);
    for (byte[] c : credentials) {
      all.add(provider.authenticate(c.clone(), remote, subject.tree.get()));
    }
    return all;
  }

  // Rule 3: secrets

  @Test
  public void rule3NoSecretIsShown() {
    AuthSubject subject = subject();
    AuthProvider provider = configured(subject);
    List<byte[]> credentials = new ArrayList<>(subject.accepted);
    credentials.addAll(subject.refused);
    for (byte[] c : credentials) {
      Outcome outcome = provider.authenticate(c, addresses().get(0), subject.tree.get());
      for (Identity identity : outcome.identities()) {
        if (identity.scheme().equals(provider.scheme())) {
          assertNoSecret(subject, provider.userName(identity.id()));
        }
        assertNoSecret(subject, identity);
      }
    }
    assertNoSecret(subject, provider);
  }

  // Rules 4 and 8: outcomes

  @Test
  public void rule4CredentialsAreTakenAndRefusedAsTold() {
    AuthSubject subject = subject();
    AuthProvider provider = configured(subject);
    for (InetAddress remote : addresses()) {
      for (byte[] c : subject.accepted) {
        assertTrue(provider.authenticate(c, remote, subject.tree.get()).success(), "refused");
      }
      for (byte[] c : subject.refused) {
        assertFalse(provider.authenticate(c, remote, subject.tree.get()).success(), "accepted");
      }
    }
  }

  @Test
  public void rule4AnyBytesHaveAnOutcome() {
    AuthSubject subject = subject();
    AuthProvider provider = configured(subject);
    for (byte[] bytes : anyBytes()) {
      byte[] copy = bytes.clone();
      Outcome outcome;
      try {
        assertNotNull(provider.authenticate(bytes, addresses().get(0)));
        outcome = provider.authenticate(bytes, addresses().get(0), subject.tree.get());
      } catch (RuntimeException e) {
        throw new AssertionError("thrown for " + bytes.length + " bytes", e);
      }
      assertOutcome(provider, outcome);
      assertTrue(java.util.Arrays.equals(copy, bytes), "the credentials were changed");
    }
  }

  @Test
  public void rule8OutcomesFitTogether() {
    AuthSubject subject = subject();
    AuthProvider provider = configured(subject);
    List<byte[]> credentials = new ArrayList<>(subject.accepted);
    credentials.addAll(subject.refused);
    for (InetAddress remote : addresses()) {
      for (byte[] c : credentials) {
        assertOutcome(provider, provider.authenticate(c, remote, subject.tree.get()));
      }
    }
  }

  private static void assertOutcome(AuthProvider provider, Outcome outcome) {
    if (outcome.success()) {
      assertFalse(outcome.disconnect(), "rule 8: accepted, and yet to be disconnected");
    } else {
      assertEquals(List.of(), outcome.identities(), "rule 8: refused, and yet with ids");
    }
    assertUsable(provider, outcome.identities());
  }

  // Rules 6 and 7: names and settings

  @Test
  public void rule6TheSchemeHasAName() {
    AuthSubject subject = subject();
    AuthProvider provider = subject.provider.get();
    String scheme = provider.scheme();
    assertTrue(scheme.matches("[A-Za-z0-9._-]+"), scheme);
    assertFalse(RESERVED.contains(scheme), scheme);
    provider.configure(subject.settings);
    assertEquals(scheme, provider.scheme());
    assertEquals(provider.aliases(), subject.provider.get().aliases());
    assertEquals(provider.enabledByDefault(), subject.provider.get().enabledByDefault());
  }

  @Test
  public void rule7SettingsOfOthersAreIgnored() {
    AuthSubject subject = subject();
    Map<String, String> more = new HashMap<>(subject.settings);
    more.put("dataDir", "anywhere");
    more.put("zookeeper.someoneElses.setting", "\0 =:");
    more.put("tickTime", "no number");
    AuthProvider provider = subject.provider.get();
    assertTrue(provider.configure(more));
    List<String> texts = anyTexts(subject);
    assertEquals(judged(configured(subject), texts), judged(provider, texts));
  }

  @Test
  public void rule7AWrongSettingIsNamed() {
    AuthSubject subject = subject();
    for (String[] wrong : subject.wrongSettings) {
      Map<String, String> settings = new HashMap<>(subject.settings);
      settings.put(wrong[0], wrong[1]);
      IllegalArgumentException e =
          assertThrows(
              IllegalArgumentException.class, () -> subject.provider.get().configure(settings));
      assertTrue(String.valueOf(e.getMessage()).contains(wrong[0]), e.getMessage());
      assertNoSecret(subject, e);
    }
  }

  // Rules 9 and 10: addresses

  @Test
  public void rule10AnAddressHasTheSameIdsEachTime() {
    AuthSubject subject = subject();
    AuthProvider provider = configured(subject);
    AuthProvider other = configured(subject);
    for (InetAddress address : addresses()) {
      List<Identity> ids = provider.onConnect(address);
      assertUsable(provider, ids);
      assertEquals(ids, provider.onConnect(address));
      assertEquals(ids, other.onConnect(address));
    }
  }

  // Rule 11: the view

  @Test
  public void rule11TheViewIsNotKept() {
    AuthSubject subject = subject();
    AuthProvider provider = configured(subject);
    List<byte[]> credentials = new ArrayList<>(subject.accepted);
    credentials.addAll(subject.refused);
    for (int i = 0; i < 2; i++) {
      for (byte[] c : credentials) {
        Views.Borrowed borrowed = new Views.Borrowed(subject.tree.get());
        provider.authenticate(c, addresses().get(0), borrowed.view);
        borrowed.end();
        judged(provider, subject.valid);
        provider.onConnect(addresses().get(0));
      }
    }
  }
}
