package io.quorate.spi.auth.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.api.Identity;
import io.quorate.api.Stability;
import io.quorate.spi.auth.SaslProvider;
import io.quorate.spi.auth.SaslProvider.Exchange;
import io.quorate.spi.auth.SaslProvider.FailedException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every SASL provider does. A provider's test extends this and implements {@link #subject}.
 * The numbers in the names are those of the rules on the package page of {@link
 * io.quorate.spi.auth}.
 */
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Stability.Evolving
public abstract class SaslContract {
  private static final int MAX_STEPS = 20;

  /** The provider under test. Asked for once or more in each test. */
  protected abstract SaslSubject subject();

  private static SaslProvider configured(SaslSubject subject) {
    SaslProvider provider = subject.provider.get();
    assertTrue(provider.configure(subject.settings), "its settings turn it off");
    return provider;
  }

  private static Exchange start(SaslProvider provider) {
    return provider.start().orElseThrow(() -> new AssertionError("no exchange is made"));
  }

  /** Runs an exchange until it has ended; only a refusal may be thrown. */
  private static void talk(Exchange exchange, SaslSubject.Client client)
      throws FailedException, Exception {
    byte[] toServer = new byte[0];
    for (int i = 0; i < MAX_STEPS; i++) {
      byte[] toClient = step(exchange, toServer);
      if (exchange.complete()) {
        return;
      }
      assertEquals(List.of(), exchange.identities(), "ids before the end");
      if (toClient == null) {
        throw new AssertionError("neither complete nor an answer");
      }
      toServer = client.answer(toClient);
    }
    throw new AssertionError("not complete after " + MAX_STEPS + " tokens");
  }

  private static byte @org.jspecify.annotations.Nullable [] step(Exchange exchange, byte[] token)
      throws FailedException {
    try {
      return exchange.step(token);
    } catch (RuntimeException e) {
      throw new AssertionError("thrown for a token of " + token.length + " bytes", e);
    }
  }

  @Test
  public void rule5WhoProvesItHasAnId() throws Exception {
    SaslSubject subject = subject();
    SaslProvider provider = configured(subject);
    for (Supplier<SaslSubject.Client> client : subject.good) {
      Exchange exchange = start(provider);
      talk(exchange, client.get());
      assertFalse(exchange.identities().isEmpty(), "no id was gained");
      for (Identity identity : exchange.identities()) {
        String scheme = identity.scheme();
        assertTrue(scheme.equals("sasl") || scheme.equals("super"), "rule 8: " + scheme);
        for (String secret : subject.secrets) {
          assertFalse(identity.toString().contains(secret), "rule 3: a secret is shown");
        }
      }
    }
  }

  @Test
  public void rule5WhoDoesNotHasNone() throws Exception {
    SaslSubject subject = subject();
    SaslProvider provider = configured(subject);
    for (Supplier<SaslSubject.Client> client : subject.bad) {
      assertFails(subject, start(provider), client.get());
    }
  }

  private static void assertFails(SaslSubject subject, Exchange exchange, SaslSubject.Client client)
      throws Exception {
    try {
      talk(exchange, client);
    } catch (FailedException e) {
      for (String secret : subject.secrets) {
        assertFalse(String.valueOf(e).contains(secret), "rule 3: a secret is shown");
      }
      assertFalse(exchange.complete(), "failed, and yet complete");
      assertEquals(List.of(), exchange.identities());
      return;
    }
    throw new AssertionError("accepted");
  }

  @Test
  public void rule5ExchangesKnowNothingOfOneAnother() throws Exception {
    SaslSubject subject = subject();
    SaslProvider provider = configured(subject);
    for (Supplier<SaslSubject.Client> good : subject.good) {
      for (Supplier<SaslSubject.Client> bad : subject.bad) {
        Exchange first = start(provider);
        byte[] challenge = step(first, new byte[0]);
        assertFails(subject, start(provider), bad.get());
        Exchange second = start(provider);
        talk(second, good.get());
        assertFalse(first.complete(), "another's success was taken for this one's");
        assertEquals(List.of(), first.identities());
        assertTrue(challenge != null || first.complete());
        assertFails(subject, start(provider), bad.get());
      }
    }
  }

  @Test
  public void rule5AnyBytesAreAnsweredOrRefused() {
    SaslProvider provider = configured(subject());
    Random random = new Random(3);
    for (int round = 0; round < 300; round++) {
      Exchange exchange = start(provider);
      try {
        for (int i = 0; i < 3; i++) {
          byte[] token = new byte[random.nextInt(round % 50 == 0 ? 100_000 : 100)];
          random.nextBytes(token);
          step(exchange, i == 0 && round % 2 == 0 ? new byte[0] : token);
          assertFalse(exchange.complete(), "anybody may come in");
        }
      } catch (FailedException e) {
        assertFalse(exchange.complete(), "failed, and yet complete");
      }
      assertEquals(List.of(), exchange.identities());
    }
  }

  @Test
  public void rule7WhatIsNotConfiguredStartsNothing() {
    SaslProvider provider = subject().provider.get();
    if (!provider.configure(Map.of())) {
      assertTrue(provider.start().isEmpty());
    }
  }
}
